/** Makes and analyses one random model, and tells its time and memory: run by the bench as a process of its own. */
import { analyseStability, compileModel } from "../../src/stability/index.ts";
import { randomConflict } from "./random-conflicts.ts";

const conflict = randomConflict(Number(process.argv[2] ?? "12"), 1);
const begun = performance.now();
analyseStability(compileModel(conflict));
const ms = performance.now() - begun;
process.stdout.write(JSON.stringify({ ms, megabytes: process.resourceUsage().maxRSS / 1000 }));
