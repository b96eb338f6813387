import { Layout } from "../../src/dynamics/layout.ts";
import { compileModel, type Model } from "../../src/dynamics/model.ts";

/** Numbers from 0 to 1 that jump about, the same wherever this runs. */
export type Jumps = () => number;

export function jumps(seed: number): Jumps {
  let state = (0.1 + seed * 0.61803398874) % 1;
  return () => {
    state = (state * 997.1 + 0.0137) % 1;
    return state;
  };
}

/** Values with a short cut of their own, and switches of optional parts. */
const CORNERS: Readonly<Record<string, readonly number[]>> = {
  lp: [0, 0.5, 1],
  lq: [0, 0.5, 1],
  ...Object.fromEntries(["hX", "sw", "taua", "ifz", "bTD", "bEM", "kx", "sterm"].map((name) => [name, [0]])),
};
const CORNER_CHANCE = 0.2;

/** What the plausible range does not say of a backer's, package's or event's parameter. */
const OWN: readonly (readonly [name: RegExp, value: (next: Jumps, layout: Layout) => number])[] = [
  [/^b\d+s$/, (next) => Math.floor(2 * next())],
  [/^b\d+f$/, (next, { backers }) => (next() < 0.3 ? 0 : next() / backers)],
  [/^e\d+k$/, (next) => Math.floor(7 * next())],
  [/^e\d+g$/, (next, { backers }) => Math.floor(backers * next())],
  [/^e\d+t$/, (next) => Math.floor(40 * next())],
  [/^e\d+z$/, (next) => 2 * next()],
];

/** Parameters that must fit together, or few trajectories would last. */
const FITTING: Readonly<Record<string, (next: Jumps) => number>> = {
  dt: (next) => [1, 0.25, 12 / 52, 0.5][Math.floor(4 * next())] ?? 1,
  horizon: (next) => 1 + Math.floor(80 * next()),
  x0: (next) => 0.3 + 0.4 * next(),
  xlo: (next) => -0.1 + 0.35 * next(),
  xhi: (next) => 0.75 + 0.35 * next(),
  nb0: (next) => Math.floor(5 * next()),
};

/** A model with every parameter from its plausible range, and up to 9 backers, 5 packages and 9 events. */
export function randomModel(next: Jumps): Model {
  const counts = {
    backers: Math.floor(10 * next()),
    packages: Math.floor(6 * next()),
    events: Math.floor(10 * next()),
  };
  const layout = new Layout(counts);
  const value = (name: string, index: number): number => {
    const corners = CORNERS[name];
    if (corners !== undefined && next() < CORNER_CHANCE) return corners[Math.floor(corners.length * next())] ?? 0;
    const own = OWN.find(([pattern]) => pattern.test(name))?.[1];
    if (own !== undefined) return own(next, layout);
    const { low, high } = layout.info(index);
    return FITTING[name]?.(next) ?? low + (high - low) * next();
  };
  return compileModel(layout, Float64Array.from(layout.names, value));
}
