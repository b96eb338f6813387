import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readParameterFile } from "../../../src/formats/par.ts";
import { ours, RARE, sameLaw, theirs } from "../../dynamics/same-law.ts";
import { buildReference, FIRST_CASE, missingForReference } from "../../support/reference-engine.ts";

const missing = missingForReference();
const title = missing === undefined ? "" : `skipped: ${missing}; `;

describe("frequencies at 40 000 trajectories, each with parameters of its own", () => {
  it.skipIf(missing !== undefined)(`${title}are those of the reference engine in C with another seed`, () => {
    const { parameters } = readParameterFile(readFileSync(FIRST_CASE, "utf8"), FIRST_CASE);
    if (parameters === undefined) throw new Error("the file of the first case cannot be read");
    const reference = buildReference();
    try {
      const expected = theirs(reference, "prior");
      const got = ours(parameters);
      for (const table of ["outcomes", "talks", "stop"] as const) {
        expect(sameLaw(got[table], expected[table]), table).toBeGreaterThan(RARE);
      }
    } finally {
      reference.remove();
    }
  });
});
