import { nearest, ParleyError } from "../../core/problems/index.ts";
import { makeArena, playTournament, runSession, STRATEGIES, type Strategy } from "../../terms/index.ts";
import type { Output } from "../output.ts";
import { pad } from "../terminal.ts";
import type { TermsSubject } from "./target.ts";

const strategyOf = (name: string): Strategy => {
  const strategy = STRATEGIES[name];
  if (strategy !== undefined) return strategy;
  const known = Object.keys(STRATEGIES);
  throw ParleyError.of("unknown-reference", {
    kind: "strategy",
    value: name,
    near: nearest(name, known),
    known: known.join(", "),
  });
};

const namesIn = (text: string): string[] => text.split(",").map((each) => each.trim());

/** Rounds from an option. @throws ParleyError where they are no whole number above 0 */
export function roundsOf(text = "100"): number {
  const rounds = Number(text);
  if (Number.isSafeInteger(rounds) && rounds >= 1 && rounds <= 1_000_000) return rounds;
  throw ParleyError.of("invalid-option", { option: "--rounds", value: text, expected: "a whole number, 1 to 1000000" });
}

/** Lets strategies negotiate once and tells how it went. */
export function session(subject: TermsSubject, written: string, rounds: number, seed: number, output: Output): void {
  const named = namesIn(written);
  const strategies = named.map(strategyOf);
  const arena = makeArena(subject.domain);
  const seats = arena.seats.length;
  if (strategies.length !== 1 && strategies.length !== seats) {
    throw ParleyError.of("usage", {
      detail: `${strategies.length} strategies for ${seats} parties that must accept`,
      hint: "give one for all, or one for each in the order of the parties",
    });
  }
  const played = Array.from({ length: seats }, (_, i) => strategies[i % strategies.length] as Strategy);
  const result = runSession(arena, played, { rounds, seed });
  const names = arena.seats.map((party) => subject.names.party(subject.domain.parties[party]?.name ?? ""));
  output.printJson({
    parties: names,
    strategies: Array.from({ length: seats }, (_, i) => named[i % named.length]),
    rounds,
    seed,
    endedBy: result.endedBy,
    round: result.round,
    utilities: result.utilities,
    outcome: result.outcome ?? null,
    trace: result.trace,
  });
  const { style } = output.terminal;
  const lines = result.trace.map(
    ({ round, seat, utilities }) =>
      `${String(round).padStart(4)}  ${names[seat] ?? ""} offers ${utilities.map((value) => value.toFixed(3)).join(", ")}`,
  );
  const shown = lines.length > 24 ? [...lines.slice(0, 12), "      ...", ...lines.slice(-11)] : lines;
  const worth = names.map((name, i) => `${name} ${(result.utilities[i] ?? 0).toFixed(4)}`).join(", ");
  const end =
    result.endedBy === "agreement"
      ? `Agreement in round ${result.round}: ${worth}.`
      : `No agreement (${result.endedBy} in round ${result.round}): ${worth}.`;
  output.print([...shown, "", style.bold(end)].join("\n"));
  if (result.outcome !== undefined) {
    const terms = Object.entries(result.outcome).map(
      ([issue, option]) => `${subject.names.issue(issue)}: ${subject.names.option(issue, option)}`,
    );
    output.print(`  ${terms.join("; ")}`);
  }
}

/** Combinations that a terminal shows of a tournament. */
const SHOWN = 40;

/** Plays every combination of strategies and tells the game that they make. */
export function tournament(
  subject: TermsSubject,
  written: string | true,
  rounds: number,
  seed: number,
  output: Output,
): void {
  const named = written === true ? Object.keys(STRATEGIES) : namesIn(written);
  const strategies = Object.fromEntries(named.map((name) => [name, strategyOf(name)]));
  const arena = makeArena(subject.domain);
  const names = arena.seats.map((party) => subject.names.party(subject.domain.parties[party]?.name ?? ""));
  const { cells, equilibria } = playTournament(arena, { strategies, rounds, seed });
  output.printJson({ parties: names, strategies: named, rounds, seed, cells, equilibria });
  const { style } = output.terminal;
  const isStable = (played: readonly string[]) => equilibria.some((each) => each.join() === played.join());
  const head = names.map((name) => pad(name, 14)).join("");
  const rows = cells.slice(0, SHOWN).map(({ strategies: played, utilities, round, agreements }) => {
    const row = `${played.map((name) => pad(name, 14)).join("")}${utilities.map((value) => pad(value.toFixed(3), 8, "right")).join("")}  ${agreements > 0 ? `round ${round.toFixed(0)}` : "no agreement"}`;
    return isStable(played) ? style.good(`${row}  stable`) : row;
  });
  const more = cells.length > SHOWN ? [`and ${cells.length - SHOWN} more; --json has all`] : [];
  const end =
    equilibria.length === 0
      ? "No combination is stable: somebody always does better with another strategy."
      : `Stable, nobody does better with another strategy: ${equilibria.map((each) => each.join(" and ")).join("; ")}.`;
  output.print([style.dim(`${head} worth to each, in this order`), ...rows, ...more, "", style.bold(end)].join("\n"));
}
