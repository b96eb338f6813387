import { z } from "zod";
import { argumentExhibit, momentList } from "./argument-schema.ts";
import { baseRatesExhibit } from "./base-rates/schema.ts";
import {
  indicatorExhibit,
  negotiationExhibit,
  readingInfo,
  sourceExhibit,
  timelineEntry,
  verdict,
} from "./exhibit-schema.ts";
import { placesExhibit } from "./places.ts";
import { sensitivityExhibit } from "./sensitivity-schema.ts";
import { simulationExhibit } from "./simulation-schema.ts";
import { stabilityExhibit } from "./stability-schema.ts";
import { termsExhibit } from "./terms-schema.ts";
import { watchList } from "./watch-schema.ts";

/** What a reason is: a figure, the engine that made it, a parameter, a claim, a source, a series, a definition. */
export const NODE_KINDS = ["figure", "engine", "parameter", "claim", "source", "series", "definition"] as const;

const ids = z.array(z.string());

/** A reason. Its own reasons are named in `because`; they are nodes of the same table. */
const node = z.object({
  id: z.string(),
  kind: z.enum(NODE_KINDS),
  label: z.string(),
  value: z.union([z.number(), z.string()]).optional(),
  unit: z.string().optional(),
  casePath: z.string().optional().describe("Keys of the case joined by dots."),
  line: z.string().optional().describe("Where it stands in the case folder: case.yaml:12."),
  citation: z.string().optional(),
  note: z.string().optional().describe("The reason in an analyst's words."),
  because: ids,
});

const probability = z.object({
  central: z.number().describe("With every input at its median."),
  median: z.number(),
  low80: z.number(),
  high80: z.number(),
});

const figure = z.object({
  id: z.string(),
  label: z.string(),
  value: z.number(),
  unit: z.string(),
  low: z.number().optional(),
  high: z.number().optional(),
  text: z.string().describe("As a person reads it."),
  node: z.string().describe("Where its because is found."),
});

const byReading = z.object({
  reading: z.string().nullable().describe("Null: the case as coded."),
  name: z.string(),
  estimate: probability,
});

const likelihood = z.object({
  question: z.string(),
  text: z.string(),
  hypothesis: z.string(),
  engine: z.string(),
  estimate: probability,
  words: z.string(),
  scale: z.enum(["icd-203", "phia"]),
  readings: z.array(byReading),
  range: z.object({ low: z.number(), high: z.number() }).describe("Of the medians over the readings."),
  certain: z.boolean().describe("Whether every input is a plain number, so that the interval has no width."),
  node: z.string(),
});

const awaited = z.object({ engine: z.string(), needs: z.string(), says: z.string() });

const answer = z.object({
  asks: z.string(),
  status: z.enum(["answered", "partial", "awaits"]),
  headline: z.string(),
  likelihood: z.array(likelihood),
  confidence: z.object({ level: z.enum(["low", "moderate", "high"]), because: z.string() }).nullable(),
  awaits: z.array(awaited),
  figures: z.array(figure),
  because: ids.describe("Root nodes."),
});

const lean = z.enum(["driver", "obstacle", "neither"]);

const claimRow = z.object({
  id: z.string(),
  name: z.string(),
  text: z.string(),
  kind: z.string().nullable(),
  status: z.string(),
  citations: z.array(z.string()),
  argues: z.string().nullable().describe("Which way the source itself argues."),
  leans: lean.describe("For or against the first hypothesis, or neither."),
  leanDb: z.number().describe("Decibans for the first hypothesis: against the other, or against the mean of more."),
  weightDb: z.number(),
  weightsDb: z.record(z.string(), z.number()),
  fullDb: z.number(),
  diagnosticityDb: z.number(),
  credence: z.number(),
  credenceFrom: z.string(),
  strength: z.number().describe("Strength in the argument graph, shown beside the credence."),
  counted: z.number(),
  group: z.string().nullable(),
  favours: z.string().nullable(),
  encodedBy: z.string().nullable(),
  verdict: verdict.nullable(),
  leaveOneOut: z.record(z.string(), z.number()).nullable(),
  flip: z.object({ factor: z.number().nullable(), ratio: z.number().nullable() }).nullable(),
  node: z.string(),
});

const waterfallStep = z.object({
  id: z.string(),
  kind: z.enum(["prior", "claim", "posterior"]),
  label: z.string(),
  from: z.number().describe("Decibans for the first hypothesis."),
  to: z.number(),
  text: z.string(),
  node: z.string(),
});

const groupRow = z.object({
  id: z.string(),
  name: z.string(),
  claims: ids,
  correlation: z.number().nullable(),
  weightDb: z.number(),
  shapley: z.record(z.string(), z.number()).nullable(),
  leaveOneOut: z.record(z.string(), z.number()).nullable(),
});

const sourceRow = z.object({
  id: z.string(),
  name: z.string(),
  claims: ids,
  alone: ids,
  weightDb: z.number(),
  leaveOneOut: z.record(z.string(), z.number()).nullable(),
});

const achRow = z.object({
  id: z.string(),
  name: z.string(),
  credence: z.number(),
  diagnosticity: z.number(),
  ratings: z.array(z.object({ rating: z.enum(["CC", "C", "N", "I", "II", "NA"]), derived: z.boolean() })),
});

const questionAssessment = z.object({
  id: z.string(),
  text: z.string(),
  event: z.string().nullable(),
  by: z.string().nullable(),
  settledBy: z.string().nullable(),
  thesis: z.string().nullable(),
  citations: z.array(z.string()),
  hypotheses: z.array(z.object({ id: z.string(), text: z.string() })),
  threshold: z.number(),
  prior: z.record(z.string(), probability).nullable(),
  priorBecause: z.string().nullable(),
  posterior: z.record(z.string(), probability).nullable(),
  certain: z.boolean(),
  totalDb: z.record(z.string(), z.number()),
  shapleyMethod: z.string(),
  waterfall: z.array(waterfallStep),
  claims: z.array(claimRow),
  groups: z.array(groupRow),
  sources: z.array(sourceRow),
  ach: z.object({
    hypotheses: z.array(z.string()),
    rows: z.array(achRow),
    inconsistency: z.array(z.number()),
    ranking: z.array(z.string()),
  }),
  readings: z.array(byReading),
  node: z.string(),
});

const linkEffect = z.object({
  reading: z.string().nullable().describe("Null: the case as coded."),
  name: z.string(),
  size: z.number().describe("For the first hypothesis, in the engine's unit; below 0 against it."),
  open: z.boolean().describe("Whether the range of its inputs, or two standard errors, hold both signs."),
  within: z.boolean().describe("Whether it is no more than its Monte Carlo error, so that it has no sign."),
  node: z.string(),
});

const linkEngine = z.object({
  engine: z.string(),
  unit: z.string(),
  effects: z.array(linkEffect).describe("A size for each reading; none where the engine is silent."),
  finding: z
    .enum(["agree", "disagree", "by-reading", "no-effect", "silent", "no-sign"])
    .describe("Whether the engine's sign is the one that the source claims, under every reading."),
});

const linkRow = z.object({
  claim: z.string(),
  name: z.string(),
  text: z.string(),
  citations: z.array(z.string()),
  argues: lean.nullable().describe("The sign that the source claims; null where it claims none."),
  data: z.object({ verdict, sentences: z.array(z.string()) }).nullable(),
  engines: z.array(linkEngine),
  node: z.string(),
});

const linkTable = z.object({
  question: z.string(),
  text: z.string(),
  finding: z.string().describe("What the table shows, in a sentence."),
  rows: z.array(linkRow),
});

/** The assessment of a case: five answers, the exhibits behind them, and one table of reasons. */
export const assessmentSchema = z.object({
  format: z.literal("parley-assessment-1"),
  parley: z.string().describe("Version that made it."),
  case: z.object({
    title: z.string(),
    about: z.string().nullable(),
    authors: z.array(z.string()),
    hash: z.string(),
    asOf: z.string().nullable(),
    codedAsOf: z.string().nullable().describe("The case's own day, whatever day the view looks from."),
    horizon: z.string().nullable(),
  }),
  seed: z.number(),
  draws: z.number(),
  reading: readingInfo,
  readings: z.array(readingInfo),
  strictAsOf: z.boolean(),
  hindsight: z.object({
    count: z.number(),
    marks: z.array(z.object({ path: z.string(), reason: z.string() })),
    leftOut: z.array(z.string()),
  }),
  notes: z.array(z.object({ severity: z.string(), code: z.string(), at: z.string(), message: z.string() })),
  why: answer,
  when: answer,
  what: answer,
  holds: answer,
  changes: answer,
  questions: z.array(questionAssessment),
  links: z.array(linkTable).describe("What the source claims beside what the data and each engine say, by question."),
  argument: argumentExhibit,
  indicators: z.array(indicatorExhibit),
  sources: z.array(sourceExhibit),
  timeline: z.array(timelineEntry),
  moments: momentList,
  places: placesExhibit,
  watch: watchList,
  negotiation: negotiationExhibit,
  simulation: simulationExhibit,
  sensitivity: sensitivityExhibit,
  terms: termsExhibit,
  stability: stabilityExhibit,
  baseRates: baseRatesExhibit,
  nodes: z.record(z.string(), node),
});

export type Assessment = z.output<typeof assessmentSchema>;
export type Answer = z.output<typeof answer>;
export type AssessmentNode = z.output<typeof node>;
export type QuestionAssessment = z.output<typeof questionAssessment>;
export type Likelihood = z.output<typeof likelihood>;
export type IndicatorExhibit = z.output<typeof indicatorExhibit>;
export type SourceExhibit = z.output<typeof sourceExhibit>;
export type SensitivityExhibit = z.output<typeof sensitivityExhibit>;
export type StabilityExhibit = z.output<typeof stabilityExhibit>;
export type TermsExhibit = z.output<typeof termsExhibit>;
export type SimulationExhibit = z.output<typeof simulationExhibit>;
export type NegotiationExhibit = z.output<typeof negotiationExhibit>;
export type TimelineEntry = z.output<typeof timelineEntry>;
export type ReadingInfo = z.output<typeof readingInfo>;
export type Figure = z.output<typeof figure>;
export type ClaimRow = z.output<typeof claimRow>;
export type LinkTable = z.output<typeof linkTable>;
export type LinkRow = z.output<typeof linkRow>;
export type LinkEffect = z.output<typeof linkEffect>;
export type LinkFinding = z.output<typeof linkEngine>["finding"];

/** The five questions, in the order in which an analyst asks them. */
export const ANSWERS = ["why", "when", "what", "holds", "changes"] as const;
export type AnswerId = (typeof ANSWERS)[number];

/** The JSON Schema (draft 2020-12) of an assessment. */
export function assessmentJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(assessmentSchema, { io: "output", reused: "ref" }),
    $id: "urn:parley:schema:assessment:1",
    title: "Parley assessment, format 1",
  };
}
