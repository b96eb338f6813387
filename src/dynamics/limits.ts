import type { Layout } from "./layout.ts";
import { branchingRatio } from "./model.ts";

/** A value that the engine cannot take, or values that cannot stand together. */
export interface ParameterFault {
  /** What is wrong: a short name, or what several parameters come to. */
  readonly thing: string;
  readonly value: number;
  readonly expected: string;
  /** Short names of the parameters that bring it about, the one to look at first first. */
  readonly names: readonly string[];
}

interface Limit {
  readonly holds: (value: number) => boolean;
  readonly expected: string;
}

const POSITIVE: Limit = { holds: (x) => x > 0, expected: "above 0" };
const NOT_NEGATIVE: Limit = { holds: (x) => x >= 0, expected: "at least 0" };
const SHARE: Limit = { holds: (x) => x >= 0 && x <= 1, expected: "0..1" };
const between = (low: number, high: number, unit: string): Limit => ({
  holds: (x) => x >= low && x <= high,
  expected: `${low}..${high}${unit}`,
});
const whole = (high: number): Limit => ({
  holds: (x) => Number.isInteger(x) && x >= 0 && x <= high,
  expected: `a whole number, 0..${high}`,
});

/** A century: beyond it the rates of a war mean nothing. */
const LONGEST = 1200;

const byLimit: readonly (readonly [Limit, string])[] = [
  [between(0.001, 3, " months"), "dt"],
  [between(1, LONGEST, " months"), "horizon"],
  [POSITIVE, "thold sx mcap tau0 rA rB bh sn gpr epsl zref"],
  [SHARE, "x0 lamA lamB fl wA0 wB0 root kapA kapB b#l b#i b#t p#g e#p"],
  [NOT_NEGATIVE, "kx sth qth ownA ownB baid itk ifz kA kB lp lq recA recB psi recp mcol cA cB ce dplan awA awB zw sw"],
  [NOT_NEGATIVE, "fcf lcA lcB hsucc taua nuA nuB JAA JAB JBA JBB kL Lmax LA0 LB0 pesc hX kM nuM hT hTF hC hCM hS xi"],
  [NOT_NEGATIVE, "sterm hZ nb0 hR Tq b#f b#x b#n b#c"],
  [whole(1), "b#s"],
  [whole(6), "e#k"],
  [whole(1000), "e#g"],
];
const LIMITS: ReadonlyMap<string, Limit> = new Map(
  byLimit.flatMap(([limit, names]) => names.split(" ").map((name): [string, Limit] => [name, limit])),
);

/** What is expected of a parameter's value where it is not allowed; undefined where it is. */
export function limitFault(layout: Layout, name: string, value: number): string | undefined {
  const limit = LIMITS.get(layout.info(layout.index(name)).name);
  if (!Number.isFinite(value)) return limit?.expected ?? "a number";
  return limit === undefined || limit.holds(value) ? undefined : limit.expected;
}

/** Values that are allowed each for itself and make no sense together. */
export function jointFaults(layout: Layout, vector: Float64Array): ParameterFault[] {
  const at = (name: string) => vector[layout.index(name)] ?? Number.NaN;
  const [x0, xlo, xhi] = [at("x0"), at("xlo"), at("xhi")];
  const faults: ParameterFault[] = [];
  if (!(xlo < x0)) {
    faults.push({
      thing: "collapse line xlo",
      value: xlo,
      expected: `below the share held, ${x0}`,
      names: ["xlo", "x0"],
    });
  }
  if (!(xhi > x0)) {
    faults.push({
      thing: "collapse line xhi",
      value: xhi,
      expected: `above the share held, ${x0}`,
      names: ["xhi", "x0"],
    });
  }
  const branching = branchingRatio(layout, vector);
  if (!(branching < 1)) {
    faults.push({
      thing: "branching ratio of escalation",
      value: Number(branching.toPrecision(3)),
      expected: "below 1: each step bringing about less than one",
      names: ["JAA", "JAB", "JBA", "JBB", "bh"],
    });
  }
  if (!(at("horizon") >= at("dt"))) {
    faults.push({
      thing: "horizon",
      value: at("horizon"),
      expected: `at least one step, ${at("dt")}`,
      names: ["horizon", "dt"],
    });
  }
  return faults;
}
