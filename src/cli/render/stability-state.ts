import { changeWords, count, list } from "../../assess/index.ts";
import {
  type BasicConcept,
  explain,
  explanationText,
  inverse,
  isRelational,
  lowerSets,
  type RankChange,
  type Robustness,
  type StatementEffect,
  type StatusQuoAnalysis,
} from "../../stability/index.ts";
import { type StabilitySubject, stateName } from "../stability/target.ts";
import { pad, type Terminal, wrap } from "../terminal.ts";
import { CONCEPTS, stateHeading } from "./stability.ts";

const namesFor = (subject: StabilitySubject) => ({
  dm: (dm: number) => subject.names.decisionMakers[dm] ?? "",
  state: (state: number) => stateName(subject, state),
  change: (from: number, to: number) => changeWords(subject.model, from, to, (o) => subject.names.options[o] ?? ""),
});

/** Why a state is stable, or not, for each decision maker and concept. */
export function renderExplanation(
  subject: StabilitySubject,
  state: number,
  concepts: readonly BasicConcept[],
  terminal: Terminal,
): string {
  const { style, width } = terminal;
  const lines = stateHeading(subject, state, terminal);
  for (const [dm, name] of subject.names.decisionMakers.entries()) {
    lines.push("", style.accent(name));
    for (const [concept, label] of CONCEPTS) {
      if (!concepts.includes(concept)) continue;
      const explanation = explain(subject.model, dm, state, concept);
      const verdict = explanation.stable ? style.good("stable") : style.bad("not stable");
      lines.push(`  ${pad(label, 5)} ${verdict}`);
      // What holds for want of a move, or of an improvement, is said once.
      if (concept !== "nash" && explanation.exits.length === 0) continue;
      for (const sentence of explanationText(explanation, namesFor(subject)).slice(0, 6)) {
        lines.push(style.dim(wrap(sentence, width, "        ")));
      }
      if (explanation.exits.length > 6) lines.push(style.dim(`        and ${explanation.exits.length - 6} more moves`));
    }
  }
  return lines.join("\n");
}

/** What can come about from a state, by moves and by improvements; the way to every equilibrium. */
export function renderPaths(
  subject: StabilitySubject,
  from: number,
  moves: StatusQuoAnalysis,
  improvements: StatusQuoAnalysis,
  targets: readonly number[],
  terminal: Terminal,
): string {
  const { style, width } = terminal;
  const dm = (i: number) => subject.names.decisionMakers[i] ?? "";
  const lines = stateHeading(subject, from, terminal);
  lines.push("", style.bold("What comes about if each moves only to what it prefers"));
  if (improvements.reached.length === 0) lines.push("  nothing: nobody would move from here");
  const chain = (of: StatusQuoAnalysis["reached"][number]) =>
    of.path.map((step) => `${dm(step.dm)} to ${stateName(subject, step.to)}`).join(", ");
  for (const reached of improvements.reached.toSorted((a, b) => a.length - b.length).slice(0, 20)) {
    lines.push(wrap(`${stateName(subject, reached.state)}: ${chain(reached)}`, width, "  "));
  }
  if (improvements.reached.length > 20) lines.push(style.dim(`  and ${improvements.reached.length - 20} more states`));
  if (improvements.cycles.length > 0) {
    const circles = improvements.cycles.map((cycle) => cycle.map((state) => state + 1).join(" "));
    lines.push(
      wrap(`Improvements run in circles among the states ${circles.slice(0, 5).join("; and among ")}.`, width, "  "),
    );
  }
  lines.push("", style.bold("The way to every equilibrium"));
  for (const target of targets.slice(0, 30)) {
    const byImprovement = improvements.reached.find(({ state }) => state === target);
    const byMove = moves.reached.find(({ state }) => state === target);
    const first = (of: typeof byMove) => (of === undefined ? "" : ` (${list(of.firstMovers.map(dm))} first)`);
    const says =
      target === from
        ? "it is this state"
        : byImprovement !== undefined
          ? `${count(byImprovement.length, "improvement")}${first(byImprovement)}: ${chain(byImprovement)}`
          : byMove !== undefined
            ? `not by improvements; ${count(byMove.length, "move")}${first(byMove)}: ${chain(byMove)}`
            : "cannot be reached";
    lines.push(wrap(`${stateName(subject, target)}: ${says}`, width, "  "));
  }
  return lines.join("\n");
}

/** What would have to change for a state to be an equilibrium, or to be none. */
export function renderInverse(
  subject: StabilitySubject,
  state: number,
  concepts: readonly BasicConcept[],
  terminal: Terminal,
): string {
  const { style, width } = terminal;
  const lines = stateHeading(subject, state, terminal);
  for (const [concept, label] of CONCEPTS) {
    if (!concepts.includes(concept)) continue;
    const answer = inverse(subject.model, state, concept);
    lines.push(
      "",
      `${style.bold(label)}  ${answer.equilibrium ? style.good("an equilibrium") : style.bad("no equilibrium")}`,
    );
    if (answer.equilibrium) {
      const ways = answer.unsettle
        .filter(({ swaps }) => swaps !== undefined)
        .toSorted((a, b) => (a.swaps ?? 0) - (b.swaps ?? 0));
      if (ways.length === 0) lines.push("  No change of one ranking would unsettle it.");
      for (const way of ways.slice(0, 3)) {
        lines.push(wrap(`It would be none if ${fallen(subject, way)}.`, width, "  "));
      }
      continue;
    }
    const { swaps, changes, fewest } = answer.together;
    const how = changes.map((change) => raised(subject, change)).join("; and ");
    const least = fewest ? "the fewest" : "fewer may do: sanctions hang on each other's rankings";
    lines.push(
      wrap(`It would be one if ${how}: ${count(swaps, "exchange")} of neighbours in rankings (${least}).`, width, "  "),
    );
    for (const { dm, stable } of answer.settle) {
      if (stable) continue;
      lines.push(...conditionLines(subject, dm, state, concept, terminal));
    }
  }
  return lines.join("\n");
}

/** The conditions on one decision maker's ranking, and how many rankings meet them. */
function conditionLines(
  subject: StabilitySubject,
  dm: number,
  state: number,
  concept: BasicConcept,
  { style, width }: Terminal,
): string[] {
  const sets = lowerSets(subject.model, dm, state, concept);
  const name = subject.names.decisionMakers[dm] ?? "";
  if (sets.minimal.length === 0) return [`  Under no ranking of ${name} is it stable for it.`];
  const shown = sets.minimal.slice(0, 4).map((set) => set.map((each) => each + 1).join(" "));
  const more =
    sets.minimal.length > 4 || sets.cut ? `, or one of ${sets.cut ? "many" : sets.minimal.length - 4} more sets` : "";
  const share =
    sets.rankings === undefined
      ? ""
      : ` ${((100 * Number((sets.rankings.stable * 1_000_000n) / sets.rankings.all)) / 1_000_000).toFixed(1)} % of its strict rankings do.`;
  return [
    style.dim(
      wrap(`${name} must rank it no lower than all of ${shown.join(", or all of ")}${more}.${share}`, width, "    "),
    ),
  ];
}

function raised(subject: StabilitySubject, { dm, passes }: RankChange): string {
  const [top] = passes;
  const name = subject.names.decisionMakers[dm] ?? "";
  return top === undefined ? `${name} changed nothing` : `${name} ranked it above ${stateName(subject, top)}`;
}

function fallen(subject: StabilitySubject, { dm, passes, swaps }: RankChange): string {
  const bottom = passes[passes.length - 1];
  const name = subject.names.decisionMakers[dm] ?? "";
  if (bottom === undefined) return `${name} ranked it below everything`;
  return `${name} ranked it below ${stateName(subject, bottom)} (${count(swaps ?? 0, "exchange")})`;
}

/** How surely the states are equilibria where preferences are uncertain, and which statements they hang on. */
export function renderRobustness(
  subject: StabilitySubject,
  result: Robustness,
  effects: readonly StatementEffect[],
  what: string,
  { style, width }: Terminal,
): string {
  const { names, model } = subject;
  const label = CONCEPTS.find(([concept]) => concept === result.concept)?.[1] ?? result.concept;
  const lines = [
    style.bold(wrap(`${subject.title}: how surely states are equilibria (${label})`, width)),
    style.dim(wrap(`${what} ${result.method}${result.exact ? "" : `, seed ${result.seed}`}.`, width)),
    "",
  ];
  const order = Array.from({ length: model.size }, (_, s) => s)
    .filter((s) => (result.equilibrium[s]?.estimate ?? 0) > 0)
    .sort((a, b) => (result.equilibrium[b]?.estimate ?? 0) - (result.equilibrium[a]?.estimate ?? 0) || a - b);
  if (order.length === 0) lines.push("  No state is an equilibrium under any of them.");
  for (const state of order.slice(0, 25)) {
    const { estimate, low, high, exact } = result.equilibrium[state] ?? { estimate: 0, low: 0, high: 0, exact: true };
    const interval = exact ? "" : style.dim(` (${shareText(low)} to ${shareText(high)})`);
    lines.push(`  ${pad(shareText(estimate), 6, "right")}${interval}  ${stateName(subject, state)}`);
    const most = result.misjudged
      .map((of, dm) => ({ dm, p: of[state]?.estimate ?? 0 }))
      .toSorted((a, b) => b.p - a.p)[0];
    if (most !== undefined && most.p > 0.005) {
      lines.push(
        style.dim(
          wrap(
            `hangs most on ${names.decisionMakers[most.dm]}: misjudged alone, it changes this in ${shareText(most.p)}`,
            width,
            "          ",
          ),
        ),
      );
    }
  }
  if (order.length > 25) lines.push(style.dim(`  and ${order.length - 25} more states`));
  const telling = effects.filter(({ lost, gained }) => lost.length + gained.length > 0);
  if (effects.length > 0) lines.push("", style.bold("Which statements they hang on"));
  if (effects.length > 0 && telling.length === 0)
    lines.push("  None: no single statement, left out or moved one down, changes them.");
  const ids = (states: readonly number[]) => {
    const shown = states
      .slice(0, 6)
      .map((state) => state + 1)
      .join(" ");
    return states.length > 6 ? `${shown} and ${states.length - 6} more` : shown;
  };
  for (const { dm, statement, change, lost, gained } of telling.slice(0, 24)) {
    const happened = change === "removed" ? "left out" : "moved one down";
    const parts = [lost.length > 0 ? `lost ${ids(lost)}` : "", gained.length > 0 ? `new ${ids(gained)}` : ""];
    lines.push(
      wrap(
        `${names.decisionMakers[dm]}'s statement ${statement + 1} ${happened}: ${parts.filter((part) => part !== "").join(", ")}`,
        width,
        "  ",
      ),
    );
  }
  return lines.join("\n");
}

const shareText = (p: number): string => {
  if (p > 0 && p < 0.005) return "<1 %";
  if (p < 1 && p >= 0.995) return ">99 %";
  return `${Math.round(100 * p)} %`;
};

/** Whether the inverse analysis applies: plain orders. */
export const hasOrders = (subject: StabilitySubject): boolean => !isRelational(subject.model);
