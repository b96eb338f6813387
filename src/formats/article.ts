import { parseDate } from "../core/dates/index.ts";
import type { Kind, Reading, SourceText } from "../reader/index.ts";
import { readText } from "../reader/index.ts";
import { digestOf, draftsOf, type Entry } from "./drafts.ts";
import { newCase, partiesOf } from "./new-case.ts";
import { readSource } from "./texts/text.ts";

/** A sentence of an article that may become a claim, for a person to judge. */
export interface ArticleSentence {
  /** Names the draft that it becomes. */
  readonly id: string;
  readonly paragraph: number;
  readonly sentence: string;
  readonly kind: Kind;
  /** Who says it, where the sentence reports it. */
  readonly speaker: string | undefined;
  readonly parties: readonly string[];
  readonly quantities: readonly string[];
  readonly dates: readonly string[];
}

/** An article as it was read; `keep` holds what a case is made of. */
export interface Article {
  readonly title: string;
  readonly by: string | undefined;
  readonly published: string | undefined;
  readonly english: boolean;
  readonly sentences: readonly ArticleSentence[];
  readonly keep: { readonly source: SourceText; readonly reading: Reading };
}

/** What a person made of a sentence. */
export interface Reviewed {
  readonly id: string;
  /** The claim in the person's own words. */
  readonly text: string;
  readonly kind: Kind;
  readonly speaker: string | undefined;
}

/**
 * Reads an article: plain text, Markdown, HTML or PDF.
 *
 * @throws ParleyError where it is no text
 */
export async function readArticle(bytes: Uint8Array, name: string, otherwise: string): Promise<Article> {
  const source = await readSource(bytes, name);
  const reading = readText(source, { date: undefined, parties: [] });
  const title = reading.title ?? otherwise;
  const ids = Object.keys(draftsFor(source, reading, title).claims);
  return {
    title,
    by: reading.by,
    published: reading.published?.text,
    english: reading.english,
    sentences: reading.candidates.map((each, index) => ({
      id: ids[index] ?? "",
      paragraph: each.paragraph,
      sentence: each.sentenceText,
      kind: each.kind,
      speaker: each.speaker,
      parties: each.actors,
      quantities: each.quantities.map(({ notation }) => notation),
      dates: each.dates.map(({ date, text }) => date ?? text),
    })),
    keep: { source, reading },
  };
}

/**
 * A case of an article and what a person accepted of it: its source, the parties found, and the claims with their
 * paragraphs. Sentences that were not accepted are not in it.
 */
export function caseOfArticle(
  { keep: { source, reading } }: Article,
  reviewed: readonly Reviewed[],
  given: { readonly title: string; readonly published: string | undefined },
): string {
  const published = given.published === undefined ? reading.published : parseDate(given.published);
  const dated = { ...reading, published };
  const drafts = draftsFor(source, dated, given.title);
  const original = draftsFor(source, reading, given.title);
  const byId = new Map(Object.keys(original.claims).map((id, index) => [id, Object.entries(drafts.claims)[index]]));
  const claims = Object.fromEntries(
    reviewed.flatMap(({ id, text, kind, speaker }): [string, Entry][] => {
      const draft = byId.get(id);
      if (draft === undefined) return [];
      const { note: _, status: __, ...rest } = draft[1];
      const entry = { ...rest, text, kind, status: "accepted" };
      return [[draft[0], speaker === undefined || speaker === "" ? entry : { ...entry, note: `Said by: ${speaker}.` }]];
    }),
  );
  return newCase({ ...dated, title: given.title }, { ...drafts, claims }, given.title);
}

function draftsFor(source: SourceText, reading: Reading, title: string) {
  return draftsOf(reading, { title, parties: partiesOf(reading), digest: digestOf(source) });
}
