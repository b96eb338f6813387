/** Writes what documents the code: JSON Schemas to schema/, the table of parameters to docs/; tests keep them current. */
import { writeFileSync } from "node:fs";
import { assessmentJsonSchema, scoreJsonSchema } from "../src/assess/index.ts";
import { caseJsonSchema } from "../src/case/index.ts";
import { parameterPage } from "../src/formats/parameter-table.ts";

const folder = new URL("../schema/", import.meta.url);
writeFileSync(new URL("case.json", folder), `${JSON.stringify(caseJsonSchema(), null, 2)}\n`);
writeFileSync(new URL("assessment.json", folder), `${JSON.stringify(assessmentJsonSchema(), null, 2)}\n`);
writeFileSync(new URL("score.json", folder), `${JSON.stringify(scoreJsonSchema(), null, 2)}\n`);
writeFileSync(new URL("../docs/parameters.md", import.meta.url), parameterPage());
