import type { CalendarDate } from "../core/dates/index.ts";
import { isControl } from "../core/problems/index.ts";
import { actorsOf } from "./actors.ts";
import { aheadIn } from "./ahead.ts";
import { datesOf } from "./dates.ts";
import { leaningOf } from "./direction.ts";
import { looksEnglish } from "./english.ts";
import { kindsOf } from "./kinds.ts";
import { bylineOf, dateOf } from "./masthead.ts";
import { isNoise } from "./noise.ts";
import { quantitiesOf } from "./quantities.ts";
import { sentencesOf } from "./sentences.ts";
import { speechOf } from "./speech.ts";
import type { Token } from "./tokens.ts";
import { tokensOf } from "./tokens.ts";
import type { Block, Candidate, KnownParty, Reading, SourceText } from "./types.ts";

export interface ReadOptions {
  /** When the text was published; what the text itself says unless given. */
  readonly date?: CalendarDate | undefined;
  /** Parties whose names and aliases are looked for first. */
  readonly parties?: readonly KnownParty[];
}

/** A sentence and where it stands: both numbers count from 1. */
interface Placed {
  readonly paragraph: number;
  readonly sentence: number;
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly quoted: boolean;
  readonly speaker: string | undefined;
}

/**
 * Reads a text and drafts what it claims: one candidate a sentence that states a fact, a cause, a position, a forecast
 * or a proposal, with who acts, when, how much, and which way it leans.
 *
 * Rules and word lists only (`lexicon/`): the same text gives the same candidates anywhere. Paragraphs count from 1,
 * the byline and each item of a list among them; headings and captions do not. What comes out is for a person to judge.
 *
 * @example
 * readText({ blocks: [{ kind: "paragraph", text: "Over 40 countries have sent aid since May 2022." }] }).candidates[0];
 * // { paragraph: 1, sentence: 1, kind: "fact", quantities: [{ value: 40, unit: "countries", comparator: "over" }], ... }
 */
export function readText(source: SourceText, { date, parties = [] }: ReadOptions = {}): Reading {
  const blocks = source.blocks
    .map((block): Block => ({ ...block, text: cleaned(block.text) }))
    .filter(({ text }) => text !== "");
  const published = date ?? source.published ?? dateOf(blocks);
  const heading = blocks[0]?.kind === "heading" ? blocks[0].text : undefined;
  const placed = place(blocks);
  const english = looksEnglish(
    placed.flatMap(({ tokens }) => tokens.flatMap(({ kind, lower }) => (kind === "word" ? [lower] : []))),
  );
  const { actors, ofSentence } = actorsOf(
    placed.map(({ tokens }) => tokens),
    parties,
  );
  const by = said(source.by) ?? bylineOf(blocks);
  const known = new Set(parties.map(({ id }) => id));
  const candidates = placed.flatMap((each, index): Candidate[] => {
    const { paragraph, sentence, text, tokens, quoted, speaker } = each;
    // "Jane Example is a fellow at ...": who wrote the text is the source's, and no claim.
    if (by !== undefined && text.startsWith(`${by} is `)) return [];
    const { dates, dated } = datesOf(text, tokens, { document: published, ahead: aheadIn(tokens), english });
    const quantities = quantitiesOf({ text, tokens, dated });
    const entries = ofSentence[index] ?? [];
    const counts = { dates: dates.length, quantities: quantities.length, actors: entries.length };
    if (english ? isNoise(tokens, { ...counts, text, quoted }) : dates.length + quantities.length === 0) return [];
    const kinds = english ? kindsOf(tokens, { ...counts, quoted, dated }) : PLAIN_FACT;
    const { kind, others, cues } = kinds;
    const { direction, driver, obstacle } = english ? leaningOf(tokens) : NO_LEANING;
    return [
      {
        paragraph,
        sentence,
        sentenceText: text,
        kind,
        otherKinds: others,
        actors: entries.map(({ name }) => name),
        parties: entries.flatMap((entry) => (known.size === 0 || known.has(entry.id) ? [entry.id] : [])),
        ...(speaker === undefined ? {} : { speaker }),
        quoted,
        dates,
        quantities,
        direction,
        cues: { kind: cues, driver, obstacle },
      },
    ];
  });
  return {
    title: said(source.title) ?? heading,
    by,
    publisher: said(source.publisher),
    url: source.url,
    published,
    paragraphs: blocks.filter(isNumbered).length,
    sentences: placed.length,
    english,
    actors,
    candidates,
  };
}

/** What is said of a sentence in another language: its dates and figures stand for themselves. */
const PLAIN_FACT = { kind: "fact", others: [], cues: [] } as const;
const NO_LEANING = { direction: "neither", driver: [], obstacle: [] } as const;

/** What a file says of itself, made safe to print; undefined where nothing is left. */
function said(text: string | undefined): string | undefined {
  const safe = cleaned(text ?? "").slice(0, 500);
  return safe === "" ? undefined : safe;
}

/** Headings and captions have no number: a person who counts paragraphs leaves them out. */
function isNumbered({ kind }: Block): boolean {
  return kind !== "heading" && kind !== "caption";
}

function place(blocks: readonly Block[]): Placed[] {
  return blocks.filter(isNumbered).flatMap(({ text, kind }, index) => {
    const sentences = sentencesOf(text);
    const tokens = sentences.map((sentence) => tokensOf(sentence.text));
    const speech = speechOf(sentences, tokens);
    return sentences.map((sentence, at): Placed => {
      const { quoted = false, speaker } = speech[at] ?? {};
      const inQuote = quoted || (kind === "quote" && /["“«]/.test(text));
      return {
        paragraph: index + 1,
        sentence: at + 1,
        text: sentence.text,
        tokens: tokens[at] ?? [],
        quoted: inQuote,
        speaker,
      };
    });
  });
}

/** A text without control characters, with plain spaces, single between words. */
function cleaned(text: string): string {
  let out = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    // Soft hyphens and marks without width are no part of a word.
    if (code === 0xad || (code >= 0x200b && code <= 0x200f) || code === 0xfeff || code === 0x2060) continue;
    out += isControl(code) || /\s/.test(character) ? " " : character;
  }
  return out.replaceAll(/ {2,}/g, " ").trim();
}
