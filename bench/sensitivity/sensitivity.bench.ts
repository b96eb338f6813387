import { normal, uniform } from "../../src/core/distributions/index.ts";
import { sin } from "../../src/core/math/index.ts";
import { createStream, DYNAMICS } from "../../src/core/random/index.ts";
import {
  evppi,
  flipPoints,
  gaussianCopula,
  type Model,
  planDecisions,
  pullLevers,
  runPlan,
  shapleyEffects,
  sobolIndices,
  tornado,
} from "../../src/sensitivity/index.ts";
import { milliseconds, type Report } from "../measure.ts";

const K = 15;
const angle = uniform(-Math.PI, Math.PI);

/** Ishigami's function: next to nothing to compute, so that what is measured is the analysis. */
const ishigami: Model = {
  deterministic: true,
  parameters: ["x1", "x2", "x3"].map((name) => ({ name, distribution: angle })),
  outputs: [{ name: "y" }],
  evaluate: (x, _, out) => {
    const s = sin(x[1]!);
    const square = x[2]! * x[2]!;
    out[0] = sin(x[0]!) * (1 + 0.1 * square * square) + 7 * s * s;
  },
};

const stream = createStream(1, DYNAMICS);

/** Fifteen parameters, five events that one number a trajectory decides. */
const events: Model = {
  parameters: Array.from({ length: K }, (_, j) => ({ name: `x${j}`, distribution: uniform(0, 1) })),
  outputs: Array.from({ length: 5 }, (_, w) => ({ name: `event ${w}`, indicator: true })),
  evaluate: (x, { first, count }, out) => {
    out.fill(0);
    for (let i = first; i < first + count; i++) {
      const u = stream.uniform(0, 0, i);
      for (let w = 0; w < 5; w++) if (u < 0.1 + 0.4 * x[w]! + 0.2 * x[w + 5]! * x[w + 10]!) out[w]! += 1 / count;
    }
  },
};

const linear: Model = {
  deterministic: true,
  parameters: Array.from({ length: K }, (_, j) => ({ name: `x${j}`, distribution: normal(0, 1) })),
  outputs: [{ name: "y" }],
  evaluate: (x, _, out) => {
    let sum = 0;
    for (let j = 0; j < K; j++) sum += (j + 1) * x[j]!;
    out[0] = sum;
  },
};

export default async function (report: Report): Promise<void> {
  const row = (name: string, task: () => void, note: string) => report({ name, ms: milliseconds(task), note });
  row("Sobol, Ishigami, 16 384 draws", () => sobolIndices(ishigami, { draws: 16_384 }), "81 920 evaluations");
  row(
    "Sobol, Ishigami, 16 384 scrambled Sobol points",
    () => sobolIndices(ishigami, { draws: 16_384, points: "sobol" }),
    "81 920 evaluations",
  );
  row(
    "Sobol, 15 parameters, 5 events, 1 000 draws, 24 trajectories",
    () => sobolIndices(events, { draws: 1000 }),
    "408 000 trajectories",
  );
  row(
    "Shapley, 15 dependent inputs, 2 000 permutations",
    () => {
      const matrix = Array.from({ length: K }, (_, i) => Array.from({ length: K }, (_, j) => (i === j ? 1 : 0.3)));
      const distributions = linear.parameters.map(() => normal(0, 1));
      shapleyEffects(linear, { permutations: 2000, sampler: gaussianCopula(distributions, matrix) });
    },
    "32 000 evaluations",
  );
  row("tornado, 15 parameters, 5 events", () => tornado(events), "62 000 trajectories");
  row("levers, 5 at once", () => pullLevers(events, levers()), "60 000 trajectories, one by one");
  row(
    "flip point",
    () => flipPoints(events, { parameter: "x0", output: "event 0", threshold: 0.35 }),
    "about 40 000 trajectories",
  );
  const decisions = [
    { name: "low", set: { x1: 0.2 } },
    { name: "high", set: { x1: 0.8 }, cost: 0.2 },
  ];
  const sample = runPlan(planDecisions(events, decisions, { utility: "event 0", draws: 10_000 }));
  for (const regression of ["bins", "spline"] as const) {
    row(`EVPPI, 15 parameters, 10 000 draws, ${regression}`, () => evppi(sample, { regression }), "200 resamples");
  }
}

function levers() {
  return Array.from({ length: 5 }, (_, j) => ({ name: `lever ${j}`, set: { [`x${j}`]: 0.9 } }));
}
