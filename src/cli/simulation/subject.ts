import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { bindDynamics, type DynamicsInputs } from "../../assess/index.ts";
import { reasonOf } from "../../case/folder.ts";
import { type Case, type View, viewCase } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import type { EnsembleInput, UncertainParameter } from "../../dynamics/index.ts";
import { readParameterFile } from "../../formats/par.ts";
import { hashOf } from "../../runs/index.ts";
import { openDossier } from "../target.ts";

/** What is to be simulated, in words that another thread can read. */
export interface SubjectSpec {
  readonly target: string;
  readonly view: View;
  /** Whether uncertain parameters are drawn anew for each trajectory. */
  readonly prior: boolean;
}

/** What is simulated, ready to run. */
export interface Subject {
  readonly title: string;
  /** Day of the case, as a day number; months are counted from it. */
  readonly asOf: number | undefined;
  readonly asOfText: string | null;
  readonly reading: string | null;
  /** Names of side A and side B. */
  readonly sideNames: readonly [string, string];
  readonly packageNames: readonly string[];
  readonly input: EnsembleInput;
  /** Every uncertain parameter, also where the ensemble runs at central values. */
  readonly uncertain: readonly UncertainParameter[];
  /** The case under the view; undefined for a parameter file. */
  readonly content: Case | undefined;
  /** How the case was bound; undefined for a parameter file. */
  readonly bound: DynamicsInputs | undefined;
  /** Hash of all that the result depends on besides the seed. */
  readonly scenario: string;
  readonly caseHash: string | undefined;
  readonly problems: readonly Problem[];
}

/** Whether a target is a parameter file of the reference engine. */
export const isParameterFile = (target: string): boolean => target.toLowerCase().endsWith(".par");

/**
 * Opens what a target means: a case, or a parameter file of the reference engine.
 *
 * @throws ParleyError where it cannot be read, has errors, or is no war of two sides
 */
export function openSubject(spec: SubjectSpec): Subject {
  return isParameterFile(spec.target) ? openParameters(spec) : openCase(spec);
}

function openParameters({ target, view, prior }: SubjectSpec): Subject {
  let text: string;
  try {
    text = readFileSync(target, "utf8");
  } catch (error) {
    throw ParleyError.of("file-unreadable", { path: target, reason: reasonOf(error) });
  }
  const { parameters, problems } = readParameterFile(text, target, view.sets ?? []);
  if (parameters === undefined) throw new ParleyError(problems);
  const { layout, vector } = parameters;
  return {
    title: basename(target),
    asOf: undefined,
    asOfText: null,
    reading: null,
    sideNames: ["side 1", "side 2"],
    packageNames: ["package 0", "package 1", "package 2"],
    input: { layout, vector, uncertain: prior ? parameters.uncertain : [] },
    uncertain: parameters.uncertain,
    content: undefined,
    bound: undefined,
    scenario: hashOf(JSON.stringify(["par", text, view.sets ?? [], prior])),
    caseHash: undefined,
    problems,
  };
}

function openCase({ target, view, prior }: SubjectSpec): Subject {
  const dossier = openDossier(target);
  const { case: content, problems } = viewCase(dossier, view);
  if (content === undefined) throw new ParleyError(problems);
  const binding = bindDynamics(content);
  const { inputs } = binding;
  if (inputs === undefined) {
    if (binding.problems.length > 0) throw new ParleyError(binding.problems);
    throw ParleyError.of("usage", {
      detail: `the simulation does not apply: ${binding.doesNotApply ?? ""}`,
      hint: "parley schema describes the section war; ukraine-2024 shows it",
    });
  }
  const { layout, vector, uncertain } = inputs;
  return {
    title: content.title,
    asOf: content.asOf?.last,
    asOfText: content.asOf?.text ?? null,
    reading: content.reading ?? null,
    sideNames: inputs.sideNames,
    packageNames: inputs.packages.map(({ name }) => name),
    input: { layout, vector, uncertain: prior ? uncertain : [] },
    uncertain,
    content,
    bound: inputs,
    scenario: hashOf(JSON.stringify(["case", content.hash, view, prior])),
    caseHash: content.hash,
    problems: [...problems, ...binding.problems],
  };
}
