import * as fc from "fast-check";
import type { Domain, Issue, NestedValues, Package, Party } from "../../src/terms/index.ts";

/** Sums of a few numbers below 1: what is left of them is rounding. */
export const TOL_EXACT = 1e-9;

/** A package and what it is worth to each party, by a reading of the definitions that shares no code with the engine. */
export interface Outcome {
  readonly chosen: Package;
  readonly utilities: readonly number[];
}

/** All feasible packages, one by one; red lines heeded where asked for. */
export function allOutcomes(domain: Domain, redLines = false): Outcome[] {
  let packages: Record<string, string>[] = [{}];
  for (const { name, options } of domain.issues) {
    packages = packages.flatMap((chosen) => options.map((option) => ({ ...chosen, [name]: option })));
  }
  return packages
    .filter((chosen) => !(domain.exclusions ?? []).some((exclusion) => matches(chosen, exclusion)))
    .filter((chosen) => !redLines || !domain.parties.some((party) => crosses(chosen, party)))
    .map((chosen) => ({ chosen, utilities: domain.parties.map((party) => utilityOf(domain, party, chosen)) }));
}

function matches(chosen: Package, pattern: Readonly<Record<string, string | readonly string[]>>): boolean {
  return Object.entries(pattern).every(([issue, options]) => [options].flat().includes(chosen[issue] ?? ""));
}

function crosses(chosen: Package, { redLines = {}, accepts }: Party): boolean {
  return (
    accepts !== "none" && Object.entries(redLines).some(([issue, options]) => options.includes(chosen[issue] ?? ""))
  );
}

export function utilityOf({ issues }: Domain, { utility }: Party, chosen: Package): number {
  const number = (value: unknown): number => (typeof value === "number" ? value : Number.NaN);
  const numberOf = (name: string): number => {
    const issue = issues.find((one) => one.name === name) as Issue;
    const place = issue.options.indexOf(chosen[name] ?? "");
    return issue.numbers?.[place] ?? place;
  };
  let sum = utility.bias ?? 0;
  for (const [name, { weight, values }] of Object.entries(utility.issues ?? {})) {
    if (values.kind === "table") sum += number(weight) * number(values.values[chosen[name] ?? ""]);
    else if (values.kind === "affine")
      sum += number(weight) * ((values.intercept ?? 0) + values.slope * numberOf(name));
    else {
      const x = numberOf(name);
      const { points } = values;
      const above = points.find(([at]) => at >= x) ?? points.at(-1);
      const below = points.filter(([at]) => at <= x).at(-1) ?? points[0];
      const [x0 = 0, y0 = 0] = below ?? [];
      const [x1 = 0, y1 = 0] = above ?? [];
      sum += number(weight) * (x1 === x0 ? y0 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0));
    }
  }
  for (const { over, values, weight = 1 } of utility.tables ?? []) {
    let below: unknown = values;
    for (const issue of over) below = (below as NestedValues | undefined)?.[chosen[issue] ?? ""];
    if (typeof below === "number") sum += number(weight) * below;
  }
  for (const { utility: reward, kind, bounds } of utility.rectangles ?? []) {
    const inside = bounds.every(({ issue, low, high }) => numberOf(issue) >= low && numberOf(issue) <= high);
    if (bounds.length === 0 || inside === (kind === "includes")) sum += reward;
  }
  return Math.min(utility.cap ?? Number.POSITIVE_INFINITY, sum / (utility.divisor ?? 1));
}

/** Distinct undominated vectors in some coordinates. */
export function undominated(
  outcomes: readonly Outcome[],
  parties: readonly number[],
  tolerance = TOL_EXACT,
): Outcome[] {
  const atLeast = (a: Outcome, b: Outcome) =>
    parties.every((i) => (a.utilities[i] ?? 0) >= (b.utilities[i] ?? 0) - tolerance);
  const kept: Outcome[] = [];
  for (const outcome of outcomes) {
    if (outcomes.some((other) => atLeast(other, outcome) && !atLeast(outcome, other))) continue;
    if (!kept.some((other) => atLeast(other, outcome) && atLeast(outcome, other))) kept.push(outcome);
  }
  return kept;
}

/** Whether two lists of vectors hold the same, whatever their order. */
export function sameVectors(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
  tolerance = TOL_EXACT,
): boolean {
  const near = (x: readonly number[], y: readonly number[]) =>
    x.every((value, i) => Math.abs(value - (y[i] ?? 0)) <= tolerance);
  return (
    a.length === b.length && a.every((x) => b.some((y) => near(x, y))) && b.every((y) => a.some((x) => near(x, y)))
  );
}

/** The points of a set as vectors. */
export function vectorsOf({
  size,
  parties,
  utilities,
}: {
  size: number;
  parties: number;
  utilities: Float64Array;
}): number[][] {
  return Array.from({ length: size }, (_, p) => Array.from(utilities.subarray(p * parties, (p + 1) * parties)));
}

/** Whole hundredths: utilities that tie often, as people's do. */
const hundredth = fc.integer({ min: 0, max: 20 }).map((value) => value / 20);

export interface RandomDomain {
  readonly parties?: number;
  readonly most?: number;
  /** Tables over two issues, exclusions, rectangles, caps, red lines and ratifiers too. */
  readonly tied?: boolean;
}

/** Small domains with everything that the engine knows of. */
export function domains({ parties, most = 4, tied = true }: RandomDomain = {}): fc.Arbitrary<Domain> {
  return fc
    .tuple(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: most }), fc.integer({ min: 2, max: 4 }))
    .chain(([sizes, many]) => {
      const issues = sizes.map((size, k) => ({
        name: `i${k}`,
        options: Array.from({ length: size }, (_, o) => `o${o}`),
      }));
      const option = (k: number) => fc.integer({ min: 0, max: (sizes[k] ?? 1) - 1 }).map((o) => `o${o}`);
      const place = fc.integer({ min: 0, max: sizes.length - 1 });
      const pattern = fc
        .uniqueArray(place, { minLength: 1, maxLength: 2 })
        .chain((places) =>
          fc
            .tuple(...places.map(option))
            .map((options) => Object.fromEntries(places.map((k, j) => [`i${k}`, options[j] ?? ""]))),
        );
      const party = (i: number) => partyOf(i, sizes, tied, pattern);
      return fc.record({
        issues: fc.constant(issues),
        parties: fc.tuple(...Array.from({ length: parties ?? many }, (_, i) => party(i))),
        exclusions: tied ? fc.array(pattern, { maxLength: 1 }) : fc.constant([]),
      });
    });
}

const NONE: Record<string, string> = {};

function partyOf(i: number, sizes: readonly number[], tied: boolean, pattern: fc.Arbitrary<Record<string, string>>) {
  const values = fc.tuple(
    ...sizes.map((size) => fc.tuple(hundredth, fc.array(hundredth, { minLength: size, maxLength: size }))),
  );
  const boxes = fc.array(
    fc.record({
      utility: hundredth.map((value) => value - 0.3),
      kind: fc.constantFrom("includes" as const, "excludes" as const),
      bounds: fc
        .uniqueArray(fc.integer({ min: 0, max: sizes.length - 1 }), { maxLength: 2 })
        .map((places) => places.map((k) => ({ issue: `i${k}`, low: 0, high: Math.max(0, (sizes[k] ?? 1) - 2) }))),
    }),
    { maxLength: 2 },
  );
  const table = fc.array(hundredth, { minLength: 16, maxLength: 16 }).map((cells) => {
    if (sizes.length < 2) return [];
    const rows = Array.from({ length: sizes[0] ?? 1 }, (_, a) => [
      `o${a}`,
      Object.fromEntries(Array.from({ length: sizes[1] ?? 1 }, (_, b) => [`o${b}`, cells[4 * a + b] ?? 0])),
    ]);
    return [{ over: ["i0", "i1"], values: Object.fromEntries(rows), weight: 0.5 }];
  });
  return fc
    .record({
      values,
      reservation: fc.option(hundredth, { nil: undefined }),
      tables: tied ? fc.option(table, { nil: [] }) : fc.constant([]),
      rectangles: tied ? boxes : fc.constant([]),
      cap: tied ? fc.constantFrom(undefined, undefined, 0.9) : fc.constant(undefined),
      redLines: tied
        ? fc.constantFrom(true, false, false).chain((has) => (has ? pattern : fc.constant(NONE)))
        : fc.constant(NONE),
      accepts:
        tied && i >= 2
          ? fc.constantFrom("required" as const, "ratifies" as const, "none" as const)
          : fc.constant("required" as const),
    })
    .map(
      ({ values, reservation, tables, rectangles, cap, redLines, accepts }): Party => ({
        name: `p${i}`,
        reservation,
        accepts,
        redLines: Object.fromEntries(Object.entries(redLines).map(([issue, option]) => [issue, [option]])),
        utility: {
          cap,
          tables,
          rectangles,
          issues: Object.fromEntries(
            values.map(([weight, list], k) => [
              `i${k}`,
              {
                weight: weight + 0.05,
                values: { kind: "table", values: Object.fromEntries(list.map((value, o) => [`o${o}`, value])) },
              },
            ]),
          ),
        },
      }),
    );
}
