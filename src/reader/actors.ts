import type { Alias, Aliases, Entry } from "./gazetteer.ts";
import { aliasesOf, identifierOf } from "./gazetteer.ts";
import { NOT_NAMES, POSTS } from "./lexicon/names.ts";
import type { Token } from "./tokens.ts";
import { withoutPossessive } from "./tokens.ts";
import type { Actor, KnownParty } from "./types.ts";

/** The actors of a text, and those of each of its sentences. */
export interface ActorsFound {
  readonly actors: readonly Actor[];
  readonly ofSentence: readonly (readonly Entry[])[];
}

interface Met {
  readonly entry: Entry;
  readonly from: number;
  readonly to: number;
  readonly seat: boolean;
}

/** Words that make what follows a place and not a government. */
const PLACING = new Set(
  "in at from near to around outside inside towards toward of through via into across over reach reached visit visited visits".split(
    " ",
  ),
);

/**
 * The actors of a text: the parties given, countries and organisations by their names, adjectives, seats and leaders,
 * names that the text defines by a short form, and other names that come back.
 */
export function actorsOf(sentences: readonly (readonly Token[])[], parties: readonly KnownParty[] = []): ActorsFound {
  const table = aliasesOf(parties);
  const defined = definitions(sentences, table);
  const met = sentences.map((tokens) => namesIn(tokens, table, defined));
  const named = new Set(met.flatMap((each) => each.filter(({ seat }) => !seat).map(({ entry }) => entry.id)));
  const kept = met.map((each, index) =>
    each.filter(
      ({ entry, seat, from }) =>
        !seat || entry.known || (named.has(entry.id) && !isPlace(sentences[index] ?? [], from)),
    ),
  );
  const recurring = recurringNames(sentences, met);
  const ofSentence = kept.map((each, index) => unique([...each, ...(recurring[index] ?? [])]));
  return { actors: counted(sentences, kept, ofSentence), ofSentence };
}

function isPlace(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.lower ?? "";
  return PLACING.has(before === "the" ? (tokens[at - 2]?.lower ?? "") : before);
}

/** Entries in the order in which they are first met, each once. */
function unique(met: readonly { readonly entry: Entry; readonly from: number }[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const { entry } of met.toSorted((a, b) => a.from - b.from))
    if (!entries.has(entry.id)) entries.set(entry.id, entry);
  return [...entries.values()];
}

function namesIn(tokens: readonly Token[], table: Aliases, defined: ReadonlyMap<string, Entry>): Met[] {
  const met: Met[] = [];
  for (let at = 0; at < tokens.length; ) {
    const alias = aliasAt(tokens, at, table);
    if (alias !== undefined) {
      const to = at + alias.words.length - 1;
      met.push({ entry: alias.entry, from: at, to, seat: alias.seat });
      at = to + 1;
      continue;
    }
    const short = defined.get(withoutPossessive(tokens[at]?.text ?? ""));
    if (short !== undefined) met.push({ entry: short, from: at, to: at, seat: false });
    at += 1;
  }
  return met;
}

function aliasAt(tokens: readonly Token[], at: number, table: Aliases): Alias | undefined {
  const token = tokens[at];
  if (token === undefined || token.kind !== "word") return undefined;
  const first = withoutPossessive(token.text);
  return table.get(first)?.find(({ words }) =>
    words.every((word, index) => {
      const here = tokens[at + index]?.text;
      return here !== undefined && (here === word || withoutPossessive(here) === word);
    }),
  );
}

/** Short forms that a text defines: `Southern Transitional Council (STC)`, both for names met in a list and for new ones. */
function definitions(sentences: readonly (readonly Token[])[], table: Aliases): Map<string, Entry> {
  const defined = new Map<string, Entry>();
  for (const tokens of sentences) {
    for (const [at, { text }] of tokens.entries()) {
      if (text !== "(" || tokens[at + 2]?.text !== ")") continue;
      const short = tokens[at + 1]?.text ?? "";
      if (!/^[\p{Lu}][\p{Lu}\p{N}-]{1,9}$/u.test(short) || table.has(short)) continue;
      const from = nameBefore(tokens, at, short);
      if (from === undefined) continue;
      const name = tokens
        .slice(from, at)
        .map((token) => token.text)
        .join(" ");
      const listed = aliasAt(tokens, from, table);
      const whole = listed !== undefined && listed.words.length === at - from;
      defined.set(short, whole ? listed.entry : { id: identifierOf(name), name, kind: "organisation", known: false });
    }
  }
  return defined;
}

/** Where the name before a bracket begins: as many capitals back as the short form has letters. */
function nameBefore(tokens: readonly Token[], bracket: number, short: string): number | undefined {
  let from: number | undefined;
  let capitals = 0;
  for (let at = bracket - 1; at >= Math.max(0, bracket - 10); at -= 1) {
    const token = tokens[at] as Token;
    if (token.capital) {
      capitals += 1;
      from = at;
      if (capitals === short.length && token.text.startsWith(short.charAt(0))) return at;
    } else if (!/^(of|for|and|the|in|on|de|la|-|'s|')$/.test(token.lower)) break;
  }
  return from !== undefined && capitals >= 2 && tokens[from]?.text.startsWith(short.charAt(0)) === true
    ? from
    : undefined;
}

/** Names that come back: rows of capitalised words that are no name met before, in two sentences or more. */
function recurringNames(
  sentences: readonly (readonly Token[])[],
  met: readonly (readonly Met[])[],
): { entry: Entry; from: number }[][] {
  const runs = sentences.map((tokens, index) => runsOf(tokens, met[index] ?? []));
  const seen = new Map<string, { count: number; acting: boolean; person: boolean; inside: boolean }>();
  for (const each of runs) {
    for (const { name, acting, person, head } of each) {
      const before = seen.get(name) ?? { count: 0, acting: false, person: false, inside: false };
      seen.set(name, {
        count: before.count + 1,
        acting: before.acting || acting,
        person: before.person || person,
        inside: before.inside || !head,
      });
    }
  }
  // A surname alone is the person named in full before.
  const full = new Map<string, string>();
  for (const name of seen.keys()) {
    const last = name.split(" ").at(-1) ?? name;
    if (last !== name && seen.has(last)) full.set(last, name);
  }
  const counts = new Map<string, number>();
  for (const [name, { count }] of seen) {
    const whole = full.get(name) ?? name;
    counts.set(whole, (counts.get(whole) ?? 0) + count);
  }
  return runs.map((each) =>
    each.flatMap(({ name, from }) => {
      const whole = full.get(name) ?? name;
      const info = seen.get(whole);
      if (info === undefined || (counts.get(whole) ?? 0) < 2 || !info.acting || !info.inside) return [];
      const kind = info.person ? ("person" as const) : undefined;
      return [{ entry: { id: identifierOf(whole), name: whole, kind, known: false }, from }];
    }),
  );
}

interface Run {
  readonly name: string;
  readonly from: number;
  /** Whether it stands where an actor stands, and not behind a word of place. */
  readonly acting: boolean;
  readonly person: boolean;
  readonly head: boolean;
}

function runsOf(tokens: readonly Token[], met: readonly Met[]): Run[] {
  const taken = new Set(
    met.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index)),
  );
  const runs: Run[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    if (!isNamePart(tokens, at, taken)) continue;
    const from = at;
    while (isNamePart(tokens, at + 1, taken)) at += 1;
    const words = tokens.slice(from, at + 1).map(({ text }) => withoutPossessive(text));
    const head = from === 0 || /^["“'‘(]$/.test(tokens[from - 1]?.text ?? "");
    // One capital at the head of a sentence shows nothing.
    if (words.length > 5 || (words.length === 1 && (words[0]?.length ?? 0) < 3)) continue;
    const person = POSTS.has(tokens[from - 1]?.lower ?? "") || (from > 0 && tokens[from - 1]?.capital === true);
    runs.push({ name: words.join(" "), from, acting: !isPlace(tokens, from), person, head });
  }
  return runs;
}

function isNamePart(tokens: readonly Token[], at: number, taken: ReadonlySet<number>): boolean {
  const token = tokens[at];
  if (token === undefined || token.kind !== "word" || !token.capital || taken.has(at)) return false;
  const word = withoutPossessive(token.lower);
  return !NOT_NAMES.has(word) && !POSTS.has(word) && token.text.length > 1 && !STOP.has(word);
}

const STOP = new Set(
  (
    "the a an this that these those it its he she they we you his her our their there here in on at by for from to of as " +
    "if when while since although though because but and or nor so yet however meanwhile moreover therefore after before " +
    "until during both neither either each every all some many most few no not who what why how where then now still also " +
    "even only such according analysts among under over given despite without with once nearly about another other others " +
    "more less much nevertheless nonetheless otherwise instead indeed thus hence likewise similarly further furthermore " +
    "whether which whose global joint national federal ministry government army party union state council"
  ).split(" "),
);

/** The actors with the number of sentences that name them and the other names that the text uses for them. */
function counted(
  sentences: readonly (readonly Token[])[],
  met: readonly (readonly Met[])[],
  ofSentence: readonly (readonly Entry[])[],
): Actor[] {
  const actors = new Map<string, { entry: Entry; aliases: Set<string>; mentions: number }>();
  for (const entries of ofSentence) {
    for (const entry of entries) {
      const there = actors.get(entry.id) ?? { entry, aliases: new Set<string>(), mentions: 0 };
      actors.set(entry.id, { ...there, mentions: there.mentions + 1 });
    }
  }
  for (const [index, each] of met.entries()) {
    for (const { entry, from, to } of each) {
      const written = (sentences[index] ?? [])
        .slice(from, to + 1)
        .map(({ text }) => withoutPossessive(text))
        .join(" ");
      if (written !== entry.name) actors.get(entry.id)?.aliases.add(written);
    }
  }
  return [...actors.values()]
    .map(
      ({ entry, aliases, mentions }): Actor => ({
        id: entry.id,
        name: entry.name,
        kind: entry.kind,
        aliases: [...aliases].sort(),
        mentions,
      }),
    )
    .sort((a, b) => b.mentions - a.mentions || (a.id < b.id ? -1 : 1));
}
