import { z } from "zod";
import { parseDate } from "../../core/dates/index.ts";
import { oneLine } from "../../core/problems/index.ts";

/** What each line of a record calls its format. */
export const RECORD_FORMAT = "parley-record-1";

/** Who forecasts by model has a name that begins so; no person's does. */
export const MODEL_PREFIX = "model:";

const line = (most: number) =>
  z
    .string()
    .min(1, `1..${most} characters`)
    .max(most, `1..${most} characters`)
    .refine((text) => text === oneLine(text), "text in one line, without control characters");
const day = z
  .string()
  .refine((text) => parseDate(text)?.precision === "day", "a day in ISO 8601, such as 2024-11-28")
  .describe("A day in ISO 8601, in UTC.");
const hash = z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");
const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/, "a time in UTC, such as 2024-11-28T09:30:00Z")
  .refine((text) => !Number.isNaN(Date.parse(text)), "a time that exists");

/** What was asked, as it stood when the line was written. */
const asked = z.strictObject({
  id: line(200),
  text: line(20_000),
  hypotheses: z.array(line(200)).min(2, "two or more hypotheses").max(12, "at most 12 hypotheses"),
  ordered: z.boolean(),
  stays: line(200).nullable().describe("The hypothesis that means that things stay as they are."),
  opened: day.nullable(),
  closes: day.nullable().describe("The last day that counts."),
});

const common = {
  format: z.literal(RECORD_FORMAT),
  written: moment.describe("When the line was written, in UTC."),
  on: day,
  by: line(300),
  question: asked,
  case: hash.describe("Hash of the case as it stood."),
  parley: line(40).describe("Version of Parley that wrote the line."),
  follows: z.array(hash).max(1_000).describe("Hashes of the lines that it follows: one, or several after a merge."),
  hash,
};

const forecast = z.strictObject({
  ...common,
  kind: z.literal("forecast"),
  says: z.record(line(200), z.number().min(0, "0..1").max(1, "0..1")).describe("A probability for each hypothesis."),
  reading: line(200).nullable(),
  seed: z.int().min(0, "a seed").nullable(),
  because: line(2_000).nullable(),
});

const resolution = z.strictObject({
  ...common,
  kind: z.literal("resolution"),
  outcome: line(200).nullable().describe("The hypothesis that came true; null where the question is annulled."),
  source: line(2_000),
  because: line(2_000).nullable().describe("Why so; for an annulled question, why it could not be settled."),
});

/** A line of a record, as JSON. */
export const entrySchema = z.discriminatedUnion("kind", [forecast, resolution]);

export type AskedQuestion = z.output<typeof asked>;
export type ForecastEntry = z.output<typeof forecast>;
export type ResolutionEntry = z.output<typeof resolution>;
export type RecordEntry = z.output<typeof entrySchema>;

type Own = "format" | "written" | "follows" | "hash" | "parley";
/** A line to be written: what the record itself adds is not in it. */
export type EntryDraft = Omit<ForecastEntry, Own> | Omit<ResolutionEntry, Own>;

/** Whether the forecast was written down after the day that it is of, which makes it no forecast but an exercise. */
export function isDatedBack({ on, written }: Pick<ForecastEntry, "on" | "written">): boolean {
  return on < written.slice(0, 10);
}
