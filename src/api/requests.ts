import type { Context } from "hono";
import { z } from "zod";
import { DEEPEST, type Edit, type Raw, rawOf } from "../case/index.ts";
import { TEMPLATES } from "../case/templates.ts";
import { ParleyError } from "../core/problems/index.ts";
import { shapeProblems } from "./shape.ts";

const value = z.unknown().transform((given, context): Raw => {
  const raw = rawOf(given);
  if (raw !== undefined) return raw;
  context.addIssue({
    code: "custom",
    message: given === undefined ? "missing value" : "no value that a case can hold",
  });
  return z.NEVER;
});
const expected = value.optional();
const path = z.union([z.string().max(2000), z.array(z.union([z.string().max(1000), z.int().min(0)])).max(DEEPEST)]);
const key = z.string().min(1).max(1000);
const written = z.strictObject({ text: z.string(), offset: z.int().min(0) });

const edit = z.union([
  z.strictObject({ set: path, value, expected, written: z.string().optional() }),
  z.strictObject({
    add: path,
    key: z.union([key, z.int().min(0)]),
    value,
    after: z.string().optional(),
    before: z.string().optional(),
    file: z.string().max(500).optional(),
    expected,
    written: written.optional(),
  }),
  z.strictObject({ remove: path, expected, written: written.optional() }),
  z.strictObject({ rename: path, to: key, expected }),
]) satisfies z.ZodType<Edit>;

const hash = z.string().regex(/^[0-9a-f]{64}$/, "expected a hash as the case's files have it");

/** `POST /api/cases/:id/edits` */
export const editsRequest = z.strictObject({ base: hash, edits: z.array(edit).min(1).max(500) });

/** `PUT /api/cases/:id/files/:name`; a base of null for a file that is not there. */
export const textRequest = z.strictObject({ base: hash.nullable(), text: z.string(), draft: z.boolean().optional() });

const name = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?$/, "expected lower-case letters, digits and hyphens")
  .optional();
const title = z.string().trim().min(1).max(500);

/** `POST /api/cases`: from a template, as a copy of a case, or of given files. */
export const caseRequest = z.union([
  z.strictObject({ template: z.enum(TEMPLATES), title, asOf: z.iso.date().optional(), name }),
  z.strictObject({ from: z.string().max(200), title: title.optional(), name }),
  z.strictObject({ files: z.record(z.string().max(300), z.string()), name }),
]);
export type CaseRequest = z.output<typeof caseRequest>;

/**
 * The body of a request, as its schema has it.
 *
 * @throws ParleyError where it is no JSON or has another shape.
 */
export async function bodyOf<S extends z.ZodType>(context: Context, schema: S): Promise<z.output<S>> {
  const type = context.req.header("content-type") ?? "";
  if (!/^application\/json\b/i.test(type)) {
    throw ParleyError.of("request-shape", { where: "content-type", detail: "expected application/json" });
  }
  let body: unknown;
  try {
    body = await context.req.json();
  } catch (error) {
    // Only what is no JSON; a body that is too large ends in an error of its own.
    if (!(error instanceof SyntaxError)) throw error;
    throw ParleyError.of("request-shape", { where: "body", detail: "expected JSON" });
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ParleyError(shapeProblems(parsed.error.issues));
}
