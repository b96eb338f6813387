import { createHash } from "node:crypto";
import { assess, bindDynamics, compareVersions } from "../../assess/index.ts";
import { filesInMemory, readDossier, viewCase } from "../../case/index.ts";
import { ParleyError, type Problem, problem } from "../../core/problems/index.ts";
import type { Outcome, Task, Texts } from "./task.ts";

/** A worker thread's task; it never throws, but where the thread itself fails. */
export default async function compute(task: Task): Promise<Outcome> {
  try {
    const made = task.kind === "tool" ? await toolDocument(task) : documentOf(task);
    if (typeof made !== "string") return { ok: false, problems: made };
    return { ok: true, document: made, hash: createHash("sha256").update(made).digest("hex") };
  } catch (error) {
    if (error instanceof ParleyError) return { ok: false, problems: error.problems };
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, problems: [problem("compute-failed", { detail })] };
  }
}

/** The tools are loaded where they are asked for: most tasks need none. */
async function toolDocument(task: Extract<Task, { kind: "tool" }>): Promise<string> {
  const { answerTool } = await import("./tools.ts");
  return JSON.stringify(await answerTool(task));
}

function documentOf(task: Exclude<Task, { kind: "tool" }>): string | readonly Problem[] {
  if (task.kind === "diff") {
    const { from, to, view, seed } = task;
    return JSON.stringify(compareVersions(filesOf(from), filesOf(to), view, seed));
  }
  const { dossier, problems } = readDossier(filesOf(task.texts));
  if (dossier === undefined || problems.some(({ severity }) => severity === "error")) return problems;
  if (task.kind === "assess") {
    const { assessment, problems: faults } = assess(dossier, task.view, { seed: task.seed });
    return assessment === undefined ? faults : `${JSON.stringify(assessment, null, 2)}\n`;
  }
  const { case: content, problems: faults } = viewCase(dossier, task.view);
  if (content === undefined) return faults;
  const bound = bindDynamics(content);
  if (bound.inputs !== undefined) return "";
  if (bound.problems.length > 0) return bound.problems;
  return [problem("not-simulable", { why: bound.doesNotApply ?? "" })];
}

const filesOf = ({ main, files }: Texts) => filesInMemory(files, main);
