/** Writes the JSON Schemas of case files and assessments to schema/, for editors; a test keeps them current. */
import { writeFileSync } from "node:fs";
import { assessmentJsonSchema } from "../src/assess/index.ts";
import { caseJsonSchema } from "../src/case/index.ts";

const folder = new URL("../schema/", import.meta.url);
writeFileSync(new URL("case.json", folder), `${JSON.stringify(caseJsonSchema(), null, 2)}\n`);
writeFileSync(new URL("assessment.json", folder), `${JSON.stringify(assessmentJsonSchema(), null, 2)}\n`);
