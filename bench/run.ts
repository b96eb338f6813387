/**
 * Measures: one table for each bench, with the machine and versions above.
 *
 * Usage: npm run bench [-- words that the path of a bench must hold]
 */
import { globSync } from "node:fs";
import os from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { VERSION } from "../src/version.ts";
import type { Report, Row } from "./measure.ts";

const folder = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const [cpu] = os.cpus();
console.log(
  `Parley ${VERSION} · Node ${process.version} · ${cpu?.model.trim()} x ${os.cpus().length} · ${os.type()} ${os.release()}`,
);
console.log("Medians of 15 repetitions after 3 to warm up; one process, one thread.\n");
for (const file of globSync("**/*.bench.ts", { cwd: folder }).sort()) {
  if (!wanted.every((word) => file.includes(word))) continue;
  const { default: bench } = (await import(pathToFileURL(join(folder, file)).href)) as {
    default: (report: Report) => Promise<void>;
  };
  console.log(`## ${file}`);
  await bench(print);
  console.log("");
}

function print({ name, perSecond, ms, note = "" }: Row): void {
  const value =
    ms !== undefined
      ? `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`
      : `${((perSecond ?? 0) / 1e6).toPrecision(3)} million/s`;
  console.log(`${name.padEnd(62)} ${value.padStart(16)}  ${note}`.trimEnd());
}
