import type { Answer, Assessment, Likelihood } from "../../assess/index.ts";
import { ANSWERS, AS_CODED, percent, percentRange } from "../../assess/index.ts";
import { pad, type Terminal, wrap } from "../terminal.ts";
import { rangeBar } from "./bars.ts";
import { renderLinks } from "./links.ts";
import { renderSensitivity } from "./sensitivity.ts";

const TITLES = {
  why: "Why",
  when: "When",
  what: "What",
  holds: "Would it hold",
  changes: "What would change the answer",
} as const;

/** The five answers for a terminal; `short` leaves out what stands below the headlines. */
export function renderAssessment(
  assessment: Assessment,
  terminal: Terminal,
  { short }: { readonly short: boolean },
): string {
  const { style, width } = terminal;
  const { title, asOf, hash } = assessment.case;
  const reading = assessment.reading.id === null ? AS_CODED : `reading “${assessment.reading.name}”`;
  const facts = [
    asOf === null ? undefined : `as of ${asOf}`,
    reading,
    `seed ${assessment.seed}`,
    `case ${hash.slice(0, 12)}`,
  ].filter((fact) => fact !== undefined);
  const lines = [style.bold(wrap(title, width)), style.dim(facts.join(" · ")), ...hindsightLines(assessment, terminal)];
  for (const id of ANSWERS) {
    const answer = assessment[id];
    lines.push("", `${style.accent(style.bold(TITLES[id]))}${style.dim(statusText(answer))}`);
    lines.push(wrap(answer.headline, width, "  "));
    if (!short) lines.push(...details(id, assessment, terminal));
    if (answer.status === "partial") {
      lines.push(style.dim(wrap(`Awaits: ${answer.awaits.map(({ engine }) => engine).join(", ")}.`, width, "  ")));
    }
  }
  lines.push("", style.dim(wrap(FOOT, width)));
  return lines.join("\n");
}

const FOOT = "Conditional model output, not a prediction. Every figure's reason: assess --html FILE, or --json.";

function statusText({ status, confidence }: Answer): string {
  const parts = [
    status === "awaits" ? "not yet" : undefined,
    confidence === null ? undefined : `confidence ${confidence.level}`,
  ];
  const text = parts.filter((part) => part !== undefined).join(", ");
  return text === "" ? "" : `  ${text}`;
}

function hindsightLines({ hindsight, strictAsOf }: Assessment, { style, width }: Terminal): string[] {
  const lines: string[] = [];
  if (hindsight.count > 0) {
    const entries = hindsight.count === 1 ? "entry rests" : "entries rest";
    lines.push(style.warn(wrap(`${hindsight.count} ${entries} on hindsight; --strict-as-of leaves them out.`, width)));
  }
  if (strictAsOf || hindsight.leftOut.length > 0) {
    const n = hindsight.leftOut.length;
    lines.push(style.warn(wrap(`${n} ${n === 1 ? "entry is" : "entries are"} left out as not known then.`, width)));
  }
  return lines;
}

function details(id: keyof typeof TITLES, assessment: Assessment, terminal: Terminal): string[] {
  if (id === "why") return whyDetails(assessment, terminal);
  if (id === "when") return whenDetails(assessment.when, terminal);
  if (id === "holds") return holdsDetails(assessment, terminal);
  if (id === "changes") return changesDetails(assessment, terminal);
  return [];
}

/** The link table of the first question, and what the data say. */
function whyDetails({ links, indicators }: Assessment, terminal: Terminal): string[] {
  const { style, width } = terminal;
  const lines = links[0] === undefined ? [] : ["", ...renderLinks(links[0], terminal)];
  const tests = indicators.flatMap((indicator) => indicator.tests);
  if (tests.length > 0) lines.push("");
  for (const test of tests) {
    const paint = { supported: style.good, contradicted: style.bad, inconclusive: style.warn, uncheckable: style.dim };
    lines.push(
      `  ${paint[test.verdict](test.verdict)}  ${test.claimName}`,
      style.dim(wrap(test.sentence, width, "    ")),
    );
  }
  return lines;
}

/** Each named situation: by which concepts it is an equilibrium, and who would leave it. */
function holdsDetails({ stability, reading }: Assessment, { style, width }: Terminal): string[] {
  if (stability === null || stability.situations.length === 0) return [];
  const names = Math.min(44, Math.max(...stability.situations.map(({ name }) => name.length)));
  const head = stability.concepts.map(({ label }) => pad(label, 5)).join("");
  const rows = stability.situations.map(({ name, readings, robust }) => {
    const own = readings.find((each) => each.reading === reading.id) ?? readings[0];
    const marks = stability.concepts.map(({ id }) => {
      const held = own?.equilibria[id] ?? 0;
      return held === 0 ? pad("-", 5) : style.good(pad(held === own?.states ? "yes" : `${held}`, 5));
    });
    const leave = (own?.leave["seq"] ?? []).map(
      (party) => stability.decisionMakers.find((each) => each.party === party)?.name ?? party,
    );
    const left = leave.length === 0 ? "" : `${leave.join(", ")} would leave`;
    const sure = robust === null ? "" : style.dim(` ${pad(short(robust.p), 5, "right")}`);
    return `  ${pad(name, names)} ${marks.join("")}${sure} ${style.dim(left)}`.trimEnd();
  });
  const note =
    "yes: an equilibrium; %: with preferences uncertain (SEQ); who would leave where others answer by what pays";
  return ["", style.dim(`  ${pad("in the graph model", names)} ${head}`), ...rows, style.dim(wrap(note, width, "  "))];
}

/** A probability in five columns, never 0 or 100. */
const short = (p: number): string => (p < 0.005 ? "<1 %" : p >= 0.995 ? ">99 %" : `${Math.round(100 * p)} %`);

function whenDetails({ likelihood }: Answer, terminal: Terminal): string[] {
  return likelihood.flatMap((each) => ["", ...likelihoodLines(each, terminal)]);
}

function likelihoodLines(each: Likelihood, terminal: Terminal): string[] {
  const { style, width } = terminal;
  const names = Math.min(34, Math.max(...each.readings.map(({ name }) => name.length), 8));
  const scale = { low: 0, high: 1, width: Math.max(16, width - names - 30) };
  const rows = each.readings.map(({ name, estimate }) => {
    const drawn = rangeBar(estimate.low80, estimate.median, estimate.high80, scale, terminal);
    return `  ${pad(name, names)} ${drawn} ${pad(percent(estimate.median), 5, "right")} ${each.certain ? "" : `(${percentRange(estimate.low80, estimate.high80)})`}`.trimEnd();
  });
  const note = each.certain ? [style.dim("  no interval: every input is a plain number")] : [];
  return [style.bold(wrap(each.text, width, "  ")), ...rows, ...note];
}

function changesDetails(assessment: Assessment, terminal: Terminal): string[] {
  const { style } = terminal;
  const figures = assessment.changes.figures.filter(({ id }) => !id.startsWith("simulation/"));
  const rows = figures.slice(0, 5).map((figure) => `  ${pad(figure.text, 6, "right")}  ${figure.label}`);
  const without = rows.length === 0 ? [] : ["", style.dim("  the leading probability would be"), ...rows];
  return [...without, ...renderSensitivity(assessment, terminal)];
}
