import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkDossier, listUngrounded } from "../../src/case/index.ts";
import { assessed, bundled, viewed } from "../support/cases.ts";
import { describeWith } from "../support/shared.ts";

const dossier = bundled("colombia-2012");

describe("the case colombia-2012", () => {
  it("is clean, and grounds every judgement", () => {
    expect(checkDossier(dossier)).toEqual([]);
    expect(listUngrounded(dossier)).toEqual([]);
  });

  it("has a question of three answers whose probabilities add up", () => {
    const question = assessed(dossier).questions.find(({ id }) => id === "talks-end-2016");
    expect(question?.hypotheses.map(({ id }) => id)).toEqual(["agreement", "talking", "broken"]);
    const sum = Object.values(question?.posterior ?? {}).reduce((total, { central }) => total + central, 0);
    expect(sum).toBeCloseTo(1, 12);
  });

  it("cannot make the test of a series that came out later, strictly as of its day", () => {
    const { indicators, questions } = assessed(dossier, { strictAsOf: true });
    expect(indicators.map(({ id }) => id)).not.toContain("battle-deaths");
    expect(questions[0]?.claims.find(({ id }) => id === "no-victory")?.verdict).toBe("uncheckable");
  });
});

describeWith("data/ucdp_brd_v24_1/dyad_year.csv", "the typed deaths in battle", (path) => {
  it("are those of the data set", () => {
    const rows = readFileSync(path, "utf8")
      .split("\n")
      .filter((row) => row.startsWith("289,623,"))
      .map((row) => row.split(","));
    const known = new Map(rows.map((cells) => [cells[7], cells.slice(8, 11).map(Number)]));
    for (const { date, value, low, high } of viewed(dossier).series.get("battle-deaths") ?? []) {
      expect([value, low, high], date.text).toEqual(known.get(date.text));
    }
  });
});
