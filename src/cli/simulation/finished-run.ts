import { readFileSync } from "node:fs";
import { z } from "zod";
import type { ComparedInput, ComparedOutput, ComparedSimulation } from "../../assess/index.ts";
import { reasonOf } from "../../case/folder.ts";
import { ParleyError } from "../../core/problems/index.ts";

const chance = z.object({ p: z.number(), se: z.number() });
const byMonth = z.array(chance.extend({ month: z.number(), date: z.string().nullable() }));

/** What a comparison reads of what `parley simulate --json` printed. */
const finishedRun = z.object({
  title: z.string(),
  asOf: z.string().nullable(),
  reading: z.string().nullable(),
  sides: z.object({ a: z.string(), b: z.string() }),
  runs: z.number(),
  seed: z.number(),
  horizon: z.number(),
  digest: z.string(),
  outcomes: z.record(z.string(), chance),
  talksBy: byMonth,
  stopBy: byMonth,
  settlementBy: byMonth,
  relapseAfterStop: z.array(chance.extend({ months: z.number() })),
  parameters: z.array(z.object({ path: z.string(), label: z.string(), text: z.string(), central: z.number() })),
});
export type FinishedRun = z.output<typeof finishedRun>;

/** Whether a target is the JSON of a finished run. */
export const isFinishedRun = (target: string): boolean => target.toLowerCase().endsWith(".json");

/** Reads a finished run. @throws ParleyError where the file cannot be read or is no such JSON */
export function readFinishedRun(path: string): FinishedRun {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw ParleyError.of("file-unreadable", { path, reason: reasonOf(error) });
  }
  const expected = "the JSON of a finished run";
  const hint = `parley simulate CASE --json > ${path} writes one`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw ParleyError.of("usage", { detail: `${path} is not ${expected}: ${reasonOf(error)}`, hint });
  }
  const parsed = finishedRun.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined ? "" : `: ${issue.path.join(".") || "the whole"} is missing or of another kind`;
  throw ParleyError.of("usage", { detail: `${path} is not ${expected}${where}`, hint });
}

const TOLD = [3, 6, 12, 24, 36, 60];

/** Two finished runs: their chances and what differs in their parameters. The runs are over, so that nothing is paired. */
export function compareRuns(a: FinishedRun, b: FinishedRun): ComparedSimulation {
  const outputs: ComparedOutput[] = [];
  type Chance = z.output<typeof chance>;
  const add = (id: string, label: string, from: Chance | undefined, to: Chance | undefined) => {
    if (from === undefined || to === undefined) return;
    outputs.push({
      id,
      label,
      unit: "probability",
      a: { value: from.p, se: from.se },
      b: { value: to.p, se: to.se },
      difference: { value: to.p - from.p, se: Math.hypot(from.se, to.se) },
    });
  };
  for (const [key, words] of [
    ["talksBy", "Talks"],
    ["stopBy", "A stop of the fighting"],
    ["settlementBy", "A settlement"],
  ] as const) {
    for (const month of TOLD) {
      const at = (run: FinishedRun) => run[key].find((each) => each.month === month);
      add(`${key}-${month}`, `${words} within ${month} months`, at(a), at(b));
    }
  }
  for (const { months } of a.relapseAfterStop) {
    const of = (run: FinishedRun) => run.relapseAfterStop.find((each) => each.months === months);
    add(`relapse-${months}`, `First stop broken within ${months} months`, of(a), of(b));
  }
  add("victory-a", `${a.sides.a} wins by arms`, a.outcomes["victoryA"], b.outcomes["victoryA"]);
  add("victory-b", `${a.sides.b} wins by arms`, a.outcomes["victoryB"], b.outcomes["victoryB"]);
  return { runs: Math.min(a.runs, b.runs), paired: false, outputs, inputs: differing(a, b), attribution: null };
}

function differing(a: FinishedRun, b: FinishedRun): ComparedInput[] {
  const byPath = ({ parameters }: FinishedRun) =>
    new Map(parameters.map((each) => [`${each.path}\0${each.label}`, each] as const));
  const [from, to] = [byPath(a), byPath(b)];
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((key): ComparedInput[] => {
    const [one, two] = [from.get(key), to.get(key)];
    const known = one ?? two;
    if (known === undefined || (one?.text === two?.text && one?.central === two?.central)) return [];
    return [{ path: known.path, label: known.label, a: one?.text ?? null, b: two?.text ?? null }];
  });
}
