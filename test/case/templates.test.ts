import { describe, expect, it } from "vitest";
import { assess } from "../../src/assess/index.ts";
import { checkDossier, filesInMemory, readDossier } from "../../src/case/index.ts";
import { FIRST_PART, TEMPLATES, templateText } from "../../src/case/templates.ts";

describe.each(TEMPLATES)("the template %s", (template) => {
  it("passes the check without errors, is assessed, and names where to begin", () => {
    const text = templateText(template, "Ein: Titel #1", "2026-01-02");
    const { dossier, problems } = readDossier(filesInMemory({ "case.yaml": text }));
    expect(problems).toEqual([]);
    if (dossier === undefined) throw new Error("the template was not read");
    expect(checkDossier(dossier).filter(({ severity }) => severity === "error")).toEqual([]);
    const { assessment, problems: found } = assess(dossier, {}, { seed: 1, evidenceOnly: template === "war" });
    expect(found.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(assessment?.case).toMatchObject({ title: "Ein: Titel #1", asOf: "2026-01-02" });
    expect(assessment?.terms !== null).toBe(template === "negotiation");
    expect(assessment?.stability !== null).toBe(template === "graph");
    expect(text).toMatch(new RegExp(`^${FIRST_PART[template]}:`, "m"));
  });
});
