import { z } from "zod";
import { UNIT_INTERVAL } from "../notation/amount.ts";
import {
  amount,
  byRef,
  citations,
  date,
  entries,
  note,
  provenance,
  ref,
  refs,
  shortText,
  text,
  word,
} from "./fields.ts";

const option = note(
  z
    .union([shortText, z.strictObject({ name: shortText, text: text.optional(), ...provenance })])
    .transform((value) => (typeof value === "string" ? { name: value } : value)),
  { expected: "a short text, or {name: ..., text: ...}" },
);

export const issue = z.strictObject({
  name: shortText,
  ordered: z.boolean().optional().describe("Whether the options stand in a natural order."),
  text: text.optional().describe("What is at issue."),
  options: entries("option", option).describe("The outcomes that this issue can have."),
  ...provenance,
});

const value = note(
  z.union([
    amount(UNIT_INTERVAL),
    z.strictObject({
      value: amount(UNIT_INTERVAL),
      basis: word("stated", "inferred").optional(),
      ...provenance,
    }),
  ]),
  { expected: "a value from 0 to 1, or {value: ..., basis: stated | inferred, source: ...}" },
);

const stance = z.strictObject({
  weight: amount(UNIT_INTERVAL).optional().describe("Share of this issue in all that matters to the party."),
  values: byRef("option", value).optional().describe("What each option is worth to it: 1 the best, 0 the worst."),
  redLines: z.array(ref("option")).optional().describe("Options that it will not accept, whatever else it gets."),
  basis: word("stated", "inferred").optional().describe("Whether the party said so or an analyst infers it."),
  ...provenance,
});

export const position = z.strictObject({
  accepts: word("required", "ratifies", "none")
    .optional()
    .describe("Whether an agreement needs it: as a signatory, as a ratifier, or not."),
  reservation: note(
    z.union([z.literal("from-war"), amount(UNIT_INTERVAL), z.strictObject({ of: ref("proposal"), ...provenance })]),
    { expected: "a value from 0 to 1, {of: PROPOSAL}, or from-war" },
  )
    .optional()
    .describe("What it gets without agreement: a value, the worth of a named package, or the value of fighting on."),
  issues: byRef("issue", stance).optional(),
  ...provenance,
});

/** Options that cannot go together. */
export const exclusion = note(
  z
    .object({ because: text.optional(), source: citations.optional() })
    .catchall(note(z.union([ref("option"), z.array(ref("option"))]), { expected: "an option, or a list of options" })),
  { keyRef: "issue", expected: "a mapping from issues to options" },
);

type Nested = ReturnType<typeof amount>["_zod"]["output"] | { [option: string]: Nested };

/** What a combination adds or takes: a share of the weights of its issues together. */
const PLUS_MINUS = { low: -1, high: 1 };

/** Values of combinations: one level of mapping for each issue in `over`. */
const nested: z.ZodType<Nested> = note(
  z.lazy(() => z.union([amount(PLUS_MINUS), z.record(z.string(), nested)])),
  { expected: "a value from -1 to 1, or options with values below them" },
);

export const interaction = z.strictObject({
  party: ref("party"),
  over: z.array(ref("issue")).min(2).describe("The issues whose options are worth more or less together."),
  values: z
    .record(z.string(), nested)
    .describe(
      "What each combination adds to what its options are worth apart, -1 to 1, as a share of the weights of the issues together: one level of options for each issue in over:, in its order. What is left out adds nothing.",
    ),
  ...provenance,
});

export const proposal = z.strictObject({
  name: shortText,
  date: date.optional(),
  text: text.optional(),
  package: byRef(
    "issue",
    note(z.union([ref("option"), z.array(ref("option")).min(1)]), { expected: "an option, or a list of options" }),
  ).describe("An option for each issue; a list, or an issue left out, is open."),
  ...provenance,
  by: note(
    z.union([shortText, z.array(shortText)]).transform((by) => (typeof by === "string" ? [by] : by)),
    { expected: "a name, or a list of names" },
  )
    .optional()
    .describe("Who put it forward."),
});

export const norm = z.strictObject({
  name: shortText.optional(),
  text: text.describe("What it says, paraphrased."),
  touches: byRef("issue", z.array(ref("option")))
    .optional()
    .describe("Options that stand against it."),
  parties: refs("party").optional().describe("Who is bound by it."),
  ...provenance,
});
