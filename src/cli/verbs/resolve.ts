import type { Command } from "commander";
import {
  type AskedQuestion,
  askedOf,
  type EntryDraft,
  MODEL_PREFIX,
  questionOf,
  resolutionOf,
  settledQuestions,
  wordOf,
} from "../../assess/index.ts";
import { viewCase } from "../../case/index.ts";
import { nearest, oneLine, ParleyError } from "../../core/problems/index.ts";
import { checkResolution } from "../../record/index.ts";
import { helpWithExamples } from "../help.ts";
import { failWith, type Output, problemsText } from "../output.ts";
import { dayGiven, dayIn, present } from "../record-days.ts";
import { appendTo, openRecord, recordOf, refuseBundled } from "../record-file.ts";
import { openDossier } from "../target.ts";
import { wrap } from "../terminal.ts";

interface ResolveVerbOptions {
  readonly source?: string;
  readonly on?: string;
  readonly because?: string;
  readonly by?: string;
  readonly again?: boolean;
  readonly annul?: boolean;
  readonly record?: string;
}

type Draft = Extract<EntryDraft, { kind: "resolution" }>;

/** `parley resolve CASE QUESTION OUTCOME`: how a question came out, by a source. */
export function addResolve(program: Command, outputOf: (command: Command) => Output): void {
  const command = program
    .command("resolve")
    .argument("<case>", "a case folder, a case.yaml, or with --record also a bundled case")
    .argument("<question>", "a question of the case")
    .argument("[outcome]", "the hypothesis that came true; none with --annul")
    .description("write into the case's record how a question came out, and who says so")
    .option("--source <text>", "who says so: publisher and date, or an address")
    .option("--on <date>", "the day on which it was settled (default: today, UTC)")
    .option("--because <text>", "why it counts so; needed with --annul")
    .option("--by <name>", "who resolves it (default: nobody is named)")
    .option("--annul", "it cannot be settled as it was asked, and counts for nobody")
    .option("--again", "resolve anew what is resolved; the former line stays in the record")
    .option("--record <file>", "the record (default: record.jsonl in the case's folder)")
    .action((target: string, question: string, outcome: string | undefined, options: ResolveVerbOptions) =>
      resolve(target, question, outcome, options, outputOf(command)),
    );
  helpWithExamples(command, [
    'parley resolve my-case/ talks yes --source "Reuters, 2025-05-16"',
    'parley resolve my-case/ relapse --annul --because "no ceasefire" --source me',
  ]);
}

function resolve(
  target: string,
  id: string,
  outcome: string | undefined,
  options: ResolveVerbOptions,
  output: Output,
): void {
  const source = checkWords(outcome, options);
  const now = present();
  const on = dayGiven(options.on, now);
  const place = recordOf(target, options.record);
  refuseBundled(target, place);
  const dossier = openDossier(target);
  const { case: content, problems } = viewCase(dossier);
  if (content === undefined) {
    failWith(output, problems);
    return;
  }
  const known = content.questions[id];
  if (known === undefined) throw unknownQuestion(id, Object.keys(content.questions));
  const asked = askedOf(id, known);
  const draft: Draft = {
    kind: "resolution",
    on,
    by: options.by?.trim() ?? "not named",
    question: asked,
    outcome: outcome ?? null,
    source,
    because: options.because?.trim() ?? null,
    case: dossier.hash,
  };
  checkResolution(questionOf(asked), resolutionOf(draft));
  const { record, problems: faults } = openRecord(place);
  if (faults.some(({ severity }) => severity === "error")) failWith(output, faults);
  const { settled, problems: conflicts } = settledQuestions(content, record);
  const former = settled.get(id);
  const inCase = former?.from === "case";
  if (options.again !== true && former !== undefined) {
    throw ParleyError.of("resolution-there", { question: id, outcome: wordOf(former.resolution) });
  }
  if (inCase && wordOf(former.resolution) !== wordOf(resolutionOf(draft))) {
    const facts = { question: id, one: wordOf(resolutionOf(draft)), other: wordOf(former.resolution) };
    throw ParleyError.of("resolution-two", facts, content.place(["resolutions", id]));
  }
  appendTo(place, [draft], now);
  const counted = record.entries.filter((entry) => entry.kind === "forecast" && entry.question.id === id);
  const late = counted.filter((entry) => entry.on > on).length;
  output.printJson({
    ok: true,
    record: place.file,
    question: id,
    outcome: draft.outcome,
    annulled: draft.outcome === null,
    on,
    source,
    because: draft.because,
    again: former !== undefined,
    forecasts: counted.length,
    late,
    problems: faults,
  });
  output.print(told(asked, draft, { forecasts: counted.length, late, file: place.file }, output));
  const notes = [...faults, ...conflicts.filter(({ severity }) => severity !== "error")];
  if (!output.json && notes.length > 0) output.note(problemsText(notes, output.terminal));
  if (!output.json && options.on === undefined && asked.closes !== null && asked.closes < dayIn(now)) {
    output.note(`The day of the resolution is today; --on names another. Forecasts count until ${asked.closes}.`);
  }
}

function told(
  { text, id }: AskedQuestion,
  { outcome, on, because }: Draft,
  { forecasts, late, file }: { readonly forecasts: number; readonly late: number; readonly file: string },
  { terminal: { style, width } }: Output,
): string {
  const what = outcome === null ? `annulled: ${because}` : outcome;
  const made = forecasts === 1 ? "1 forecast of it is" : `${forecasts} forecasts of it are`;
  const after = late === 0 ? "" : `, ${late} of them dated after ${on}, which do not count`;
  return [
    style.bold(wrap(text, width)),
    wrap(`${id}: ${what} (${on}). ${made} in the record${after}.`, width),
    wrap(`1 line written to ${file}.`, width),
  ].join("\n");
}

/** The source. @throws ParleyError where words are missing, or do not go together. */
function checkWords(outcome: string | undefined, { annul, because, source, by }: ResolveVerbOptions): string {
  const usage = (detail: string, hint: string) => ParleyError.of("usage", { detail, hint });
  if (annul === true && outcome !== undefined) {
    throw usage(`invalid outcome: ${oneLine(outcome)} beside --annul`, "give an outcome, or --annul with --because");
  }
  if (annul !== true && outcome === undefined) {
    throw usage("missing outcome: how did the question come out?", "one of its hypotheses, or --annul with --because");
  }
  if (annul === true && (because ?? "").trim() === "") {
    throw usage(
      "missing --because: why can the question not be settled?",
      'for example --because "no ceasefire began"',
    );
  }
  if (source === undefined || source.trim() === "") {
    throw usage("missing --source: who says so?", 'for example --source "Reuters, 2025-05-16"');
  }
  for (const [option, value] of [
    ["--source", source],
    ["--because", because ?? ""],
    ["--by", by ?? ""],
  ] as const) {
    if (value === oneLine(value) && value.length <= 2_000) continue;
    const expected = "text in one line, at most 2000 characters";
    throw ParleyError.of("invalid-option", { option, value, expected });
  }
  if (by?.toLowerCase().startsWith(MODEL_PREFIX) === true || by?.trim() === "") {
    throw ParleyError.of("invalid-option", { option: "--by", value: by, expected: "a person's name" });
  }
  return source.trim();
}

function unknownQuestion(value: string, known: readonly string[]): ParleyError {
  const told = known.length === 0 ? "the case has no questions" : `its questions: ${known.join(", ")}`;
  return ParleyError.of("unknown-reference", { kind: "question", value, near: nearest(value, known), known: told });
}
