import { COUNTRIES } from "./lexicon/countries.ts";
import { LEADERS } from "./lexicon/names.ts";
import { ORGANISATIONS } from "./lexicon/organisations.ts";
import { tokensOf, withoutPossessive } from "./tokens.ts";
import type { Actor, KnownParty } from "./types.ts";

/** An actor that may be met, before a text has been read. */
export interface Entry {
  readonly id: string;
  readonly name: string;
  readonly kind: Actor["kind"];
  /** Whether it is a party that the reader was told of. */
  readonly known: boolean;
}

/** A name as a row of words, and whom it names. */
export interface Alias {
  readonly words: readonly string[];
  readonly entry: Entry;
  /** The seat of a government: it stands for it only where the text also names the country, and not as a place. */
  readonly seat: boolean;
}

/** Names by their first word, longest first. */
export type Aliases = ReadonlyMap<string, readonly Alias[]>;

/** An identifier for a case: `Rapid Support Forces` gives `rapid-support-forces`. */
export function identifierOf(name: string): string {
  const folded = name
    .normalize("NFKD")
    .replaceAll(/[\p{M}'’.]/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  return folded.replace(/^-/, "").replace(/-$/, "").slice(0, 60);
}

/**
 * The names that a text may use: those of the parties given, then of countries, organisations and their leaders.
 *
 * A name belongs to the first that has it. A party that is a country here takes over its adjectives and seats.
 */
export function aliasesOf(parties: readonly KnownParty[]): Aliases {
  const table = new Map<string, Alias[]>();
  const taken = new Set<string>();
  const add = (written: string, entry: Entry, seat = false): void => {
    const words = tokensOf(written.replace(/^[Tt]he /, "")).map(({ text }) => withoutPossessive(text));
    const [first] = words;
    const key = words.join(" ");
    if (first === undefined || taken.has(key)) return;
    taken.add(key);
    const there = table.get(first) ?? [];
    there.push({ words, entry, seat });
    table.set(first, there);
  };
  const byName = new Map<string, Entry>();
  for (const { id, name, aliases } of parties) {
    const entry: Entry = { id, name, kind: undefined, known: true };
    for (const each of [name, ...aliases]) {
      add(each, entry);
      byName.set(each, byName.get(each) ?? entry);
    }
  }
  for (const { name, kind, adjectives, seats, others } of gazetteer()) {
    const party = [name, ...others].map((each) => byName.get(each)).find((each) => each !== undefined);
    const entry = party ?? { id: identifierOf(name), name, kind, known: false };
    byName.set(name, byName.get(name) ?? entry);
    for (const each of [name, ...others, ...adjectives, ...adjectives.map((adjective) => `${adjective}s`)])
      add(each, entry);
    for (const each of seats) add(each, entry, true);
  }
  for (const line of LEADERS.trim().split("\n")) {
    const [name = "", leaders = ""] = line.split("|");
    const entry = byName.get(name);
    if (entry !== undefined) for (const leader of leaders.split(",")) add(leader, entry);
  }
  for (const aliases of table.values()) aliases.sort((a, b) => b.words.length - a.words.length);
  return table;
}

interface Listed {
  readonly name: string;
  readonly kind: Actor["kind"];
  readonly adjectives: readonly string[];
  readonly seats: readonly string[];
  readonly others: readonly string[];
}

function gazetteer(): Listed[] {
  const list = (text: string | undefined): string[] => (text === undefined || text === "" ? [] : text.split(","));
  const countries = COUNTRIES.trim()
    .split("\n")
    .map((line): Listed => {
      const [name = "", adjectives, seats, others] = line.split("|");
      return { name, kind: "state", adjectives: list(adjectives), seats: list(seats), others: list(others) };
    });
  const organisations = ORGANISATIONS.trim()
    .split("\n")
    .map((line): Listed => {
      const [kind, name = "", others] = line.split("|");
      return { name, kind: kind as Actor["kind"], adjectives: [], seats: [], others: list(others) };
    });
  return [...countries, ...organisations];
}
