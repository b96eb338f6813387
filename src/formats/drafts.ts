import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { Document, visit } from "yaml";
import type { Candidate, Reading, SourceText } from "../reader/index.ts";
import { identifierOf } from "../reader/index.ts";

/** An entry of a case as it will be written. */
export type Entry = Readonly<Record<string, unknown>>;

/** What a text becomes in a case: a source, and its sentences as drafts of claims. */
export interface Drafts {
  readonly source: string;
  readonly sourceEntry: Entry;
  readonly claims: Readonly<Record<string, Entry>>;
}

export interface DraftOptions {
  /** A title where the text has none. */
  readonly title: string;
  /** Names in use, which no new source or claim may take. */
  readonly sources?: ReadonlySet<string>;
  readonly claims?: ReadonlySet<string>;
  /** A source that is already there and is to be cited again. */
  readonly existing?: string | undefined;
  /** Parties that may be named; all that were found unless given. */
  readonly parties: ReadonlySet<string>;
  /** Whether a draft holds the sentence itself. */
  readonly keepText?: boolean;
  readonly hindsight?: string | undefined;
  /** The digest of the text: {@link digestOf}. */
  readonly digest: string;
}

/** Longest text of a claim. */
const LONGEST = 20_000;

/** A digest of a text's words, by which a case knows that it was read before; the text itself is not kept. */
export function digestOf({ blocks }: SourceText): string {
  return bytesToHex(
    sha256(utf8ToBytes(blocks.map(({ text }) => text.replaceAll(/\s+/g, " ").trim()).join("\n"))),
  ).slice(0, 16);
}

/** What the note of a source says of the text that was read. */
export const digestNote = (digest: string): string => `Read by parley read; SHA-256 of its text begins ${digest}.`;

/**
 * Drafts of claims for a case, with a source for them to cite. Each says where its sentence stands, what it seems to
 * do and why, and is of status draft: it enters no computation until a person changes that.
 *
 * The sentence itself is left out unless asked for: the draft's text is a skeleton of what was found, in Parley's words.
 */
export function draftsOf(reading: Reading, options: DraftOptions): Drafts {
  const { sources = new Set(), claims: taken = new Set(), existing, hindsight, digest } = options;
  const source = existing ?? unused(sourceName(reading, options.title), sources);
  const sourceEntry = defined({
    title: (reading.title ?? options.title).slice(0, 500),
    by: reading.by,
    publisher: reading.publisher,
    published: reading.published?.text,
    url: reading.url,
    paragraphs: Math.min(100_000, Math.max(1, reading.paragraphs)),
    hindsight,
    note: digestNote(digest),
  });
  const used = new Set(taken);
  const claims: Record<string, Entry> = {};
  for (const candidate of reading.candidates) {
    const id = unused(`${source}-${candidate.paragraph}-${candidate.sentence}`, used);
    used.add(id);
    const about = candidate.parties.filter((party) => options.parties.has(party));
    claims[id] = defined({
      text: options.keepText === true ? cut(candidate.sentenceText) : skeleton(candidate),
      kind: candidate.kind,
      source: `${source}#${candidate.paragraph}`,
      about: about.length > 0 ? about : undefined,
      status: "draft",
      note: noteOf(candidate),
    });
  }
  return { source, sourceEntry, claims };
}

/** An author's last name, or the first words of the title, with the year. */
function sourceName({ by, title, publisher, published }: Reading, otherwise: string): string {
  const author = by
    ?.split(/,| and | & |;/)[0]
    ?.trim()
    .split(/\s+/)
    .at(-1);
  const words = (title ?? publisher ?? otherwise).split(/\s+/).slice(0, 3).join(" ");
  const base = identifierOf(author ?? "") || identifierOf(words) || "source";
  const year = published?.text.slice(0, 4);
  return year === undefined ? base : `${base}-${year}`;
}

function unused(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let count = 2; ; count += 1) if (!taken.has(`${name}-${count}`)) return `${name}-${count}`;
}

/** What was found in a sentence, in Parley's words: `Fact, to be put in your own words: Ukraine; over 235 billion USD.` */
function skeleton({ kind, paragraph, sentence, actors, quantities, dates }: Candidate): string {
  const parts = [
    actors.join(", "),
    ...quantities.map(({ comparator, notation }) =>
      comparator === undefined ? notation : `${comparator} ${notation}`,
    ),
    ...dates.map(({ relation, date, text, until }) => {
      const when = `${date ?? text}${until === undefined ? "" : ` to ${until}`}`;
      return relation === undefined ? when : `${relation} ${when}`;
    }),
  ].filter((part) => part !== "");
  const found = parts.length > 0 ? parts.join("; ") : `paragraph ${paragraph}, sentence ${sentence}`;
  return cut(`${kind.charAt(0).toUpperCase()}${kind.slice(1)}, to be put in your own words: ${found}.`);
}

function noteOf({ sentence, kind, otherKinds, direction, cues, speaker }: Candidate): string {
  const quote = (words: readonly string[]) =>
    words
      .slice(0, 6)
      .map((word) => `"${word}"`)
      .join(", ");
  const because = cues.kind.length > 0 ? ` for ${quote(cues.kind)}` : "";
  const leaning = direction === "neither" ? "" : `; leans to ${direction} for ${quote(cues[direction])}`;
  const others = otherKinds.length > 0 ? `; perhaps also ${otherKinds.join(", ")}` : "";
  const said = speaker === undefined ? "" : `; said by: ${speaker}`;
  return cut(`Sentence ${sentence}. Read as ${kind}${because}${others}${leaning}${said}.`);
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

function defined(entry: Readonly<Record<string, unknown>>): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
}

/** Entries as lines of YAML, each indented by `indent` spaces, nested ones by `step` more. */
export function yamlOf(entries: Readonly<Record<string, Entry>>, indent: number, step: number): string {
  const document = new Document(entries, { version: "1.2", aliasDuplicateObjects: false });
  // Short lists read better in a line: about: [russia, ukraine].
  visit(document, {
    Seq(_, list) {
      list.flow = true;
    },
  });
  const text = document.toString({
    indent: Math.max(1, Math.min(step, 8)),
    lineWidth: 0,
    flowCollectionPadding: false,
  });
  const margin = " ".repeat(indent);
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : margin + line))
    .join("\n");
}
