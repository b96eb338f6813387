import type { Command } from "commander";
import {
  type AskedQuestion,
  askedOf,
  assess,
  closedOn,
  type EntryDraft,
  type ForecastEntry,
  forecastOf,
  isDatedBack,
  MODEL_PREFIX,
  modelForecasts,
  questionOf,
  type RecordFile,
  settledQuestions,
} from "../../assess/index.ts";
import { type Case, type Dossier, viewCase } from "../../case/index.ts";
import { parseDate } from "../../core/dates/index.ts";
import { nearest, oneLine, ParleyError, type Problem, problem } from "../../core/problems/index.ts";
import { checkForecast } from "../../record/index.ts";
import { helpWithExamples } from "../help.ts";
import { cacheFolder, memoInFolder } from "../memo-folder.ts";
import { failWith, type Output, problemsText } from "../output.ts";
import { dayGiven, present } from "../record-days.ts";
import { appendTo, openRecord, recordOf, refuseBundled } from "../record-file.ts";
import { renderForecasts } from "../render/forecast.ts";
import { readSays } from "../says.ts";
import { openDossier } from "../target.ts";
import { seedOf, withSeed } from "../view-options.ts";

interface ForecastVerbOptions {
  readonly by?: string;
  readonly says?: string;
  readonly because?: string;
  readonly question?: string;
  readonly reading?: string;
  readonly seed?: string;
  readonly on?: string;
  readonly record?: string;
  readonly dryRun?: boolean;
}

type Draft = Extract<EntryDraft, { kind: "forecast" }>;

/** A question that can be forecast no more, and since when. */
export interface Closed {
  readonly question: string;
  readonly what: string;
  readonly end: string;
}

/** `parley forecast CASE`: today's answers, written down before they are known. */
export function addForecast(program: Command, outputOf: (command: Command) => Output): void {
  const command = withSeed(
    program
      .command("forecast")
      .argument("<case>", "a case folder, a case.yaml, or with --record also a bundled case")
      .description("write today's answers into the case's record: those of its models, or your own with --by")
      .option("--question <id>", "one question of the case (default: every open one)")
      .option("--by <name>", "your own forecast, beside --says")
      .option("--says <list>", "its probabilities: yes=0.3, or a=20%,b=50%,c=30%")
      .option("--because <text>", "its reason")
      .option("--reading <name>", "the models' answers under a reading (default: the case as coded)")
      .option("--on <date>", "date it back; never counts as skill (default: today, UTC)")
      .option("--record <file>", "the record (default: record.jsonl in the case's folder)")
      .option("--dry-run", "show what would be written, and write nothing"),
  ).action((target: string, options: ForecastVerbOptions) => forecast(target, options, outputOf(command)));
  helpWithExamples(command, [
    "parley forecast my-case/",
    'parley forecast my-case/ --by "A. Analyst" --question talks --says yes=0.3',
    "parley forecast ukraine-2024 --record mine.jsonl --dry-run",
  ]);
}

function forecast(target: string, options: ForecastVerbOptions, output: Output): void {
  checkWords(options);
  const now = present();
  const on = dayGiven(options.on, now);
  const seed = seedOf(options);
  const place = recordOf(target, options.record);
  if (options.dryRun !== true) refuseBundled(target, place);
  const dossier = openDossier(target);
  const content = caseOf(dossier, options.reading, output);
  const { record, problems: faults } = openRecord(place);
  if (faults.some(({ severity }) => severity === "error")) failWith(output, faults);
  const { settled, problems: conflicts } = settledQuestions(content, record);
  if (conflicts.some(({ severity }) => severity === "error")) failWith(output, conflicts);

  const asked = askedQuestions(content, options.question);
  const closed: Closed[] = [];
  const open = asked.filter((question) => {
    const end = closedOn(question, settled.get(question.id), on);
    if (end !== undefined) closed.push({ question: question.id, ...end });
    return end === undefined;
  });
  const base = { on, hash: dossier.hash };
  const made =
    options.by === undefined
      ? ofModels(dossier, content, open, { ...base, seed, reading: options.reading }, output)
      : ofPerson(open, { ...base, by: options.by, says: options.says ?? "", because: options.because });
  if (made.length === 0) {
    const told = closed.map((each) => problem("question-closed", each));
    failWith(output, [...told, problem("nothing-to-forecast", { detail: whyNone(asked, open) })]);
  }
  const drafts = made.filter((draft) => !isThere(record, draft));
  const isDry = options.dryRun === true;
  if (!isDry && drafts.length > 0) appendTo(place, drafts, now);
  const datedBack = isDatedBack({ on, written: now.toISOString() });
  const notes: Problem[] = [
    ...faults,
    ...conflicts,
    ...closed.map((each) => problem("question-closed", each)),
    ...(datedBack ? [problem("record-backdated", { on, written: now.toISOString().slice(0, 10) })] : []),
  ];
  output.printJson({
    ok: true,
    record: place.file,
    wrote: isDry ? 0 : drafts.length,
    there: made.length - drafts.length,
    dryRun: isDry,
    on,
    datedBack,
    case: { title: content.title, hash: dossier.hash },
    forecasts: made.map(({ question, by, says }) => ({ question: question.id, text: question.text, by, says })),
    closed,
    problems: notes,
  });
  output.print(
    renderForecasts(
      { title: content.title, place: place.file, on, hash: dossier.hash, made, wrote: drafts.length, isDry },
      output.terminal,
    ),
  );
  if (!output.json && notes.length > 0) output.note(problemsText(notes, output.terminal));
}

/** @throws ParleyError where options do not go together. */
function checkWords({ by, says, because, reading }: ForecastVerbOptions): void {
  const alone = (detail: string, hint: string) => ParleyError.of("usage", { detail, hint });
  const example = 'for example --by "A. Analyst" --says yes=0.3';
  if (says !== undefined && by === undefined) throw alone("missing --by: whose forecast is it?", example);
  if (because !== undefined && by === undefined) throw alone("missing --by: --because is a person's reason", example);
  if (by === undefined) return;
  if (says === undefined) throw alone("missing --says: what is the forecast?", example);
  if (reading !== undefined) throw alone("invalid --reading: it is for the models' answers, not beside --by", example);
  if (by.toLowerCase().startsWith(MODEL_PREFIX)) {
    const expected = `a name that does not begin with ${MODEL_PREFIX}, which the models' do`;
    throw ParleyError.of("invalid-option", { option: "--by", value: by, expected });
  }
  if (by.trim() === "" || by !== oneLine(by) || by.length > 100) {
    throw ParleyError.of("invalid-option", { option: "--by", value: by, expected: "a name of at most 100 characters" });
  }
}

/** The questions that are meant. @throws ParleyError where the case does not have the one that is named. */
export function askedQuestions({ questions }: Case, id: string | undefined): AskedQuestion[] {
  const known = Object.keys(questions);
  if (id !== undefined && !known.includes(id)) {
    throw ParleyError.of("unknown-reference", {
      kind: "question",
      value: id,
      near: nearest(id, known),
      known: known.length === 0 ? "the case has no questions" : `its questions: ${known.join(", ")}`,
    });
  }
  return Object.entries(questions).flatMap(([name, question]) =>
    id === undefined || name === id ? [askedOf(name, question)] : [],
  );
}

function caseOf(dossier: Dossier, reading: string | undefined, output: Output): Case {
  const { case: content, problems } = viewCase(dossier, { reading });
  return content ?? failWith(output, problems);
}

interface Base {
  readonly on: string;
  readonly hash: string;
}

function ofModels(
  dossier: Dossier,
  content: Case,
  open: readonly AskedQuestion[],
  { on, hash, seed, reading }: Base & { readonly seed: number; readonly reading: string | undefined },
  output: Output,
): Draft[] {
  if (open.length === 0) return [];
  // Of a day before the case's own, only what was known then may speak.
  const asOf = content.asOf !== undefined && (parseDate(on)?.first ?? 0) < content.asOf.last ? on : undefined;
  const memo = memoInFolder(cacheFolder("assess"));
  const { assessment, problems } = assess(dossier, { reading, asOf }, { seed, memo, estimatesOnly: true });
  if (assessment === undefined) return failWith(output, problems);
  return modelForecasts(assessment).flatMap(({ question, by, says }): Draft[] => {
    const asked = open.find(({ id }) => id === question);
    if (asked === undefined) return [];
    return [
      { kind: "forecast", on, by, question: asked, says, case: hash, reading: reading ?? null, seed, because: null },
    ];
  });
}

function ofPerson(
  open: readonly AskedQuestion[],
  { on, hash, by, says, because }: Base & { by: string; says: string; because: string | undefined },
): Draft[] {
  const [asked, another] = open;
  if (asked === undefined) return [];
  if (another !== undefined) {
    const detail = "missing --question: the case asks several";
    throw ParleyError.of("usage", { detail, hint: `--question ${open.map(({ id }) => id).join(" | ")}` });
  }
  const draft: Draft = {
    kind: "forecast",
    on,
    by: by.trim(),
    question: asked,
    says: readSays(says, asked.id, asked.hypotheses),
    case: hash,
    reading: null,
    seed: null,
    because: because ?? null,
  };
  checkForecast(questionOf(asked), forecastOf(draft));
  return [draft];
}

function whyNone(asked: readonly AskedQuestion[], open: readonly AskedQuestion[]): string {
  if (asked.length === 0) return "the case asks none";
  if (open.length === 0) return "none that was asked for is open";
  return "no model of the case answers one: they need a prior, a reference class, or an event of the simulation";
}

/** Whether what the forecaster said last of the question, by that day, is the very same already. */
function isThere({ entries }: RecordFile, draft: Draft): boolean {
  const last = entries.findLast(
    (entry): entry is typeof entry & ForecastEntry =>
      entry.kind === "forecast" &&
      entry.by === draft.by &&
      entry.question.id === draft.question.id &&
      entry.on === draft.on,
  );
  return (
    last !== undefined &&
    last.case === draft.case &&
    last.because === draft.because &&
    draft.question.hypotheses.every((name) => last.says[name] === draft.says[name])
  );
}
