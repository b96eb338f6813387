import { z } from "@hono/zod-openapi";
import { isControl } from "../../core/problems/index.ts";
import { ROLES } from "../access/roles.ts";
import { VERSION_KINDS } from "../db/tables.ts";

/** Shapes of answers that several routes share, as the OpenAPI document names them. */

export const ID = z.string().min(1).max(40);
export const WORKSPACE = z.object({ workspace: ID });
export const CASE = z.object({ case: ID });

export const ROLE = z.enum(ROLES).openapi("Role");

const PLACE = { file: z.string().optional(), line: z.number().optional(), column: z.number().optional() };

export const CASE_PROBLEM = z
  .looseObject({ code: z.string(), message: z.string(), hint: z.string().optional(), severity: z.string(), ...PLACE })
  .openapi("CaseProblem");

export const CASE_TEXT = z.object({ name: z.string(), hash: z.string(), text: z.string() }).openapi("CaseText");

export const CASE_SUMMARY = z
  .object({
    id: z.string(),
    title: z.string(),
    asOf: z.string().optional(),
    path: z.string(),
    readOnly: z.boolean(),
    bundled: z.boolean(),
    hash: z.string(),
    workspace: z.string(),
    version: z.int(),
    role: ROLE,
    restricted: z.boolean(),
    updatedAt: z.string(),
  })
  .openapi("CaseSummary");

/** An edit of a case, as src/case/edit has it. */
export const EDIT = z.any().openapi("Edit", { type: "object" });

export const AUTHOR = z.object({ id: z.string(), name: z.string() }).nullable().openapi("Author");

export const VERSION = z
  .object({
    number: z.int(),
    kind: z.enum(VERSION_KINDS),
    author: AUTHOR,
    at: z.string(),
    message: z.string().nullable(),
    assistant: z.boolean().openapi({ description: "whether an assistant wrote it, by a token of its author's" }),
    hash: z.string(),
    files: z.array(z.object({ name: z.string(), hash: z.string() })),
  })
  .openapi("Version");

/** Text for one line: something that shows, no control characters, nor marks that turn the direction of text. */
export const LINE = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => isPlain(text), "expected no control characters")
    .refine((text) => /[^\p{C}\p{Z}\p{M}]/u.test(text), "expected something that shows");

/** Text in lines; line ends become \n. */
export const LINES = (most: number) =>
  z
    .string()
    .max(2 * most)
    .transform((text) => text.replace(/\r\n?/g, "\n").trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(most)
        .refine((text) => isPlain(text.replace(/[\n\t]/g, " ")), "expected no control characters"),
    )
    .openapi({ type: "string", maxLength: most });

function isPlain(text: string): boolean {
  return text.isWellFormed() && ![...text].some((character) => isControl(character.codePointAt(0) ?? 0));
}

export const DONE = z.object({ ok: z.literal(true) }).openapi("Done");
