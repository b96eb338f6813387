import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { filesInFolder, reasonOf } from "../case/folder.ts";
import { type Dossier, readDossier } from "../case/index.ts";
import { type CalendarDate, parseDate } from "../core/dates/index.ts";
import { nearest, oneLine, ParleyError, type Problem, problem } from "../core/problems/index.ts";
import { digestOf, draftsOf } from "../formats/drafts.ts";
import { addToCase, namesOf, sourceOf } from "../formats/into-case.ts";
import { newCase, partiesOf } from "../formats/new-case.ts";
import { MAX_TEXT_BYTES, readSource } from "../formats/texts/text.ts";
import type { KnownParty, Reading, SourceText } from "../reader/index.ts";
import { readText } from "../reader/index.ts";
import { type Output, problemsText } from "./output.ts";
import { renderReading } from "./render/reading.ts";
import { saveAll } from "./save.ts";
import { isBundled } from "./target.ts";

/** Options of `parley read`. */
export interface ReadVerbOptions {
  readonly into?: string;
  readonly date?: string;
  readonly title?: string;
  readonly by?: string;
  readonly keepText?: boolean;
  readonly again?: boolean;
  readonly hindsight?: string;
}

/** Reads a text, and prints or writes what it drafts from it. */
export async function read(target: string, options: ReadVerbOptions, output: Output): Promise<void> {
  const date = dateOf(options);
  const into = options.into === undefined ? undefined : caseAt(options.into);
  const source = titled(await readSource(bytesOf(target), target === "-" ? "" : target), options);
  const parties = into?.dossier === undefined ? [] : namesOf(into.dossier).parties;
  const reading = readText(source, { date, parties });
  const title = reading.title ?? fileTitle(target);
  const warnings = warningsOf(reading);
  const written = into === undefined ? undefined : write({ into, source, reading, parties, title, options });
  output.printJson({
    ok: true,
    document: {
      title: reading.title ?? null,
      by: reading.by ?? null,
      published: reading.published?.text ?? null,
      paragraphs: reading.paragraphs,
      sentences: reading.sentences,
      english: reading.english,
    },
    actors: reading.actors,
    candidates: reading.candidates,
    ...(written === undefined ? {} : { into: written }),
    warnings,
  });
  if (output.json) return;
  if (warnings.length > 0) output.note(problemsText(warnings, output.terminal));
  if (written !== undefined) output.print(summaryOf(written));
  else if (process.stdout.isTTY === true) output.print(renderReading(reading, title, output.terminal, hintFor(target)));
  else process.stdout.write(caseText(source, reading, title, options));
}

function dateOf({ date }: ReadVerbOptions): CalendarDate | undefined {
  if (date === undefined) return undefined;
  const parsed = parseDate(date);
  if (parsed !== undefined) return parsed;
  throw ParleyError.of("invalid-option", {
    option: "--date",
    value: date,
    expected: "an ISO 8601 date such as 2024-11-28 or 2024-11",
  });
}

/** The bytes of a text. @throws ParleyError where there is no such file, or it is no file of at most 20 MB. */
function bytesOf(target: string): Uint8Array {
  if (target === "-") return contentOf(0, "standard input");
  const stat = statSync(target, { throwIfNoEntry: false });
  if (stat === undefined) throw ParleyError.of("text-not-found", { path: target, near: neighbour(target) });
  if (stat.isDirectory()) throw ParleyError.of("file-unreadable", { path: target, reason: "it is a folder" });
  // A file that is too large is not read before that is said.
  if (stat.size > MAX_TEXT_BYTES)
    throw ParleyError.of("text-unreadable", { why: `${(stat.size / 1e6).toFixed(1)} MB is too large` });
  return contentOf(target, target);
}

function contentOf(file: string | number, path: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw ParleyError.of("file-unreadable", { path, reason: reasonOf(error) });
  }
}

function neighbour(path: string): string | undefined {
  try {
    const near = nearest(basename(path), readdirSync(dirname(path)));
    return near === undefined ? undefined : join(dirname(path), near);
  } catch {
    return undefined;
  }
}

function titled(source: SourceText, { title, by }: ReadVerbOptions): SourceText {
  return { ...source, title: title ?? source.title, by: by ?? source.by };
}

/** A title from the name of a file: `gulf-notebook_3.txt` gives `gulf notebook 3`. */
function fileTitle(target: string): string {
  if (target === "-") return "A text from standard input";
  const words = oneLine(basename(target, extname(target)))
    .replaceAll(/[-_.\s]+/g, " ")
    .trim();
  return words === "" ? "A text" : words;
}

function warningsOf(reading: Reading): Problem[] {
  const open = reading.candidates.some(({ dates }) => dates.some(({ date }) => date === null));
  return [
    ...(reading.english ? [] : [problem("text-not-english", undefined)]),
    ...(reading.published === undefined ? [problem(open ? "text-undated" : "text-without-date", undefined)] : []),
    ...(reading.candidates.length === 0 ? [problem("no-candidates", undefined)] : []),
  ];
}

function hintFor(target: string): string {
  const text = target === "-" ? "-" : oneLine(target);
  return `For each sentence that is a claim: parley read ${text} > my-case/case.yaml starts a case with these as drafts, --into my-case/ adds them to one.`;
}

/** A case that drafts are added to: its folder or file, and what it holds; `dossier` is undefined where it is to be made. */
interface Target {
  readonly path: string;
  /** The main file of the case. */
  readonly main: string;
  readonly dossier: Dossier | undefined;
}

/** @throws ParleyError where the case cannot be read, or is one that ships with Parley. */
function caseAt(path: string): Target {
  if (path === "-")
    throw ParleyError.of("invalid-option", { option: "--into", value: path, expected: "a case folder or a case.yaml" });
  if (isBundled(path)) throw ParleyError.of("bundled-case", { name: path });
  const isFile = /\.ya?ml$/i.test(path);
  const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? !isFile;
  const main = folder ? join(path, "case.yaml") : path;
  if (!existsSync(main) && (folder || isFile)) return { path, main, dossier: undefined };
  const { dossier, problems } = readDossier(filesInFolder(path));
  const broken = problems.filter(({ severity }) => severity === "error");
  if (dossier === undefined || broken.length > 0) throw new ParleyError(broken);
  return { path, main, dossier };
}

/** What was written where. */
interface Written {
  readonly case: string;
  readonly created: boolean;
  readonly source: string;
  readonly claims: readonly string[];
  readonly files: readonly string[];
}

interface Job {
  readonly into: Target;
  readonly source: SourceText;
  readonly reading: Reading;
  readonly parties: readonly KnownParty[];
  readonly title: string;
  readonly options: ReadVerbOptions;
}

function write({ into, source, reading, parties, title, options }: Job): Written {
  const { path, main, dossier } = into;
  if (dossier === undefined) {
    const drafts = newDrafts(source, reading, title, options);
    saveAll(new Map([[main, newCase(reading, drafts, title)]]));
    return { case: path, created: true, source: drafts.source, claims: Object.keys(drafts.claims), files: [main] };
  }
  const files = filesInFolder(path);
  const digest = digestOf(source);
  const there = sourceOf(dossier, digest, reading.title, reading.by);
  if (there !== undefined && options.again !== true) throw ParleyError.of("source-there", { source: there.id });
  const existing = there?.same === true ? there.id : undefined;
  const { sources, claims } = namesOf(dossier);
  const drafts = draftsOf(reading, {
    title,
    sources,
    claims,
    existing,
    parties: new Set(parties.map(({ id }) => id)),
    keepText: options.keepText === true,
    hindsight: options.hindsight,
    digest,
  });
  const changed = addToCase(files, dossier, drafts, existing === undefined);
  saveAll(new Map([...changed].map(([name, text]) => [files.label(name), text])));
  return {
    case: path,
    created: false,
    source: drafts.source,
    claims: Object.keys(drafts.claims),
    files: [...changed.keys()].map((name) => files.label(name)),
  };
}

function newDrafts(source: SourceText, reading: Reading, title: string, { keepText, hindsight }: ReadVerbOptions) {
  return draftsOf(reading, {
    title,
    parties: partiesOf(reading),
    keepText: keepText === true,
    hindsight,
    digest: digestOf(source),
  });
}

function caseText(source: SourceText, reading: Reading, title: string, options: ReadVerbOptions): string {
  return newCase(reading, newDrafts(source, reading, title, options), title);
}

function summaryOf({ case: path, created, source, claims, files }: Written): string {
  const drafts = `${claims.length} draft${claims.length === 1 ? "" : "s"} from ${source}`;
  const where = created ? `made a new case, ${oneLine(files[0] ?? path)}` : `added to ${files.map(oneLine).join(", ")}`;
  return `${drafts}: ${where}\nDrafts weigh nothing until you change their status. Next: parley check ${oneLine(path)}`;
}
