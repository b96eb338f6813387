import { rmSync } from "node:fs";
import { folderWith } from "../../test/support/cli.ts";
import { load, quantile } from "../../test/support/load.ts";
import type { Report } from "../measure.ts";

const USERS = 200;
const SECONDS = 60;
/** Milliseconds: somebody who clicks every four seconds. */
const THINKS = 4000;

/** The team server on the embedded store under 200 people at once, who share this machine's cores with it. */
export default async function (report: Report): Promise<void> {
  const folder = folderWith({});
  try {
    const { reads, writes, errors, cpu, memory } = await load({
      folder,
      users: USERS,
      seconds: SECONDS,
      thinks: THINKS,
    });
    console.log(
      `${USERS} people for ${SECONDS} s, a request each ${THINKS / 1000} s, one in ten a save; once, no repetitions`,
    );
    for (const [name, times, aim] of [
      ["reads", reads, "aim: under 200 ms"],
      ["saves", writes, ""],
    ] as const) {
      const note = `${times.length} in all`;
      for (const q of [0.5, 0.95, 0.99]) {
        report({
          name: `${name}: ${100 * q} %`,
          ms: quantile(times, q),
          note: q === 0.95 && aim !== "" ? `${note}; ${aim}` : note,
        });
      }
    }
    console.log(`errors: ${errors.length}${errors.length === 0 ? "" : ` (${[...new Set(errors)].join("; ")})`}`);
    console.log(`server: ${(cpu / SECONDS).toFixed(2)} of a core, ${(memory / 1e6).toFixed(0)} MB at the end`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
