import { count, type ForecasterScore, percent, type Score, type ScoreSet } from "../../assess/index.ts";
import { pad, type Terminal, wrap } from "../terminal.ts";
import { rangeBar } from "./bars.ts";

const TITLES: Readonly<Record<ScoreSet["kind"], string>> = {
  made: "Forecasts made on their day",
  "dated-back": "Forecasts dated back: no skill",
  hindsight: "Answers given in hindsight: no skill",
};

/** The scores of a record for a terminal. */
export function renderScore(score: Score, terminal: Terminal): string {
  const { style, width } = terminal;
  const parts = [
    headOf(score, terminal),
    wrap(score.headline, width),
    questionsOf(score, terminal),
    // The headline ends with what the first set says.
    ...score.sets.map((set, index) => setOf(set, score, index > 0, terminal)),
    assertionsOf(score, terminal),
  ];
  if (score.sets.length > 0) {
    parts.push(
      style.dim(
        wrap(
          `Scores are averaged over each question's life. Brier from 0 (best) to 1, always saying even odds 0.25 of two ` +
            `answers; log in nats. Intervals of ${percent(score.level)} by bootstrap over ` +
            `${score.clusteredBy}s, ${score.resamples} resamples, seed ${score.seed}. docs/record.md defines them.`,
          width,
        ),
      ),
    );
  }
  return parts.filter((part) => part !== "").join("\n\n");
}

function headOf({ cases }: Score, { style, width }: Terminal): string {
  const [only, another] = cases;
  if (only === undefined) return style.bold("No case");
  if (another === undefined) return [style.bold(only.title), style.dim(wrap(recordLine(only), width))].join("\n");
  const lines = cases.map((each) => `  ${pad(each.id, 24)}  ${recordLine(each)}`);
  return [style.bold(count(cases.length, "case")), ...lines.map((line) => style.dim(line))].join("\n");
}

function recordLine({ record, hindsight, hash }: Score["cases"][number]): string {
  const of = `case ${hash.slice(0, 12)}`;
  if (record === null) return hindsight ? `no record · ${of}` : `nothing to score · ${of}`;
  return `${count(record.forecasts, "forecast")}, ${count(record.resolutions, "resolution")} on record · ${of}`;
}

function questionsOf({ questions, cases }: Score, { style, width }: Terminal): string {
  if (questions.length === 0) return "";
  const isMany = cases.length > 1;
  const shown = isMany ? questions.filter(({ status }) => status !== "open") : questions;
  const named = shown.map((each) => ({ ...each, name: isMany ? `${each.case}/${each.id}` : each.id }));
  const names = Math.min(34, Math.max(0, ...named.map(({ name }) => name.length)));
  const lines = named.map(({ name, status, outcome, on, closes, source, because }) => {
    const what =
      status === "open" ? style.dim("open") : status === "annulled" ? style.dim("annulled") : (outcome ?? "");
    const when = status === "open" ? (closes === null ? "" : `closes ${closes}`) : (on ?? "");
    const who = status === "open" ? "" : status === "annulled" ? (because ?? "") : (source ?? "");
    const head = `  ${pad(name, names)}  ${pad(what, 10)}  ${pad(when, status === "open" ? 17 : 10)}`;
    const room = width - names - 28;
    return who === "" || room < 12 ? head.trimEnd() : `${head}  ${style.dim(cutTo(who, room))}`;
  });
  const rest = questions.length - shown.length;
  if (rest > 0) lines.push(style.dim(`  and ${count(rest, "open question")}`));
  return [style.bold("Questions"), ...lines].join("\n");
}

const cutTo = (text: string, room: number): string => (text.length <= room ? text : `${text.slice(0, room - 1)}…`);

function setOf(set: ScoreSet, score: Score, says: boolean, terminal: Terminal): string {
  const { style, width } = terminal;
  const blocks = [
    `${style.bold(TITLES[set.kind])}${says ? `\n${wrap(set.says, width, "  ")}` : ""}`,
    scoresOf(set, terminal),
    skillOf(set, score, terminal),
    comparedOf(set, score, terminal),
    ...set.forecasters.map((each) => reliabilityOf(each, terminal)),
    weightsOf(set, terminal),
  ];
  return blocks.filter((block) => block !== "").join("\n\n");
}

/** Weights for a pool that follow from the scores; the case has them only where somebody writes them there. */
function weightsOf({ poolWeights }: ScoreSet, { width }: Terminal): string {
  if (poolWeights === null) return "";
  const said = poolWeights.weights.map(({ by, weight }) => `${by} ${share(weight)}`).join(", ");
  const text = `Weights for a pool, by the mean log score on ${count(poolWeights.questions, "question")} in common: ${said}. The case has those that are written in it.`;
  return wrap(text, width, "  ");
}

function scoresOf({ forecasters }: ScoreSet, terminal: Terminal): string {
  const { style, width } = terminal;
  const names = Math.min(28, Math.max(10, ...forecasters.map(({ by }) => by.length)));
  const isRanked = forecasters.some(({ ranked }) => ranked !== null);
  const room = Math.max(10, width - names - (isRanked ? 39 : 32));
  const scale = { low: 0, high: 1, width: room };
  const head =
    `  ${pad("", names)} ${pad("n", 4, "right")} ${pad("Brier", 6, "right")} ${pad("0", room - 1)}1 ` +
    `${pad("log", 5, "right")}${isRanked ? ` ${pad("ranked", 6, "right")}` : ""} ${pad("covered", 8, "right")}`;
  const lines = forecasters.map(({ by, questions, brier, log, ranked, covered }) => {
    const drawn = rangeBar(brier.low ?? brier.mean, brier.mean, brier.high ?? brier.mean, scale, terminal);
    const third = isRanked ? ` ${pad(ranked === null ? "" : ranked.mean.toFixed(3), 6, "right")}` : "";
    return (
      `  ${pad(by, names)} ${pad(String(questions), 4, "right")} ${style.bold(pad(brier.mean.toFixed(3), 6, "right"))} ` +
      `${drawn} ${pad(log.mean.toFixed(2), 5, "right")}${third} ${pad(share(covered), 8, "right")}`
    );
  });
  return [style.dim(head), ...lines].join("\n");
}

/** A share may be all; a probability may not. */
const share = (part: number): string => `${Math.floor(part * 100 + 1e-9)}\u00a0%`;

/** Skill of fewer questions than anything can be concluded from is in JSON alone, with that verdict. */
function skillOf({ forecasters, showsSkill }: ScoreSet, { fewest }: Score, { style, width }: Terminal): string {
  if (!showsSkill || forecasters.every(({ brier }) => brier.clusters < fewest)) return "";
  const names = Math.min(28, Math.max(10, ...forecasters.map(({ by }) => by.length)));
  const cell = (one: NonNullable<ForecasterScore["skill"]>["uniform"]) =>
    one === null || one.skill === null
      ? pad("-", 15, "right")
      : pad(`${one.skill < 0 ? "−" : "+"}${Math.abs(one.skill).toFixed(2)} of ${one.questions}`, 15, "right");
  const head = `  ${pad("", names)}${["base rate", "persistence", "even odds"].map((each) => pad(each, 15, "right")).join("")}`;
  const lines = forecasters.map(
    ({ by, skill }) =>
      `  ${pad(by, names)}${cell(skill?.baseRate ?? null)}${cell(skill?.persistence ?? null)}${cell(skill?.uniform ?? null)}`,
  );
  const what = wrap("Part of a reference's Brier score that is saved, on the same questions and days", width, "  ");
  return [what, style.dim(head), ...lines].join("\n");
}

/** At most so many pairs are shown; JSON has all. */
const SHOWN = 10;

function comparedOf({ comparisons, showsSkill }: ScoreSet, { clusteredBy }: Score, terminal: Terminal): string {
  if (comparisons.length === 0) return "";
  const { style, width } = terminal;
  const figure = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
  const lines = comparisons
    .slice(0, SHOWN)
    .flatMap(({ first, second, questions, mean, low, high, verdict, needed }) => {
      const interval = low === null || high === null ? "" : ` (${figure(low)} to ${figure(high)})`;
      const words: Readonly<Record<typeof verdict, string>> = {
        better: "less: the interval leaves 0 out",
        worse: "more: the interval leaves 0 out",
        same: "no difference on any question",
        open: "may be chance",
        "too-few": "too few to tell",
        "no-skill": "",
      };
      const more =
        showsSkill && needed !== null && verdict !== "better" && verdict !== "worse"
          ? `; some ${needed} ${clusteredBy}s would show it`
          : "";
      const tail = `${figure(mean)}${interval} on ${count(questions, "question")}${words[verdict] === "" ? "" : `; ${words[verdict]}`}${more}`;
      return [`  ${first} less ${second}`, style.dim(wrap(tail, width, "    "))];
    });
  const rest = comparisons.length - SHOWN;
  if (rest > 0) lines.push(style.dim(`  and ${count(rest, "pair")} in --json`));
  return [`  Brier score of one less that of another, paired by question and days`, ...lines].join("\n");
}

function reliabilityOf({ by, reliability, murphy, calibration }: ForecasterScore, terminal: Terminal): string {
  if (reliability === null || murphy === null) return "";
  const { style, width } = terminal;
  const scale = { low: 0, high: 1, width: Math.max(20, width - 36) };
  const lines = reliability.points.map(({ said, came, count: n, low, high }) => {
    const isInside = low === null || high === null || (came >= low && came <= high);
    const drawn = rangeBar(low ?? came, came, high ?? came, scale, terminal);
    const band = low === null || high === null ? "" : `${Math.floor(low * 100)}–${Math.ceil(high * 100)}\u00a0%`;
    return (
      `  ${pad(percent(said), 8)} ${pad(share(came), 8, "right")} ${pad(String(n), 5, "right")} ` +
      `${isInside ? drawn : style.warn(drawn)} ${band}`
    );
  });
  const parts =
    `Brier ${murphy.brier.toFixed(3)} = reliability ${murphy.reliability.toFixed(3)} − resolution ` +
    `${murphy.resolution.toFixed(3)} + uncertainty ${murphy.uncertainty.toFixed(3)} + within bins ` +
    `${murphy.withinBins.toFixed(3)}; said ${percent(calibration.meanForecast)} on average, came ${percent(calibration.frequency)}.`;
  return [
    `  ${by}: what was said half-way, and what came`,
    style.dim(
      `  ${pad("said", 8)} ${pad("came", 8, "right")} ${pad("of", 5, "right")} where it would lie, were it right`,
    ),
    ...lines,
    wrap(parts, width, "  "),
  ].join("\n");
}

function assertionsOf({ assertions }: Score, { style }: Terminal): string {
  return assertions
    .map(({ text, by, value, holds }) => {
      const word = holds ? style.good("holds") : style.bad("does not hold");
      return `${text} of ${by}: ${word} (${value === null ? "not known" : value.toFixed(4)})`;
    })
    .join("\n");
}
