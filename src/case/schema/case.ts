import { z } from "zod";
import { UNIT_INTERVAL } from "../notation/amount.ts";
import { claim, group, question } from "./argument.ts";
import { amount, byRef, date, entries, note, shortText, text, texts, word } from "./fields.ts";
import { graph } from "./graph.ts";
import { history } from "./history.ts";
import { lever } from "./levers.ts";
import { party } from "./parties.ts";
import { agreement, event, indicator, process, reading, resolution } from "./record.ts";
import { source } from "./sources.ts";
import { exclusion, interaction, issue, norm, position, proposal } from "./terms.ts";
import { war } from "./war.ts";

const grade = amount(UNIT_INTERVAL);

/** How this case is computed and worded, where it differs from Parley's defaults. */
const settings = z.strictObject({
  words: word("icd-203", "phia").optional().describe("Scale of probability words; icd-203 unless given."),
  argument: word("df-quad", "quadratic-energy")
    .optional()
    .describe("Semantics of argument strength; df-quad unless given."),
  reliability: z
    .strictObject({ A: grade, B: grade, C: grade, D: grade, E: grade })
    .partial()
    .optional()
    .describe("Credence by source reliability: 0.95, 0.85, 0.70, 0.50, 0.20 unless given."),
  credibility: z
    .strictObject({ 1: grade, 2: grade, 3: grade, 4: grade, 5: grade })
    .partial()
    .optional()
    .describe("Credence by information credibility: 0.95, 0.85, 0.70, 0.40, 0.15 unless given."),
  boundaries: word("un-68-262", "none")
    .optional()
    .describe(
      "Boundaries of the map: un-68-262 unless given (Crimea within Ukraine, as UN General Assembly resolution 68/262 has it); none: no map.",
    ),
  draws: note(z.int().min(100).max(1_000_000), { expected: "100..1000000" })
    .optional()
    .describe("Draws for the uncertainty of posteriors; 10 000 unless given."),
});

/** The sections of a case file, in the order in which a person writes them. */
export const sections = {
  sources: entries("source", source).describe("Who says so."),
  parties: entries("party", party).describe("Who takes part: belligerents, backers, mediators, guarantors."),
  issues: entries("issue", issue).describe("What is negotiated, each with its options."),
  positions: byRef("party", position).describe("What each party wants."),
  exclusions: z.array(exclusion).describe("Options that cannot go together."),
  interactions: z.array(interaction).describe("Options that are worth more or less together."),
  proposals: entries("proposal", proposal).describe("Named packages of options."),
  norms: entries("norm", norm).describe("Law and commitments, attached to the options that they touch."),
  claims: entries("claim", claim).describe("Why: what drives the parties towards talks and what stands in the way."),
  groups: entries("group", group).describe("Claims that say partly the same thing."),
  questions: entries("question", question).describe("What exactly is asked, and how it will be settled."),
  events: entries("event", event).describe("What happened or is scheduled, and what it does."),
  agreements: entries("agreement", agreement).describe("What was tried before: what failed and what worked."),
  indicators: entries("series", indicator).describe("Series of observations that claims are tested against."),
  history: history.describe(
    "How earlier wars of the kind went: where the age of this one is counted from, and classes of wars.",
  ),
  war: war.describe("The war for the simulation of fighting and talking: exactly two sides."),
  levers: entries("lever", lever).describe("What could be done or happen, and what of the simulation it changes."),
  process: process.describe("The talks themselves, where there are any."),
  graph: graph.describe(
    "The conflict as a graph of states: decision makers with their options, what cannot be, named situations, and what each prefers.",
  ),
  readings: entries("reading", reading).describe(
    "Rival views of the case: named changes with their author and reasons.",
  ),
  resolutions: byRef("question", resolution).describe("What happened later: for scores only."),
} as const;

export const caseSchema = z.strictObject({
  parley: z.literal(1).describe("Format of the file; this version reads 1."),
  title: shortText.describe("What the case is about, in a line."),
  asOf: date.optional().describe("The day of the analysis: what was published later was not known."),
  horizon: date.optional().describe("The last day that the case looks at."),
  about: text.optional().describe("What the case is about, whose argument it holds and whose judgement it is."),
  authors: texts.optional().describe("Who coded the case."),
  licence: shortText.optional().describe("Terms under which the case may be used."),
  language: shortText.optional().describe("Language of the case, as an ISO 639 code."),
  settings: settings.optional().describe("How the case is computed and worded, where it differs from the defaults."),
  sources: sections.sources.optional(),
  parties: sections.parties.optional(),
  issues: sections.issues.optional(),
  positions: sections.positions.optional(),
  exclusions: sections.exclusions.optional(),
  interactions: sections.interactions.optional(),
  proposals: sections.proposals.optional(),
  norms: sections.norms.optional(),
  claims: sections.claims.optional(),
  groups: sections.groups.optional(),
  questions: sections.questions.optional(),
  events: sections.events.optional(),
  agreements: sections.agreements.optional(),
  indicators: sections.indicators.optional(),
  process: sections.process.optional(),
  history: sections.history.optional(),
  war: sections.war.optional(),
  levers: sections.levers.optional(),
  graph: sections.graph.optional(),
  readings: sections.readings.optional(),
  resolutions: sections.resolutions.optional(),
});

/** A case as its file gives it. */
export type CaseFile = z.input<typeof caseSchema>;
/** A case with its dates, values and references read. */
export type CaseContent = z.output<typeof caseSchema>;

/** Sections whose engines are still to come: known by name, left out of every answer. */
export const FUTURE_SECTIONS: ReadonlySet<string> = new Set(["actors"]);
