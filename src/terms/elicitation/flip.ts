import { ParleyError, problem } from "../../core/problems/index.ts";
import { checkPackage, invalid, placeOf } from "../check.ts";
import { central, compileDomain, utilities } from "../compile.ts";
import type { Domain, IssueValue, OptionValues, Package, Party } from "../types.ts";

/** How far one number of a party would have to move for its verdict on a package to turn. */
export interface Flip {
  readonly issue: string;
  /** The option whose value moves; undefined where it is the issue's weight. */
  readonly option: string | undefined;
  readonly value: number;
  /** Where the verdict turns: the party is then indifferent between the package and no agreement. */
  readonly flipsAt: number;
}

/**
 * The weights and values of a party that could turn its verdict on a package by themselves, the smallest move first.
 *
 * A weight moves between 0 and the sum of all of them, the other weights shrinking or growing in proportion; a value moves
 * between 0 and 1, or the ends of its issue's values where these lie beyond. What cannot turn the verdict within these bounds
 * is left out, and so is everything where the party has no reservation value. Distributions stand at their medians.
 *
 * @throws ParleyError where the party is unknown, or the package lacks an issue or names an unknown one
 */
export function flips(domain: Domain, party: string, chosen: Package): Flip[] {
  const place = placeOf(
    "party",
    party,
    domain.parties.map(({ name }) => name),
  );
  const problems = checkPackage(domain, chosen);
  if (problems.length > 0) throw new ParleyError(problems);
  const missing = domain.issues.find(({ name }) => !Object.hasOwn(chosen, name));
  if (missing !== undefined) {
    throw new ParleyError([
      problem("invalid-parameter", {
        name: "package",
        value: `without ${missing.name}`,
        expected: "an option of every issue",
      }),
    ]);
  }
  const stated = domain.parties[place]!;
  const surplusOf = (changed: Party): number => {
    const compiled = compileDomain({
      ...domain,
      parties: domain.parties.map((other, i) => (i === place ? changed : other)),
    });
    const outcome = domain.issues.map(({ name, options }) => options.indexOf(chosen[name]!));
    return utilities(compiled, outcome)[place]! - compiled.reservation[place]!;
  };
  if (stated.reservation === undefined) return [];
  const found = Object.entries(stated.utility.issues ?? {}).flatMap(([issue, value]): (Flip & { move: number })[] => {
    const weights = Object.values(stated.utility.issues ?? {}).reduce((sum, { weight }) => sum + central(weight), 0);
    // The weight of an only issue is all there is: it cannot move.
    const isOnly = central(value.weight) >= weights;
    const weight = isOnly
      ? undefined
      : flipOf((x) => surplusOf(withWeight(stated, issue, x)), central(value.weight), 0, weights);
    const flipped: (Flip & { move: number })[] = [];
    if (weight !== undefined) flipped.push({ issue, option: undefined, ...weight });
    const option = chosen[issue]!;
    if (value.values.kind !== "table") return flipped;
    const values = Object.values(value.values.values).map(central);
    const [low, high] = [Math.min(0, ...values), Math.max(1, ...values)];
    const worth = flipOf(
      (x) => surplusOf(withValue(stated, issue, option, x)),
      central(value.values.values[option]!),
      low,
      high,
    );
    if (worth !== undefined) flipped.push({ issue, option, ...worth });
    return flipped;
  });
  return found
    .toSorted((a, b) => a.move - b.move)
    .map(({ issue, option, value, flipsAt }) => ({ issue, option, value, flipsAt }));
}

/** The root of a straight line between two ends, and how large a part of the way between them it lies from `value`. */
function flipOf(
  surplusAt: (x: number) => number,
  value: number,
  low: number,
  high: number,
): { readonly value: number; readonly flipsAt: number; readonly move: number } | undefined {
  if (!(high > low)) return undefined;
  const [below, above] = [surplusAt(low), surplusAt(high)];
  if (below === above || below > 0 === above > 0) return undefined;
  const flipsAt = low + ((high - low) * below) / (below - above);
  return { value, flipsAt, move: Math.abs(flipsAt - value) / (high - low) };
}

function withWeight(party: Party, issue: string, weight: number): Party {
  const stated = Object.entries(party.utility.issues ?? {});
  const sum = stated.reduce((total, [, value]) => total + central(value.weight), 0);
  const others = sum - central(party.utility.issues![issue]!.weight);
  const scale = others > 0 ? (sum - weight) / others : 0;
  const issues = stated.map(([name, value]): [string, IssueValue] => [
    name,
    { ...value, weight: name === issue ? weight : central(value.weight) * scale },
  ]);
  return { ...party, utility: { ...party.utility, issues: Object.fromEntries(issues) } };
}

function withValue(party: Party, issue: string, option: string, worth: number): Party {
  const value = party.utility.issues![issue]!;
  if (value.values.kind !== "table") throw invalid("values", value.values.kind, "a table");
  const values: OptionValues = { kind: "table", values: { ...value.values.values, [option]: worth } };
  return {
    ...party,
    utility: { ...party.utility, issues: { ...party.utility.issues, [issue]: { ...value, values } } },
  };
}
