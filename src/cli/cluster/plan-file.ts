import { readFileSync } from "node:fs";
import { z } from "zod";
import { reasonOf } from "../../case/folder.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { hashOf, type OpenRun, type Plan, planRun } from "../../runs/index.ts";
import { VERSION } from "../../version.ts";
import { codeName } from "../memo-folder.ts";
import { type Analysis, planAnalysis, ROWS_OF_SHARD } from "../simulation/analysis.ts";
import { openSubject, openWithTexts, type Subject, type SubjectSpec } from "../simulation/subject.ts";
import type { Threads } from "../simulation/threads.ts";

const whole = z.number().int().nonnegative();

const viewOf = z.strictObject({
  reading: z.string().optional(),
  sets: z.array(z.string()),
  asOf: z.string().optional(),
  strictAsOf: z.boolean().optional(),
});

const background = z.enum(["central", "prior"]);

/** An analysis over the ensemble; its shards are rows of a table. */
const analysisOf = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("levers"), levers: z.array(z.string()), runs: whole.min(1), background }),
  z.strictObject({ kind: z.literal("tornado"), runs: whole.min(1), background }),
  z.strictObject({ kind: z.literal("drivers"), draws: whole.min(1), reps: whole.min(1) }),
]);

/** What a plan file holds: all that a shard depends on, so that any machine can compute it. */
const planContent = z.strictObject({
  format: z.literal("parley-plan-1"),
  title: z.string(),
  /** Version and hash of the code that made the plan; the same code computes and merges its shards. */
  code: z.string(),
  scenario: z.string(),
  /** The case, or the parameter file, as texts. */
  texts: z.strictObject({ main: z.string(), files: z.record(z.string(), z.string()) }),
  view: viewOf,
  prior: z.boolean(),
  /** Of an analysis instead of the ensemble: a plan that only a queue carries. */
  analysis: analysisOf.optional(),
  seed: whole,
  /** Trajectories, or rows of an analysis. */
  runs: whole.min(1),
  shardSize: whole.min(1),
  shards: whole.min(1),
});
const planFile = planContent.extend({ hash: z.string() });
export type PlanFile = z.output<typeof planFile>;

/** More shards than these no scheduler of jobs takes. */
export const MOST_SHARDS = 100_000;

/** A plan that was opened: its shards, and what they are computed from. */
export interface OpenPlan {
  readonly file: PlanFile;
  readonly plan: Plan;
  readonly spec: SubjectSpec;
  readonly subject: Subject;
}

/**
 * Writes down a run as a plan.
 *
 * @throws ParleyError where the case cannot be simulated, or there would be too many shards
 */
export function makePlan(from: SubjectSpec, seed: number, runs: number, shardSize: number): PlanFile {
  const shards = Math.ceil(runs / shardSize);
  if (shards > MOST_SHARDS) {
    throw ParleyError.of("invalid-option", {
      option: "--shard-size",
      value: String(shardSize),
      expected: `at least ${Math.ceil(runs / MOST_SHARDS)}, so that there are at most ${MOST_SHARDS} shards`,
    });
  }
  const { reading, sets = [], asOf, strictAsOf } = from.view;
  // As the file gives it back: the scenario's hash is over its text.
  const view = viewOf.parse(JSON.parse(JSON.stringify({ reading, sets, asOf, strictAsOf })));
  const { subject, texts } = openWithTexts({ ...from, view });
  const content = planContent.parse({
    format: "parley-plan-1",
    title: subject.title,
    code: codeName(),
    scenario: subject.scenario,
    texts,
    view,
    prior: from.prior,
    seed,
    runs,
    shardSize,
    shards,
  });
  return { ...content, hash: planHash(content) };
}

/** The plan of an analysis over the ensemble of a plan, for workers at a queue. */
export function withAnalysis(ensemble: PlanFile, analysis: Analysis): PlanFile {
  const { subject } = openPlan(ensemble, "the plan");
  const runs = planAnalysis(subject, analysis, ensemble.seed).rows;
  const shardSize = Math.max(ROWS_OF_SHARD[analysis.kind], Math.ceil(runs / MOST_SHARDS));
  const { hash: _, ...rest } = ensemble;
  const content = planContent.parse({ ...rest, analysis, runs, shardSize, shards: Math.ceil(runs / shardSize) });
  return { ...content, hash: planHash(content) };
}

/** A plan as the text of its file. */
export const planText = (plan: PlanFile): string => `${JSON.stringify(plan, null, 2)}\n`;

/** Reads a plan file. @throws ParleyError where it cannot be read, is damaged, or was made by other code */
export function readPlan(path: string): PlanFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw ParleyError.of("file-unreadable", { path, reason: reasonOf(error) });
  }
  const plan = parsePlan(text, path);
  if (plan.analysis !== undefined) throw ParleyError.of("plan-invalid", { path, why: "it is of an analysis" });
  return plan;
}

/** Reads a plan from its text. @throws ParleyError where it is damaged or was made by other code */
export function parsePlan(text: string, path: string): PlanFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw ParleyError.of("plan-invalid", { path, why: "it is no JSON, or cut off" });
  }
  const parsed = planFile.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join(".") || "the whole";
    throw ParleyError.of("plan-invalid", { path, why: `${where} is missing or of another kind` });
  }
  const { hash, ...content } = parsed.data;
  if (planHash(content) !== hash) throw ParleyError.of("plan-invalid", { path, why: "it was changed or damaged" });
  if (content.shards !== Math.ceil(content.runs / content.shardSize) || content.shards > MOST_SHARDS) {
    throw ParleyError.of("plan-invalid", { path, why: "its shards do not make up its runs" });
  }
  if (content.code !== codeName()) {
    throw ParleyError.of("plan-code", { path, code: content.code, own: codeName() });
  }
  return parsed.data;
}

/** Opens what a plan is about. @throws ParleyError where its case cannot be simulated, or is not the one it names */
export function openPlan(file: PlanFile, path: string): OpenPlan {
  const { texts, view, prior, analysis, scenario, seed, runs, shardSize } = file;
  const spec: SubjectSpec = { target: texts.main, texts, view, prior };
  const subject = openSubject(spec);
  if (subject.scenario !== scenario) throw ParleyError.of("plan-invalid", { path, why: "its case is another one" });
  if (analysis === undefined) {
    return { file, plan: planRun({ scenario, version: VERSION, seed, runs, shardSize }), spec, subject };
  }
  // As on one machine, so that what was computed there is found.
  const of = { scenario: hashOf(JSON.stringify([scenario, analysis])), version: VERSION, seed, runs, shardSize };
  return { file, plan: planRun({ ...of, gather: "rows" }), spec, subject };
}

/** A plan as threads compute it. @throws ParleyError where it is damaged, of other code, or cannot be simulated */
export function openOnThreads(text: string, threads: Pick<Threads, "run">): OpenRun {
  const { plan, spec, file } = openPlan(parsePlan(text, "the plan"), "the plan");
  const [{ seed }, { analysis }] = [plan, file];
  return { plan, compute: (shard, signal) => threads.run({ spec, analysis, seed, shard }, signal) };
}

function planHash(content: z.output<typeof planContent>): string {
  return hashOf(JSON.stringify(content));
}
