import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { assessmentJsonSchema, scoreJsonSchema } from "../../src/assess/index.ts";
import { caseJsonSchema, filesInMemory, readDossier, viewCase } from "../../src/case/index.ts";
import { parameterPage } from "../../src/formats/parameter-table.ts";
import { VERSION } from "../../src/version.ts";

describe("the published schemas", () => {
  it.each([
    ["schema/case.json", caseJsonSchema],
    ["schema/assessment.json", assessmentJsonSchema],
    ["schema/score.json", scoreJsonSchema],
  ])("%s is what the code has (npm run schema writes it)", (file, make) => {
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(JSON.stringify(make())));
  });

  it("docs/parameters.md is what the code has", () => {
    expect(readFileSync("docs/parameters.md", "utf8")).toBe(parameterPage());
  });

  it("describe every section for an editor", () => {
    type Described = { description?: string; $ref?: string };
    const schema = caseJsonSchema() as { properties: Record<string, Described>; $defs: Record<string, Described> };
    for (const [name, property] of Object.entries(schema.properties)) {
      const target = property.$ref === undefined ? property : schema.$defs[property.$ref.replace("#/$defs/", "")];
      expect(property.description ?? target?.description, name).toBeTypeOf("string");
    }
  });
});

describe("the version", () => {
  it("is that of package.json", () => {
    expect(VERSION).toBe((JSON.parse(readFileSync("package.json", "utf8")) as { version: string }).version);
  });
});

describe("the smallest cases", () => {
  it.each([
    ["a title alone", "parley: 1\ntitle: T\n"],
    ["a section with nothing in it", "parley: 1\ntitle: T\nclaims:\n"],
    [
      "a claim in the form of the documentation",
      "parley: 1\ntitle: T\nquestions: {q: {text: Q, hypotheses: [yes, no], prior: 0.5}}\nclaims: {a: {text: x, bears: {q: {likelihoods: {yes: 0.8, no: 0.2}}}, credence: 1}}\n",
    ],
  ])("%s is a case", (_, text) => {
    const { dossier } = readDossier(filesInMemory({ "case.yaml": text }));
    expect(dossier === undefined ? undefined : viewCase(dossier).case?.title).toBe("T");
  });
});
