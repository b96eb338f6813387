import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { bindDynamics, type DynamicsInputs } from "../../assess/index.ts";
import { reasonOf } from "../../case/folder.ts";
import { type Case, filesInMemory, type View, viewCase } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import type { EnsembleInput, UncertainParameter } from "../../dynamics/index.ts";
import { readParameterFile } from "../../formats/par.ts";
import { hashOf } from "../../runs/index.ts";
import { filesOf, openDossier, openFiles } from "../target.ts";

/** The texts of a case, or of a parameter file, where no disk is at hand. */
export interface SubjectTexts {
  /** The name of the main file, as messages have it. */
  readonly main: string;
  readonly files: Readonly<Record<string, string>>;
}

/** What is to be simulated, in words that another thread or machine can read. */
export interface SubjectSpec {
  readonly target: string;
  /** Its texts; read from the target unless given. */
  readonly texts?: SubjectTexts | undefined;
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

/** A subject with the texts that it was read from, so that any machine can open it. */
export function openWithTexts(spec: SubjectSpec): { readonly subject: Subject; readonly texts: SubjectTexts } {
  if (isParameterFile(spec.target)) {
    const main = basename(spec.target);
    const texts = { main, files: { [main]: parameterText(spec) } };
    return { subject: openSubject({ ...spec, texts }), texts };
  }
  const source = spec.texts === undefined ? filesOf(spec.target) : filesInMemory(spec.texts.files, spec.texts.main);
  const files: Record<string, string> = {};
  const read = (path: string) => {
    const bytes = source.read(path);
    files[path] = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return bytes;
  };
  openFiles({ ...source, read });
  const texts = { main: source.main, files };
  return { subject: openSubject({ ...spec, texts }), texts };
}

function parameterText({ target, texts }: SubjectSpec): string {
  if (texts !== undefined) return texts.files[texts.main] ?? "";
  try {
    return readFileSync(target, "utf8");
  } catch (error) {
    throw ParleyError.of("file-unreadable", { path: target, reason: reasonOf(error) });
  }
}

function openParameters(spec: SubjectSpec): Subject {
  const { target, view, prior } = spec;
  const text = parameterText(spec);
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

function openCase({ target, texts, view, prior }: SubjectSpec): Subject {
  const dossier = texts === undefined ? openDossier(target) : openFiles(filesInMemory(texts.files, texts.main));
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
