import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { assess, compileEvidence } from "../../assess/index.ts";
import { reasonOf } from "../../case/folder.ts";
import type { Case } from "../../case/index.ts";
import { viewCase } from "../../case/index.ts";
import { nearest, ParleyError } from "../../core/problems/index.ts";
import { weighEvidence } from "../../evidence/index.ts";
import { toArgdown } from "../../formats/argdown.ts";
import { helpWithExamples } from "../help.ts";
import { failWith, type Output } from "../output.ts";
import { renderAch, renderEvidence } from "../render/evidence.ts";
import { openDossier } from "../target.ts";
import { seedOf, type ViewOptions, viewsOf, withSeed, withViewOptions } from "../view-options.ts";

interface EvidenceVerbOptions extends ViewOptions {
  readonly question?: string;
  readonly ach?: boolean;
  readonly argdown?: string;
}

/** `parley evidence CASE`: drivers, obstacles, posterior, what it rests on. */
export function addEvidence(program: Command, outputOf: (command: Command) => Output): void {
  const command = withSeed(
    withViewOptions(
      program
        .command("evidence")
        .argument("<case>", "a case folder, a case.yaml, a .parley.zip, a bundled case, or - for standard input")
        .description("weigh the evidence: from prior to posterior in decibans, what it rests on, what would flip it")
        .option("--question <id>", "one question of the case (default: all)")
        .option("--ach", "show the matrix of competing hypotheses")
        .option("--argdown <file>", "write the argument map in Argdown syntax"),
      { runsAll: true },
    ),
  ).action((target: string, options: EvidenceVerbOptions) => evidence(target, options, outputOf(command)));
  helpWithExamples(command, [
    "parley evidence ukraine-2024",
    "parley evidence my-case/ --question talks-2025 --reading all",
    "parley evidence case.yaml --json",
  ]);
}

function evidence(target: string, options: EvidenceVerbOptions, output: Output): void {
  const dossier = openDossier(target);
  const seed = seedOf(options);
  const views = viewsOf(dossier, options);
  const results = views.map((view) => {
    const { case: content, problems } = viewCase(dossier, view);
    if (content === undefined) return failWith(output, problems);
    return { content, view };
  });
  const [main] = results;
  if (main === undefined) return;
  checkQuestion(main.content, options.question);
  if (options.argdown !== undefined) writeArgdown(main.content, options.argdown, output);
  if (output.json) {
    const all = results.map(({ content }) => contractOf(content, options.question, seed));
    const [only] = all;
    output.printJson(options.reading === "all" ? { ...only, readings: all } : only);
    return;
  }
  for (const { view } of results) {
    const { assessment, problems } = assess(dossier, view, { seed, evidenceOnly: true });
    if (assessment === undefined) failWith(output, problems);
    const questions = assessment.questions.filter(
      ({ id }) => options.question === undefined || id === options.question,
    );
    output.print(
      options.ach
        ? renderAch(assessment, questions, output.terminal)
        : renderEvidence(assessment, questions, output.terminal),
    );
  }
}

function checkQuestion(content: Case, question: string | undefined): void {
  if (question === undefined || content.questions[question] !== undefined) return;
  const known = Object.keys(content.questions);
  throw ParleyError.of("unknown-reference", {
    kind: "question",
    value: question,
    near: nearest(question, known),
    known: known.length === 0 ? "the case has no questions" : `its questions: ${known.join(", ")}`,
  });
}

/** The contract of `parley evidence --json` (ARCHITECTURE.md section 5), with more fields beside it. */
function contractOf(content: Case, question: string | undefined, seed: number) {
  const inputs = compileEvidence(content);
  const draws = content.settings.draws ?? 10_000;
  const chosen = inputs.questions.filter(({ id }) => question === undefined || id === question);
  const result = weighEvidence(chosen, { draws, seed });
  return {
    reading: content.reading ?? null,
    method: result.method,
    draws,
    seed,
    questions: result.questions.map((each) => ({
      ...each,
      claims: each.claims.map((claim) => ({
        ...claim,
        verdict: inputs.tests.get(claim.id)?.verdict ?? null,
        credenceFrom: inputs.credences.get(claim.id)?.from ?? null,
        strength: inputs.credences.get(claim.id)?.strength ?? null,
      })),
    })),
  };
}

function writeArgdown(content: Case, file: string, output: Output): void {
  try {
    writeFileSync(file, toArgdown(content));
  } catch (error) {
    throw ParleyError.of("write-failed", { path: file, reason: reasonOf(error) });
  }
  output.note(`wrote ${file}`);
}
