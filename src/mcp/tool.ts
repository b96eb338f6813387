import { z } from "zod";
import { nearest, ParleyError, problem } from "../core/problems/index.ts";
import type { Desk } from "./desk.ts";

/** What a tool answers: a few lines for a person, and the same as data. */
export interface Answer<T = unknown> {
  readonly text: string;
  readonly data: T;
}

/** Something that an assistant can ask for; one file each in tools/. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  /** What it is for, in the words that an assistant chooses by. */
  readonly description: string;
  readonly input: z.ZodObject;
  readonly output: z.ZodObject;
  /** Whether it may take long: then it runs in a thread of its own, says how far it is and can be stopped. */
  readonly long: boolean;
  /** Whether it changes files. */
  readonly writes: boolean;
  /** @throws ParleyError where the input, or the case that it names, cannot be used */
  answer(input: unknown, desk: Desk): Promise<Answer>;
}

interface ToolSpec<I extends z.ZodObject, O extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: I;
  readonly output: O;
  readonly long?: boolean;
  readonly writes?: boolean;
  answer(input: z.output<I>, desk: Desk): Answer<z.input<O>> | Promise<Answer<z.input<O>>>;
}

/** Makes a tool: its input is checked before it runs, and what it answers before anybody sees it. */
export function defineTool<I extends z.ZodObject, O extends z.ZodObject>(spec: ToolSpec<I, O>): Tool {
  const { long = false, writes = false } = spec;
  return {
    ...spec,
    long,
    writes,
    async answer(input, desk) {
      const { text, data } = await spec.answer(inputOf(spec, input), desk);
      return { text, data: spec.output.parse(data) };
    },
  };
}

/** The input as the tool's schema has it. @throws ParleyError with a problem for each part of another shape */
function inputOf<I extends z.ZodObject>(
  { input: schema, name }: ToolSpec<I, z.ZodObject>,
  given: unknown,
): z.output<I> {
  const parsed = schema.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const known = Object.keys(schema.shape);
  const problems = parsed.error.issues.slice(0, 20).flatMap((one) => {
    const issue = nearestShape(one);
    if (issue.code === "unrecognized_keys") {
      const where = issue.path.length === 0 ? `the input of ${name}` : issue.path.join(".");
      return issue.keys.map((key) => problem("unknown-key", { key, where, near: nearest(key, known) }));
    }
    return [problem("request-shape", { where: issue.path.join("."), detail: issue.message })];
  });
  throw new ParleyError(problems);
}

type Issue = z.core.$ZodIssue;

/** Of something that fits none of several shapes, what it misses of the one that it comes nearest to. */
function nearestShape(issue: Issue): Issue {
  // A union that says by itself what it expects is not taken apart.
  if (issue.code !== "invalid_union" || issue.message !== "Invalid input") return issue;
  const [nearestOne] = issue.errors.toSorted((a, b) => a.length - b.length);
  const [first] = nearestOne ?? [];
  return first === undefined ? issue : nearestShape({ ...first, path: [...issue.path, ...first.path] });
}

/** Which case a tool is asked about. */
export const caseId = z.string().min(1).max(500).describe("A case, by its id in list_cases.");

/** How a case is looked at; the same words as on the command line. */
export const viewInput = {
  reading: z.string().max(200).optional().describe("A reading of the case; the case as coded unless given."),
  set: z
    .array(z.string().max(1000))
    .max(50)
    .optional()
    .describe("Changes to values of the case for this question alone: path=value."),
  asOf: z.string().max(20).optional().describe("Leave out what was published after this day (ISO 8601)."),
  strictAsOf: z.boolean().optional().describe("Leave out what is marked as hindsight; false unless given."),
  seed: z.int().min(0).optional().describe("Seed of every draw; 1 unless given."),
};

/** Which part of a long list is wanted. */
export const pageInput = (most: number, usual: number) => ({
  offset: z.int().min(0).optional().describe("The first that is told, from 0."),
  limit: z.int().min(1).max(most).optional().describe(`How many are told; ${usual} unless given, ${most} at most.`),
});

/** What is said of the part of a list that is told. */
export const pageOutput = {
  total: z.int().describe("How many there are."),
  next: z.int().nullable().describe("The offset of those that follow; null at the end."),
};

/** The part of a list that was asked for. */
export function pageOf<T>(
  all: readonly T[],
  { offset = 0, limit }: { readonly offset?: number | undefined; readonly limit?: number | undefined },
  usual: number,
): { readonly items: readonly T[]; readonly total: number; readonly next: number | null } {
  const end = offset + (limit ?? usual);
  return { items: all.slice(offset, end), total: all.length, next: end < all.length ? end : null };
}

/** What follows a list that was cut, as a line of text. */
export function moreOf({ total, next }: { readonly total: number; readonly next: number | null }): string[] {
  return next === null ? [] : [`${total - next} more: ask again with offset ${next}.`];
}
