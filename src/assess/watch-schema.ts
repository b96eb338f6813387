import { z } from "zod";

const move = z.object({
  answer: z.string().describe("Which figure moves."),
  engine: z.enum(["evidence", "simulation"]),
  given: z.string().describe("What would have to come: the end of a sentence."),
  from: z.number(),
  to: z.number(),
  se: z.number().nullable().describe("Standard error of the difference; null where it is exact."),
});

const watchItem = z.object({
  id: z.string(),
  kind: z.enum(["event", "data", "claim", "source", "parameter", "happening"]),
  name: z.string(),
  date: z.string().nullable(),
  says: z.string().describe("What to look for."),
  moves: z.array(move).describe("Answers that it moves by more than the bound, the widest first."),
  path: z.string().describe("Where the case has it."),
  line: z.string(),
  node: z.string().nullable(),
});

/** What to watch: dated events ahead, and what would move an answer by more than a bound. */
export const watchList = z.object({
  bound: z.number().describe("As a difference of probabilities."),
  items: z.array(watchItem),
  quiet: z
    .array(z.object({ name: z.string(), date: z.string() }))
    .describe("Events ahead that move no answer by more than the bound, as coded."),
});

export type WatchList = z.output<typeof watchList>;
export type WatchItem = z.output<typeof watchItem>;
