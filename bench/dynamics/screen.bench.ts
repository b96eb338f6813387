import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import type { Report } from "../measure.ts";
import { screen } from "./screen-model.ts";

const THREADS = 2;
/** Small enough that no thread waits long for the other at the end. */
const ROWS = 10;

/** A whole screen by Sobol indices, once: wall time from starting the threads to the merged result. */
export default async function (report: Report): Promise<void> {
  const plan = screen();
  const begun = performance.now();
  const pool = new Piscina({
    filename: fileURLToPath(new URL("screen-worker.ts", import.meta.url)),
    minThreads: THREADS,
    maxThreads: THREADS,
  });
  const chunks = Array.from({ length: Math.ceil(plan.rows / ROWS) }, (_, i) => ({
    first: i * ROWS,
    count: Math.min(ROWS, plan.rows - i * ROWS),
  }));
  const table = new Float64Array(plan.rows * plan.width);
  await Promise.all(
    chunks.map(async (chunk) => table.set((await pool.run(chunk)) as Float64Array, chunk.first * plan.width)),
  );
  const { outputs, replications } = plan.merge(table);
  const ms = performance.now() - begun;
  await pool.destroy();
  const pace = `${Math.round((1000 * replications) / ms)} trajectories/s`;
  report({
    name: `Sobol screen, ${plan.rows} x 24 x ${(outputs[0]?.inputs.length ?? 0) + 2}, ${THREADS} threads, once`,
    ms,
    note: `${replications} trajectories · ${pace} · aim: under 90 s on two cores`,
  });
}
