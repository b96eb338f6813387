import { z } from "zod";
import type { CalendarDate } from "../../core/dates/index.ts";
import { parseDate } from "../../core/dates/index.ts";
import type { ProblemArguments, ProblemCode } from "../../core/problems/index.ts";
import type { Unit } from "../../core/units/index.ts";
import { parseUnit } from "../../core/units/index.ts";
import type { Amount, FieldRange, Quantity } from "../notation/amount.ts";
import { rangeInWords, readAmount, readQuantity } from "../notation/amount.ts";

/** What a name in a case refers to. */
export type ReferenceKind =
  | "source"
  | "party"
  | "party or source"
  | "faction"
  | "issue"
  | "option"
  | "proposal"
  | "claim"
  | "group"
  | "question"
  | "hypothesis"
  | "event"
  | "agreement"
  | "series"
  | "reading"
  | "lever"
  | "reference class"
  | "path"
  | "norm"
  | "package"
  | "statement"
  | "formula"
  | "course"
  | "graph option"
  | "decision maker"
  | "situation"
  | "situation or state";

/**
 * What the checks know of a schema beside its shape.
 *
 * `ref`: the text names an entry of that kind. `keyRef`: so does each key of this mapping. `defines`: each key of
 * this mapping is the name of a new entry of that kind. `expected`: what belongs here, in words, for messages.
 */
export interface FieldNotes {
  readonly ref?: ReferenceKind;
  readonly keyRef?: ReferenceKind;
  readonly defines?: ReferenceKind;
  readonly expected?: string;
  /** As what a text or number is read, where its schema alone does not say it: what a form offers for it. */
  readonly as?: "amount" | "quantity" | "duration" | "date" | "unit" | "url" | "long text" | "yes or no";
  /** The values that an amount may take. */
  readonly range?: FieldRange;
}

export const fieldNotes = z.registry<FieldNotes>();

/** Attaches notes to a schema, in place. */
export function note<S extends z.ZodType>(schema: S, notes: FieldNotes): S {
  fieldNotes.add(schema, { ...fieldNotes.get(schema), ...notes });
  return schema;
}

/** A fault that a field found by itself: a problem's code and facts, and where in the text it stands. */
export interface FieldFault {
  readonly code: ProblemCode;
  readonly facts: (thing: string) => unknown;
  readonly offset: number;
}

/** Reports a fault that a field found by itself; the value is lost. */
export function fault<C extends ProblemCode>(
  context: z.core.$RefinementCtx,
  code: C,
  facts: (thing: string) => ProblemArguments<C>,
  offset = 0,
): never {
  const params: FieldFault = { code, facts, offset };
  context.issues.push({ code: "custom", message: code, input: context.value, params: { fault: params } });
  return z.NEVER;
}

/** Names of entries: lower-case letters, digits and hyphens. */
export const IDENTIFIER = /^[a-z0-9][a-z0-9-]{0,99}$/;
export const identifier = z.string().regex(IDENTIFIER);

/** A text for people. Where YAML reads a number (a title such as 1984), the text needs quotes. */
export const text = note(z.string().trim().min(1).max(20_000), { expected: "text", as: "long text" });
export const shortText = note(z.string().trim().min(1).max(500), { expected: "text of at most 500 characters" });

/** A name that must exist elsewhere in the case. */
export const ref = (kind: ReferenceKind) => note(z.string(), { ref: kind, expected: `the name of a ${kind}` });

/** One name or a list of names; read as a list. */
export const refs = (kind: ReferenceKind) =>
  note(
    z.union([ref(kind), z.array(ref(kind))]).transform((value) => (typeof value === "string" ? [value] : value)),
    { expected: `the name of a ${kind}, or a list of names` },
  );

/** One or several texts; read as a list. */
export const texts = note(
  z.union([text, z.array(text)]).transform((value) => (typeof value === "string" ? [value] : value)),
  { expected: "text, or a list of texts" },
);

/** A source and where in it: `ding-2024#4` is paragraph 4. */
export interface SourceRef {
  readonly source: string;
  readonly locator: string | undefined;
}

const sourceRef = note(
  z.string().transform((value): SourceRef => {
    const hash = value.indexOf("#");
    return hash < 0
      ? { source: value, locator: undefined }
      : { source: value.slice(0, hash), locator: value.slice(hash + 1) };
  }),
  { ref: "source", expected: "the name of a source, such as ding-2024#4" },
);

/** One or several citations; read as a list. */
export const citations = note(
  z.union([sourceRef, z.array(sourceRef)]).transform((value) => (Array.isArray(value) ? value : [value])),
  { expected: "the name of a source such as ding-2024#4, or a list of them" },
);

/** An ISO 8601 date, also to the month or the year. */
export const date = note(
  z.union([z.string(), z.int()]).transform((value, context): CalendarDate => {
    const parsed = parseDate(String(value));
    return (
      parsed ??
      fault(context, "invalid-value", (thing) => ({
        thing,
        value,
        expected: "an ISO 8601 date such as 2024-11-28 or 2024-11",
      }))
    );
  }),
  { expected: "an ISO 8601 date such as 2024-11-28 or 2024-11", as: "date" },
);

/** An uncertain number in the value notation, within a range. */
export const amount = (range: FieldRange) =>
  note(
    z.union([z.number(), z.string()]).transform((value, context): Amount => {
      const read = readAmount(value, range);
      if (!("detail" in read)) return read;
      return fault(
        context,
        "invalid-notation",
        (thing) => ({ thing, value: String(value), detail: read.detail, hint: read.hint }),
        read.offset,
      );
    }),
    { expected: `a number (${rangeInWords(range)}) or a distribution such as 2 to 4`, as: "amount", range },
  );

/** A certain number with a unit, such as 50 %. */
export const quantity = note(
  z.union([z.number(), z.string()]).transform((value, context): Quantity => {
    const read = readQuantity(value);
    if (!("detail" in read)) return read;
    return fault(
      context,
      "invalid-notation",
      (thing) => ({ thing, value: String(value), detail: read.detail, hint: read.hint }),
      read.offset,
    );
  }),
  { expected: "a number with its unit, such as 50 %", as: "quantity" },
);

/** A span of time in days: `12 months`, `90 days`. */
export const duration = note(
  z.string().transform((value, context): Quantity => {
    const read = readQuantity(value);
    if (!("detail" in read) && read.unit?.dimension === "duration" && read.value > 0) return read;
    const expected = "a span of time such as 12 months";
    return fault(context, "invalid-value", (thing) => ({ thing, value, expected }));
  }),
  { expected: "a span of time such as 12 months", as: "duration" },
);

/** A unit: `km2`, `billion USD`, `%`. */
export const unit = note(
  z.string().transform((value, context): Unit => {
    const parsed = parseUnit(value);
    const expected = "a unit such as km2, %, persons or billion USD";
    return parsed ?? fault(context, "invalid-value", (thing) => ({ thing, value, expected }));
  }),
  { expected: "a unit such as km2, %, persons or billion USD", as: "unit" },
);

/** A web address; nothing but http and https, so that a report never holds a link that runs something. */
export const url = note(
  z.string().transform((value, context): string => {
    const parsed = URL.canParse(value) ? new URL(value) : undefined;
    if (parsed?.protocol === "https:" || parsed?.protocol === "http:") return parsed.href;
    return fault(context, "invalid-value", (thing) => ({ thing, value, expected: "an http or https address" }));
  }),
  { expected: "an http or https address", as: "url" },
);

/** One of some words. */
export const word = <const W extends readonly [string, ...string[]]>(...words: W) =>
  note(z.enum(words), { expected: words.join(" | ") });

/** Who says so and why: fields that any judgement may carry. */
export const provenance = {
  source: citations.optional().describe("Where it is said: a source of the case with its paragraph, or several."),
  because: text.optional().describe("The reason, in the analyst's words, where no source says it."),
  by: shortText.optional().describe("Whose judgement it is."),
  hindsight: text.optional().describe("Marks what was published after asOf, and why it is used all the same."),
  note: text.optional().describe("A remark for readers; it enters no computation."),
};

/** The names of entries: their form is checked with the references, so that a bad name does not hide what it names. */
const entryName = z.string().meta({ pattern: IDENTIFIER.source });

/** A mapping from names to entries of a kind; the names are defined here. */
export function entries<S extends z.ZodType>(kind: ReferenceKind, schema: S) {
  return note(z.record(entryName, schema), { defines: kind, expected: `entries of the form name: {...}` });
}

/** A mapping whose keys name entries defined elsewhere. */
export function byRef<S extends z.ZodType>(kind: ReferenceKind, schema: S) {
  return note(z.record(z.string(), schema), { keyRef: kind, expected: `entries by the name of a ${kind}` });
}
