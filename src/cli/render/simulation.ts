import { type Chance, type ChanceByMonth, OUTCOMES, type Summary } from "../../dynamics/index.ts";
import type { RunResult } from "../../runs/index.ts";
import { dateOfMonth, RELAPSE_MONTHS } from "../simulation/contract.ts";
import type { Subject } from "../simulation/subject.ts";
import { endOf } from "../simulation/trace.ts";
import { pad, type Terminal, wrap } from "../terminal.ts";
import { bar } from "./bars.ts";

/** Months at which chances are told. */
const TOLD = [3, 6, 12, 24, 36, 60];

/** A share with no more digits than its error supports. */
export function share({ p, se }: Chance): string {
  const digits = se > 0 && se < 0.0005 ? 1 : 0;
  const percent = (100 * p).toFixed(digits);
  // That none of so many trajectories came there does not make it impossible; as elsewhere, nothing finer than this is told.
  if (p < 0.005) return "<1 %";
  if (p >= 0.995) return ">99 %";
  return `${percent} %`;
}

/** An error in points of percent. */
const points = (se: number): string => `±${(100 * se).toFixed(1)}`;

/** What a run says, for a terminal. */
export function renderSimulation(subject: Subject, summary: Summary, result: RunResult, terminal: Terminal): string {
  const { style, width } = terminal;
  const [a, b] = subject.sideNames;
  const months = TOLD.filter((month) => month <= summary.layout.months);
  const lines = [style.bold(wrap(subject.title, width)), style.dim(wrap(facts(subject, result), width)), ""];
  lines.push(style.bold("Chance that it has come by"));
  const head = months.map((month) => pad(dateOfMonth(subject, month)?.slice(0, 7) ?? `month ${month}`, 9, "right"));
  lines.push(style.dim(`  ${pad("", 20)}${head.join("")}`));
  const row = (name: string, all: readonly ChanceByMonth[]) => {
    const cells = months.map((month) => pad(share(all[month - 1] ?? { p: 0, se: 0 }), 9, "right"));
    lines.push(`  ${pad(name, 20)}${cells.join("")}`);
  };
  row("talks", summary.by("talks"));
  row("a stop of fighting", summary.by("stop"));
  row("a settlement", summary.by("settlement"));
  row("a de facto freeze", summary.by("freeze"));
  const win = (side: "victoryA" | "victoryB") => months.map((month) => ({ month, ...summary.occupancy(month)[side] }));
  const byMonth = (chances: readonly ChanceByMonth[]) =>
    Array.from(
      { length: summary.layout.months },
      (_, i) => chances.find(({ month }) => month === i + 1) ?? { month: i + 1, p: 0, se: 0 },
    );
  row(`${a} prevails`, byMonth(win("victoryA")));
  row(`${b} prevails`, byMonth(win("victoryB")));
  const largest = Math.max(...months.flatMap((month) => [summary.by("talks")[month - 1]?.se ?? 0]));
  lines.push(style.dim(`  Monte Carlo error at most ${points(largest)} points`), "");
  lines.push(style.bold(`After ${summary.layout.months} months`));
  const outcomes = summary.outcomes();
  const scale = {
    low: 0,
    high: Math.max(...Object.values(outcomes).map(({ p }) => p), 0.01),
    width: Math.max(10, width - 54),
  };
  for (const [index, name] of OUTCOMES.entries()) {
    const chance = outcomes[name];
    if (chance.p === 0) continue;
    const drawn = bar(0, chance.p, scale, terminal);
    lines.push(
      `  ${pad(endOf({ outcome: index, phase: 0 }, a, b), 30)} ${pad(share(chance), 6, "right")} ${style.dim(pad(points(chance.se), 5))} ${style.accent(drawn)}`,
    );
  }
  const relapse = RELAPSE_MONTHS.map((within) => `${within} months ${share(summary.relapseWithin(within))}`);
  lines.push("", wrap(`The first stop of fighting relapses within ${relapse.join(", ")}.`, width));
  const fighting = summary.quantiles("fighting");
  if (fighting !== null) {
    lines.push(
      wrap(
        `Months of fighting: ${fighting.p50.toFixed(0)} (90 % of trajectories from ${fighting.p05.toFixed(0)} to ${fighting.p95.toFixed(0)}).`,
        width,
      ),
    );
  }
  const assumed = subject.bound?.parameters.filter((parameter) => parameter.assumed).length ?? 0;
  if (assumed > 0)
    lines.push(
      wrap(
        `${assumed} of ${subject.bound?.parameters.length} parameters are Parley's defaults; --json lists them.`,
        width,
      ),
    );
  lines.push(
    "",
    style.dim(
      wrap(
        `Conditional model output, not a prediction. ${Math.round(result.perSecond)} trajectories a second; digest ${result.digest.slice(0, 16)}.`,
        width,
      ),
    ),
  );
  return lines.join("\n");
}

function facts({ asOfText, reading, input }: Subject, result: RunResult): string {
  const drawn = input.uncertain?.length ?? 0;
  return [
    asOfText === null ? undefined : `as of ${asOfText}`,
    reading === null ? undefined : `reading ${reading}`,
    `${result.done} trajectories${result.complete ? "" : " (stopped early)"}`,
    drawn === 0 ? "central values" : `${drawn} parameters drawn for each trajectory`,
  ]
    .filter((fact) => fact !== undefined)
    .join(" · ");
}
