import type { Case, Dossier, View } from "../case/index.ts";
import type { Problem } from "../core/problems/index.ts";
import { VERSION } from "../version.ts";
import type { Contribution, Findings } from "./answers.ts";
import { changesFromEvidence, whenFromEvidence, whyFromEvidence } from "./answers.ts";
import { argumentExhibitOf } from "./argument.ts";
import { awaits } from "./awaiting.ts";
import { holdsFromBaseRates, whenFromBaseRates } from "./base-rates/answers.ts";
import { baseRatesOf } from "./base-rates/exhibit.ts";
import { eventEffects } from "./event-effects.ts";
import { indicatorExhibits, sourceExhibits, timeline } from "./exhibits.ts";
import { number } from "./format.ts";
import { compileEvidence } from "./inputs/evidence.ts";
import { evidenceLinks, linkTables, simulationLinks, stabilityLinks, termsLinks } from "./links.ts";
import { lookAt } from "./looks.ts";
import { MEMORY, type Memo } from "./memo.ts";
import { momentsOf } from "./moments.ts";
import { negotiationExhibit } from "./negotiation.ts";
import { placesOf } from "./places.ts";
import { assessQuestion } from "./question.ts";
import { estimatesOf, readingInfo, readingInfos, weighReadings } from "./readings.ts";
import { Reasons } from "./reasons.ts";
import type { Answer, AnswerId, Assessment } from "./schema.ts";
import { sensitivityOf } from "./sensitivity.ts";
import { changesFromSimulation } from "./sensitivity-answers.ts";
import { simulateCase } from "./simulate.ts";
import { holdsFromSimulation, whenFromSimulation } from "./simulation-answers.ts";
import { stabilityExhibitOf } from "./stability.ts";
import { changesFromStability, holdsFromStability } from "./stability-answers.ts";
import { termsExhibitOf } from "./terms.ts";
import { whatFromTerms } from "./terms-answers.ts";
import { warViews } from "./war-views.ts";
import { watchListOf } from "./watch.ts";
import { weighOnce } from "./weighed.ts";

export interface AssessOptions {
  /** Seed of every draw, a whole number from 0 to 2^53 - 1; 1 unless given. */
  readonly seed?: number | undefined;
  /** Draws for intervals; the case's setting, or 10 000. */
  readonly draws?: number | undefined;
  /** Where results that take long are kept; as long as the process lasts unless given. */
  readonly memo?: Memo | undefined;
  /** The evidence alone: no simulation, and nothing that rests on it. */
  readonly evidenceOnly?: boolean | undefined;
  /** What the questions are answered with alone: evidence, simulation, base rates; nothing of what would change them. */
  readonly estimatesOnly?: boolean | undefined;
}

/** What each engine says to each answer. An engine that comes joins here, and leaves awaiting.ts. */
const CONTRIBUTIONS: Readonly<Record<AnswerId, readonly ((findings: Findings) => Contribution)[]>> = {
  why: [whyFromEvidence],
  when: [whenFromEvidence, whenFromSimulation, whenFromBaseRates],
  what: [whatFromTerms],
  holds: [holdsFromStability, holdsFromSimulation, holdsFromBaseRates],
  changes: [changesFromEvidence, changesFromSimulation, changesFromStability],
};

const ASKS: Readonly<Record<AnswerId, string>> = {
  why: "Why: what drives the parties towards talks, and what stands in the way?",
  when: "When: how likely are talks, a ceasefire, a settlement, and by which date?",
  what: "What: which terms could every party accept?",
  holds: "Would it hold: is the outcome stable, and who would move away from it?",
  changes: "What would change the answer?",
};

/**
 * Assesses a case under a view: five answers, the exhibits behind them, and a node for every figure.
 *
 * The same case, version, seed and view give the same bytes. There is no assessment where the case has errors.
 */
export function assess(
  dossier: Dossier,
  view: View = {},
  options: AssessOptions = {},
): { assessment?: Assessment; problems: Problem[] } {
  const { case: content, problems } = lookAt(dossier, view);
  if (content === undefined) return { problems };
  const seed = options.seed ?? 1;
  const draws = options.draws ?? content.settings.draws ?? 10_000;
  const inputs = compileEvidence(content);
  const weighed = weighOnce(inputs.questions, { draws, seed });
  const readings = weighReadings(dossier, view, content, { draws, seed });
  const reasons = new Reasons(content, inputs);
  const engine = reasons.table.add({
    id: "engine:evidence",
    kind: "engine",
    label: `evidence engine: ${weighed.method}; ${number(draws)} draws, seed ${seed}`,
    because: [reasons.definition("weight-of-evidence"), reasons.definition("credence")],
  });
  const questions = weighed.questions.flatMap((result, index) => {
    const compiled = inputs.questions[index];
    if (compiled === undefined) return [];
    return [assessQuestion(content, inputs, compiled, result, estimatesOf(readings, result.question), reasons, engine)];
  });
  const views = options.evidenceOnly === true ? undefined : warViews(dossier, view, content, readings);
  const simulation = simulateCase(views, content, reasons, seed);
  const isShort = options.evidenceOnly === true || options.estimatesOnly === true;
  const sensitivity = sensitivityOf(isShort ? undefined : views, content, reasons, seed, options.memo ?? MEMORY);
  const { exhibit: terms, reason: noTerms } = isShort
    ? { exhibit: null, reason: undefined }
    : termsExhibitOf(dossier, view, content, reasons, seed, options.memo ?? MEMORY);
  const { exhibit: stability, reason: noStability } = isShort
    ? { exhibit: null, reason: undefined }
    : stabilityExhibitOf(dossier, view, content, reasons, seed, options.memo ?? MEMORY);
  const baseRates = baseRatesOf({ dossier, view, content, questions, simulation, reasons });
  const engines = [
    evidenceLinks(content, readings, reasons),
    ...(sensitivity === null ? [] : [simulationLinks(content, sensitivity)]),
    ...(terms === null ? [] : [termsLinks(content, terms)]),
    ...(stability === null ? [] : [stabilityLinks(content, stability)]),
  ];
  const links = linkTables(content, inputs, engines, reasons);
  const negotiation = negotiationExhibit(content, reasons);
  const findings: Findings = {
    content,
    inputs,
    questions,
    links,
    simulation,
    sensitivity,
    terms,
    noTerms,
    stability,
    noStability,
    baseRates,
    reasons,
  };
  const answer = (id: AnswerId): Answer => {
    const waiting = awaits(id, content);
    const given = CONTRIBUTIONS[id].map((contribute) => contribute(findings));
    const said = given.flatMap((each) => each.headline ?? []);
    const headline = said.length === 0 ? undefined : said.join(" ");
    const none = waiting[0]?.says ?? "Nothing in the case bears on this yet.";
    return {
      asks: ASKS[id],
      status: headline === undefined ? "awaits" : waiting.length > 0 ? "partial" : "answered",
      headline: headline ?? none,
      likelihood: given.flatMap((each) => each.likelihood ?? []),
      confidence: given.find((each) => each.confidence)?.confidence ?? null,
      awaits: waiting,
      figures: given.flatMap((each) => each.figures ?? []),
      because: [...new Set(given.flatMap((each) => each.because ?? []))],
    };
  };
  const answers = {
    why: answer("why"),
    when: answer("when"),
    what: answer("what"),
    holds: answer("holds"),
    changes: answer("changes"),
  };
  const indicators = indicatorExhibits(content, inputs, reasons);
  const sources = sourceExhibits(content, inputs, questions, reasons);
  const assessment: Assessment = {
    format: "parley-assessment-1",
    parley: VERSION,
    case: {
      title: content.title,
      about: content.about ?? null,
      authors: [...content.authors],
      hash: content.hash,
      asOf: content.asOf?.text ?? null,
      codedAsOf: codedDay(dossier, content),
      horizon: content.horizon?.text ?? null,
    },
    seed,
    draws,
    reading: readingInfo(dossier, content, content.reading),
    readings: readingInfos(dossier, content),
    strictAsOf: content.strictAsOf,
    hindsight: {
      count: content.hindsight.length,
      marks: content.hindsight.map((mark) => ({ ...mark })),
      leftOut: [...content.leftOut],
    },
    notes: problems.map(({ severity, code, file, line, message }) => ({
      severity,
      code,
      at: file === "" ? "" : `${dossier.inside.get(file) ?? file}:${line}`,
      message,
    })),
    ...answers,
    questions,
    links,
    argument: argumentExhibitOf(content, inputs, reasons),
    indicators,
    sources,
    timeline: timeline(content),
    moments: momentsOf(dossier, view, content),
    places: placesOf(content),
    watch: watchListOf({
      content,
      inputs,
      questions,
      likelihood: answers.when.likelihood,
      sensitivity,
      events: eventEffects(isShort ? undefined : views, content, seed, options.memo ?? MEMORY),
      reasons,
    }),
    negotiation,
    simulation,
    sensitivity,
    terms,
    stability,
    baseRates,
    nodes: reasons.table.toRecord(),
  };
  return { assessment, problems };
}

/** The day of the case as its file has it. */
function codedDay({ raw }: Dossier, { asOf }: Case): string | null {
  const written = raw["asOf"];
  return typeof written === "string" ? written : (asOf?.text ?? null);
}
