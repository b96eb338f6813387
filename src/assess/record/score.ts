import { scoreWeights } from "../../baserates/index.ts";
import { formatDay } from "../../core/dates/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import { FEWEST } from "../../record/index.ts";
import { VERSION } from "../../version.ts";
import { count } from "../format.ts";
import { MODEL_PREFIX } from "./entry.ts";
import { type Answered, compared, type Drawing, forecasterScore, overLife } from "./forecaster-scores.ts";
import { type CaseToScore, type ForecastKind, type Gathered, gathered } from "./gathered.ts";
import { MODELS, modelName } from "./models.ts";
import type { Score, ScoredQuestion, ScoreSet } from "./score-schema.ts";
import { wordOf } from "./settled.ts";

export interface ScoreOptions {
  /** Forecasters that are scored; all unless given. The base rate remains the reference. */
  readonly by?: readonly string[] | undefined;
  /** A whole number from 0 to 2^53 - 1; 1 unless given. */
  readonly seed?: number | undefined;
}

const LEVEL = 0.95;
const RESAMPLES = 4000;
const KINDS: readonly ForecastKind[] = ["made", "dated-back", "hindsight"];

/**
 * Scores what was said against what came, over one case or several.
 *
 * Forecasts that were made on their day, that were dated back, and answers that stand in for forecasts are scored apart:
 * the first alone can show skill. Of one case questions are drawn anew, of several whole cases, because the questions of a
 * war hang together.
 */
export function scoreCases(cases: readonly CaseToScore[], { by, seed = 1 }: ScoreOptions = {}): Score {
  const problems: Problem[] = [];
  const questions = cases.flatMap((each) => {
    const found = gathered(each);
    problems.push(...found.problems);
    return found.questions;
  });
  const clusterBy = cases.length > 1 ? "case" : "question";
  const drawing: Drawing = { seed, level: LEVEL, resamples: RESAMPLES, clusterBy };
  const isWanted = (name: string) => by === undefined || by.includes(name);
  const sets = KINDS.flatMap((kind) => setOf(kind, questions, isWanted, drawing) ?? []);
  const rows = questions.map((each) => rowOf(each, isWanted));
  return {
    format: "parley-score-1",
    parley: VERSION,
    seed,
    level: LEVEL,
    resamples: RESAMPLES,
    fewest: FEWEST,
    clusteredBy: clusterBy,
    headline: headlineOf(rows, sets),
    cases: cases.map(({ id, content, record, hindsight }) => {
      const of = (kind: "forecast" | "resolution") =>
        record?.entries.filter((entry) => entry.kind === kind).length ?? 0;
      return {
        id,
        title: content.title,
        hash: content.hash,
        asOf: content.asOf?.text ?? null,
        record:
          record === undefined ? null : { file: record.file, forecasts: of("forecast"), resolutions: of("resolution") },
        hindsight: hindsight !== undefined,
      };
    }),
    questions: rows,
    sets,
    assertions: [],
    problems: problems.map((each) => ({ ...each })),
  };
}

/** Who has forecasts in the records, models first. */
export function forecastersOf({ questions }: Score): string[] {
  return inOrder([...new Set(questions.flatMap(({ forecasts }) => forecasts.map(({ by }) => by)))]);
}

function inOrder(names: readonly string[]): string[] {
  const rank = (name: string) => {
    const model = MODELS.findIndex((each) => name === `${MODEL_PREFIX}${each}`);
    return model >= 0 ? model : name.startsWith(MODEL_PREFIX) ? MODELS.length : MODELS.length + 1;
  };
  return names.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0));
}

function setOf(
  kind: ForecastKind,
  questions: readonly Gathered[],
  isWanted: (by: string) => boolean,
  drawing: Drawing,
): ScoreSet | undefined {
  const byName = new Map<string, Map<string, Answered>>();
  for (const of of questions) {
    if (of.settled === undefined || of.settled.resolution.outcome.kind === "annulled") continue;
    for (const { by, kind: own, forecasts } of of.held) {
      if (own !== kind) continue;
      const answered = byName.get(by) ?? new Map<string, Answered>();
      byName.set(by, answered.set(of.question.id, { of, forecasts }));
    }
  }
  const rates = byName.get(`${MODEL_PREFIX}base-rate`) ?? new Map<string, Answered>();
  const names = inOrder([...byName.keys()].filter(isWanted));
  if (names.length === 0) return undefined;
  const showsSkill = kind === "made";
  const answersOf = (name: string) => byName.get(name) ?? new Map<string, Answered>();
  const forecasters = names.map((name) =>
    forecasterScore(name, [...answersOf(name).values()], rates, showsSkill, drawing),
  );
  const comparisons = names.flatMap((first, index) =>
    names.slice(index + 1).flatMap((second): ScoreSet["comparisons"] => {
      const theirs = answersOf(second);
      const both = [...answersOf(first)].flatMap(([id, one]): (readonly [Answered, Answered])[] => {
        const other = theirs.get(id);
        return other === undefined ? [] : [[one, other]];
      });
      const found = compared(both, drawing);
      if (found === undefined) return [];
      const { verdict } = found.difference;
      return [{ first, second, ...found.difference, verdict: showsSkill ? verdict : "no-skill" }];
    }),
  );
  const resolved = new Set(names.flatMap((name) => [...answersOf(name).keys()]));
  const clusters = new Set(questions.filter(({ question }) => resolved.has(question.id)).map((each) => each.case));
  return {
    kind,
    showsSkill,
    says: conclusion(kind, resolved.size, clusters.size, drawing),
    questions: resolved.size,
    forecasters,
    comparisons,
    poolWeights: showsSkill ? poolWeights(answersOf, drawing) : null,
  };
}

/**
 * Weights of the case's models as coded, by their mean logarithmic scores on the questions that all of them answered in time;
 * null below as many questions, or cases, as anything can be concluded from.
 */
function poolWeights(
  answersOf: (name: string) => ReadonlyMap<string, Answered>,
  { clusterBy }: Drawing,
): ScoreSet["poolWeights"] {
  const models = MODELS.map((model) => modelName(model, null)).filter((by) => answersOf(by).size > 0);
  const [first, ...others] = models;
  if (first === undefined || others.length === 0) return null;
  const shared = [...answersOf(first).keys()].filter((id) => others.every((by) => answersOf(by).has(id)));
  const scores = models.map((by) => {
    const logs = shared.flatMap((id) => {
      const answered = answersOf(by).get(id);
      return answered === undefined ? [] : (overLife("log", answered)?.score ?? []);
    });
    return { by, logs, case: shared.map((id) => answersOf(by).get(id)?.of.case) };
  });
  const clusters = clusterBy === "case" ? new Set(scores[0]?.case).size : shared.length;
  if (clusters < FEWEST || scores.some(({ logs }) => logs.length < shared.length)) return null;
  const means = scores.map(({ logs }) => logs.reduce((sum, log) => sum + log, 0) / logs.length);
  const weights = scoreWeights(means);
  return {
    questions: shared.length,
    weights: models.map((by, i) => ({ by, weight: weights[i] ?? 0, log: means[i] ?? 0 })),
  };
}

/** What can be concluded from a set, in a sentence or two. */
function conclusion(kind: ForecastKind, questions: number, cases: number, { clusterBy }: Drawing): string {
  if (kind === "hindsight") {
    return cases === 1
      ? "This case was written when the outcomes were known: it cannot show skill."
      : "These cases were written when the outcomes were known: they cannot show skill.";
  }
  if (kind === "dated-back") {
    return "These forecasts were written down after their day: they show how a model would have fared, and no skill.";
  }
  const clusters = clusterBy === "case" ? cases : questions;
  const what = clusterBy === "case" ? "case" : "question";
  if (clusters < FEWEST) {
    return (
      `${count(clusters, what)} with an outcome: nothing can be concluded about anybody's skill. ` +
      `That takes at least ${FEWEST}, and small differences take hundreds.`
    );
  }
  return clusterBy === "case"
    ? `${count(questions, "question")} of ${count(cases, "case")}: intervals draw whole cases, whose questions hang together.`
    : `${count(questions, "question")} of one case hang together: intervals are narrower than they should be.`;
}

function rowOf(
  { case: name, asked, question, settled, held }: Gathered,
  isWanted: (by: string) => boolean,
): ScoredQuestion {
  const resolution = settled?.resolution;
  const isAnnulled = resolution?.outcome.kind === "annulled";
  return {
    case: name,
    id: asked.id,
    text: asked.text,
    hypotheses: [...asked.hypotheses],
    ordered: asked.ordered,
    opened: asked.opened,
    closes: asked.closes,
    status: resolution === undefined ? "open" : isAnnulled ? "annulled" : "resolved",
    outcome: resolution === undefined || isAnnulled ? null : wordOf(resolution),
    on: resolution?.on === undefined ? null : formatDay(resolution.on),
    from: settled?.from ?? null,
    source: settled?.source ?? null,
    because: resolution?.outcome.kind === "annulled" ? resolution.outcome.because : null,
    forecasts: held
      .filter(({ by }) => isWanted(by))
      .flatMap(({ by, kind, forecasts }) => {
        const last = forecasts.at(-1);
        if (last?.says.kind !== "probabilities") return [];
        const answered: Answered = { of: { case: name, asked, question, settled, held }, forecasts };
        const score = (of: "brier" | "log" | "rps") => overLife(of, answered)?.score ?? null;
        const isRanked = asked.ordered && asked.hypotheses.length > 2;
        return [
          {
            by,
            kind,
            count: forecasts.length,
            last: { ...last.says.of },
            on: formatDay(last.on),
            brier: score("brier"),
            log: score("log"),
            ranked: isRanked ? score("rps") : null,
          },
        ];
      }),
  };
}

function headlineOf(rows: readonly ScoredQuestion[], sets: readonly ScoreSet[]): string {
  const of = (status: ScoredQuestion["status"]) => rows.filter((row) => row.status === status).length;
  const [resolved, annulled, open] = [of("resolved"), of("annulled"), of("open")];
  const counts =
    `Of ${count(rows.length, "question")} ${resolved} resolved` +
    `${annulled === 0 ? "" : `, ${annulled} annulled`}${open === 0 ? "" : `, ${open} open`}.`;
  const [set] = sets;
  if (set !== undefined) return `${counts} ${set.says}`;
  return `${counts} No question that was forecast is resolved: there is nothing to score yet.`;
}
