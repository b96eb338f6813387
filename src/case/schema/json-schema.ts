import { z } from "zod";
import { caseSchema } from "./case.ts";

/** The name of the schema; a copy of it ships with Parley as schema/case.json. */
export const SCHEMA_ID = "urn:parley:schema:case:1";

/**
 * The JSON Schema (draft 2020-12) of a case file: what editors check and complete by.
 *
 * It says what may be written; references, dates and sums are checked by `parley check`.
 */
export function caseJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(caseSchema, { io: "input", reused: "ref", unrepresentable: "any" });
  return {
    ...schema,
    $id: SCHEMA_ID,
    title: "Parley case file, format 1",
    description: "A war, argued: parties, issues, claims with sources, events, indicators, questions, readings.",
  };
}
