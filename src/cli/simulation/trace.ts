import { percent } from "../../assess/index.ts";
import { compileModel, drawParameters, OUTCOMES, PHASES, runTrajectory, State } from "../../dynamics/index.ts";
import { dateOfMonth } from "./contract.ts";
import type { Subject } from "./subject.ts";

const PHASE_WORDS: Readonly<Record<string, string>> = {
  war: "war",
  talks: "talks while fighting",
  ceasefire: "ceasefire",
  settlement: "settlement",
  freeze: "de facto freeze",
};

/** One trajectory told month by month: what changed, and where things stand. */
export function trace(subject: Subject, seed: number, trajectory: number): string[] {
  const { layout, uncertain = [] } = subject.input;
  const vector = Float64Array.from(subject.input.vector);
  if (uncertain.length > 0) drawParameters(uncertain, seed, trajectory, vector);
  const model = compileModel(layout, vector);
  const [a, b] = subject.sideNames;
  const state = new State(model);
  const lines: string[] = [];
  const before = { phase: 0, on: Array.from(state.on, () => 1), steps: 0, hawkA: 1, hawkB: 1, failed: 0 };
  const backers = subject.bound?.backers ?? [];
  runTrajectory(model, state, seed, trajectory, (s) => {
    const news: string[] = [];
    for (const [j, party] of backers.entries()) {
      if (s.on[j] === before.on[j]) continue;
      news.push(`aid of ${subject.content?.parties[party]?.name ?? party} is ${s.on[j] === 1 ? "restored" : "cut"}`);
      before.on[j] = s.on[j] ?? 0;
    }
    if (s.hawkA !== before.hawkA) news.push(`${a} has a new leader`);
    if (s.hawkB !== before.hawkB) news.push(`${b} has a new leader`);
    const steps = s.steps - before.steps;
    if (steps > 0) news.push(`${steps} ${steps === 1 ? "step" : "steps"} of escalation`);
    if (s.phase !== before.phase) news.push(turnOf(s, before.failed));
    if (s.done) news.push(`it ends: ${endOf(s, a, b)}`);
    const where = `${PHASE_WORDS[PHASES[s.phase] ?? "war"]}; ${a} holds ${percent(s.x)} of the stake`;
    const values = `fighting on is worth ${s.valueA.toFixed(2)} and ${s.valueB.toFixed(2)}, range ${Math.max(s.rangeS, s.rangeC).toFixed(2)}`;
    const when = dateOfMonth(subject, Math.round(s.t)) ?? `month ${Number(s.t.toFixed(2))}`;
    lines.push(`${when}  ${where}; ${values}${news.length === 0 ? "" : `. ${news.join("; ")}`}`);
    before.phase = s.phase;
    before.steps = s.steps;
    before.hawkA = s.hawkA;
    before.hawkB = s.hawkB;
    before.failed = s.failed;
  });
  lines.push(`In the end: ${endOf(state, a, b)}.`);
  return lines;
}

function turnOf(s: State, failedBefore: number): string {
  const phase = PHASES[s.phase];
  if (phase === "talks") return "talks begin";
  if (phase === "ceasefire") return `a ceasefire at ${s.term.toFixed(2)}`;
  if (phase === "settlement") return `a settlement at ${s.term.toFixed(2)}`;
  if (phase === "freeze") return "the front freezes";
  return s.failed > failedBefore ? "talks fail" : "the truce breaks";
}

const END_WORDS: Readonly<Record<string, string>> = {
  settlementDurable: "a settlement that lasts",
  ceasefireDurable: "a ceasefire that lasts",
  freezeDurable: "a freeze that lasts",
  escalatedOut: "escalation out of control",
  war: "still at war",
  talks: "still fighting, in talks",
  ceasefire: "a young ceasefire",
  settlement: "a young settlement",
  freeze: "a young freeze",
};

/** An outcome in words, with the sides' names. */
export function endOf(s: Pick<State, "outcome" | "phase">, a: string, b: string): string {
  const name = OUTCOMES[s.outcome] ?? PHASES[s.phase] ?? "war";
  if (name === "victoryA") return `${a} prevails by arms`;
  if (name === "victoryB") return `${b} prevails by arms`;
  return END_WORDS[name] ?? name;
}
