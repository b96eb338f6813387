import type { Command } from "commander";
import { assessmentJsonSchema, scoreJsonSchema } from "../../assess/index.ts";
import { caseJsonSchema } from "../../case/index.ts";
import { nearest, ParleyError } from "../../core/problems/index.ts";
import { helpWithExamples } from "../help.ts";

const SCHEMAS: Readonly<Record<string, () => unknown>> = {
  case: caseJsonSchema,
  assessment: assessmentJsonSchema,
  score: scoreJsonSchema,
};

/** `parley schema [case|assessment|score]`: JSON Schemas for editors and programs. */
export function addSchema(program: Command): void {
  const command = program
    .command("schema")
    .argument("[of]", "case, assessment or score", "case")
    .description("print a JSON Schema (draft 2020-12) of case files, assessments or scores")
    .option("--json", "the output is JSON in any case")
    .action((of: string) => {
      const make = Object.hasOwn(SCHEMAS, of) ? SCHEMAS[of] : undefined;
      if (make === undefined) {
        const near = nearest(of, Object.keys(SCHEMAS));
        throw ParleyError.of("invalid-value", {
          thing: "schema",
          value: of,
          expected: "case, assessment or score",
          near,
        });
      }
      process.stdout.write(`${JSON.stringify(make(), null, 2)}\n`);
    });
  helpWithExamples(command, ["parley schema > case.schema.json", "parley schema assessment"]);
}
