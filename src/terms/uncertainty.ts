import { ParleyError } from "../core/problems/index.ts";
import { createStream, purpose } from "../core/random/index.ts";
import { checkPackage, expectCount, invalid } from "./check.ts";
import { type CompiledDomain, central, compileDomain, flatten, utilities } from "./compile.ts";
import { dealExists } from "./deal.ts";
import { combinations, forEachPackage } from "./enumerate.ts";
import { allowedOptions, spaceOf } from "./space.ts";
import { TOL_POINT } from "./tolerances.ts";
import type { Domain, IssueValue, NestedValues, OpenPackage, Party, Quantiles, Uncertain } from "./types.ts";

/** A probability by simulation, with its standard error. */
export interface Chance {
  readonly probability: number;
  readonly standardError: number;
}

/** How likely a proposal is to be accepted when weights, values and reservation values are uncertain. */
export interface AcceptanceChance {
  /** That each party accepts some completion, in the domain's order. */
  readonly parties: readonly Chance[];
  /** That one completion is acceptable to all who must accept. */
  readonly all: Chance;
  /** How often each party is the only one who must accept and does not, in the domain's order. */
  readonly alone: readonly Chance[];
}

export interface UncertaintyOptions {
  /** 2 000 unless given. */
  readonly draws?: number | undefined;
  readonly seed?: number | undefined;
}

/** Completions of an open proposal that are gone through. */
const MOST_COMPLETIONS = 10_000;

/**
 * How likely each proposal is to be accepted.
 *
 * Each draw takes one number from every distribution of the domain, a distribution that stands in several places the same in
 * all of them; weights are rescaled to the sum of their medians. Exclusions and red lines are certain.
 *
 * @throws ParleyError where something is wrong with the domain or a proposal, or a proposal has over ten thousand completions
 */
export function acceptanceChances(
  domain: Domain,
  proposals: Readonly<Record<string, OpenPackage>>,
  options: UncertaintyOptions = {},
): Readonly<Record<string, AcceptanceChance>> {
  const { draws = 2000, seed = 1 } = options;
  expectCount("draws", draws, 2);
  const compiled = compileDomain(domain);
  const n = domain.parties.length;
  const must = domain.parties.map(({ accepts = "required" }) => accepts !== "none");
  const tallies = Object.entries(proposals).map(([name, proposal]) => ({
    name,
    completions: completionsOf(compiled, name, proposal),
    parties: new Float64Array(n),
    alone: new Float64Array(n),
    all: 0,
  }));
  const values = new Float64Array(n);
  for (let draw = 0; draw < draws; draw++) {
    const drawn = flatten(drawDomain(domain, seed, draw), central);
    for (const tally of tallies) {
      const would = new Uint8Array(n);
      let isAgreed = false;
      for (const { outcome, crosses } of tally.completions) {
        utilities(drawn, outcome, values);
        let refusals = 0;
        for (let i = 0; i < n; i++) {
          const r = drawn.reservation[i]!;
          const accepts = crosses[i] === 0 && (Number.isNaN(r) || values[i]! >= r - TOL_POINT);
          if (accepts) would[i] = 1;
          else if (must[i]) refusals++;
        }
        if (refusals === 0) isAgreed = true;
      }
      if (isAgreed) tally.all++;
      const refusing = [...would.keys()].filter((i) => must[i] && would[i] === 0);
      if (refusing.length === 1) tally.alone[refusing[0]!]!++;
      for (let i = 0; i < n; i++) tally.parties[i]! += would[i]!;
    }
  }
  return Object.fromEntries(
    tallies.map(({ name, parties, alone, all }) => [
      name,
      {
        parties: Array.from(parties, (count) => chanceOf(count, draws)),
        all: chanceOf(all, draws),
        alone: Array.from(alone, (count) => chanceOf(count, draws)),
      },
    ]),
  );
}

/** How likely it is that any package is acceptable to all who must accept; each draw is a search. 200 draws unless given. */
export function dealChance(domain: Domain, { draws = 200, seed = 1 }: UncertaintyOptions = {}): Chance {
  expectCount("draws", draws, 2);
  compileDomain(domain);
  let count = 0;
  for (let draw = 0; draw < draws; draw++) {
    const space = spaceOf(flatten(drawDomain(domain, seed, draw), central));
    if (space.open === undefined) throw invalid("domain", "too entangled", "one that can be taken apart");
    if (dealExists(space)) count++;
  }
  return chanceOf(count, draws);
}

/** A share of draws; the rule of succession keeps the error of a share of 0 or 1 above 0. */
function chanceOf(count: number, draws: number): Chance {
  const share = (count + 1) / (draws + 2);
  return { probability: count / draws, standardError: Math.sqrt((share * (1 - share)) / draws) };
}

interface Completion {
  readonly outcome: Int32Array;
  /** 1 for each party whose red line it crosses. */
  readonly crosses: Uint8Array;
}

function completionsOf(compiled: CompiledDomain, name: string, proposal: OpenPackage): Completion[] {
  const { domain } = compiled;
  const problems = checkPackage(domain, proposal);
  if (problems.length > 0) throw new ParleyError(problems);
  const allowed = allowedOptions(compiled, [], proposal);
  const count = combinations(allowed);
  if (count > MOST_COMPLETIONS) throw invalid(`completions of ${name}`, count, `at most ${MOST_COMPLETIONS}`);
  const found: Completion[] = [];
  forEachPackage(compiled, allowed, (outcome) => {
    const crosses = Uint8Array.from(domain.parties, ({ redLines = {} }) =>
      domain.issues.some(({ name: issue, options }, k) => redLines[issue]?.includes(options[outcome[k]!]!)) ? 1 : 0,
    );
    found.push({ outcome: outcome.slice(), crosses });
  });
  return found;
}

/** The domain with a number for every distribution: that of a draw of a seed. */
export function drawDomain(domain: Domain, seed: number, draw: number): Domain {
  const stream = createStream(seed, purpose("WGHT"));
  const slots = new Map<Quantiles, number>();
  const pick = (value: Uncertain): number => {
    if (typeof value === "number") return value;
    let slot = slots.get(value);
    if (slot === undefined) {
      slot = slots.size;
      slots.set(value, slot);
    }
    return value.quantile(stream.uniform(slot, 0, draw));
  };
  return { ...domain, parties: domain.parties.map((party) => drawParty(party, pick)) };
}

function drawParty(party: Party, pick: (value: Uncertain) => number): Party {
  const { utility, reservation } = party;
  const stated = Object.entries(utility.issues ?? {});
  const drawn = stated.map(([, { weight }]) => pick(weight));
  const sum = drawn.reduce((total, weight) => total + weight, 0);
  const medians = stated.reduce((total, [, { weight }]) => total + central(weight), 0);
  const isUncertain = stated.some(([, { weight }]) => typeof weight !== "number");
  const scale = isUncertain && sum > 0 ? medians / sum : 1;
  const issues = stated.map(([name, { values }], k): [string, IssueValue] => {
    const weight = drawn[k]! * scale;
    if (values.kind !== "table") return [name, { weight, values }];
    const table = Object.entries(values.values).map(([option, value]) => [option, pick(value)] as const);
    return [name, { weight, values: { kind: "table", values: Object.fromEntries(table) } }];
  });
  const tables = utility.tables?.map((table) => ({
    ...table,
    weight: pick(table.weight ?? 1),
    values: drawNested(table.values, pick),
  }));
  const isDistribution = typeof reservation === "object" && !("package" in reservation);
  return {
    ...party,
    reservation: isDistribution ? pick(reservation) : reservation,
    utility: { ...utility, issues: Object.fromEntries(issues), tables },
  };
}

function drawNested(values: NestedValues, pick: (value: Uncertain) => number): NestedValues {
  return Object.fromEntries(
    Object.entries(values).map(([option, below]) => {
      const isNumber = typeof below === "number" || "quantile" in below;
      return [option, isNumber ? pick(below as Uncertain) : drawNested(below as NestedValues, pick)];
    }),
  );
}
