import { ParleyError } from "../core/problems/index.ts";

/**
 * Something that lasts: a war from its beginning to its end, or a peace from the end of a war to the next.
 *
 * Times count from the spell's own beginning in one unit for all spells of a class (months, years); the unit is the
 * caller's, and every time in a result has it too.
 */
export interface Spell {
  /** Tells this spell from others in results and problems. */
  readonly id: string;
  /** The name that a person knows it by; the id unless given. */
  readonly name?: string | undefined;
  /** From the beginning to the end, or to when it was last seen going on. */
  readonly duration: number;
  /** Age at which it came under observation (delayed entry); 0 unless given. It is at risk from then on only. */
  readonly entry?: number | undefined;
  /** Whether it ended at `duration`; otherwise it is censored there: all that is known is that it lasted longer. */
  readonly ended: boolean;
  /** How it ended, where endings compete: `agreement`, `victory`. */
  readonly ending?: string | undefined;
  /** What is known of it at its beginning, by name. */
  readonly covariates?: Readonly<Record<string, number>> | undefined;
  /** The war that it belongs to, where several spells of one war are not independent. */
  readonly cluster?: string | undefined;
}

/** Spells as columns, in their order: what hot loops read. */
export interface Columns {
  readonly count: number;
  readonly time: Float64Array;
  /** Entries, or undefined where every spell is watched from its beginning. */
  readonly entry: Float64Array | undefined;
  /** 1 where a spell ended, 0 where it is censored. */
  readonly ended: Uint8Array;
  readonly endings: number;
}

/** What a spell is called in a problem. */
export const called = (spell: Spell): string => spell.name ?? spell.id;

/**
 * Spells as columns, checked.
 *
 * Throws `class-empty` where there are none, `spell-time` for a duration that is negative or no finite number (or 0
 * where `positive`), `spell-entry` for an entry that is not before the end.
 */
export function columnsOf(spells: readonly Spell[], what: string, { positive = false } = {}): Columns {
  const count = spells.length;
  if (count === 0) throw ParleyError.of("class-empty", { what });
  const time = new Float64Array(count);
  const entry = new Float64Array(count);
  const ended = new Uint8Array(count);
  let endings = 0;
  let late = false;
  for (let i = 0; i < count; i++) {
    const spell = spells[i]!;
    const duration = spell.duration;
    if (!(positive ? duration > 0 : duration >= 0) || duration === Number.POSITIVE_INFINITY) {
      const expected = positive ? "a finite number above 0" : "a finite number from 0";
      throw ParleyError.of("spell-time", { spell: called(spell), value: duration, expected });
    }
    const begun = spell.entry ?? 0;
    if (!(begun >= 0 && (begun < duration || begun === 0))) {
      throw ParleyError.of("spell-entry", { spell: called(spell), value: begun, duration });
    }
    time[i] = duration;
    entry[i] = begun;
    ended[i] = spell.ended ? 1 : 0;
    endings += ended[i]!;
    late ||= begun > 0;
  }
  return { count, time, entry: late ? entry : undefined, ended, endings };
}

/** Positions in rising order of their values; equal values keep their order. */
export function rising(values: Float64Array): Uint32Array {
  return Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
}

/**
 * Spells that were still watched after lasting so long, as of that age: what a war of that age is compared with.
 *
 * A spell that ended or was censored at exactly that age is not among them. Throws `nobody-lasted` where none is left.
 */
export function lastingBeyond(spells: readonly Spell[], lasted: number): Spell[] {
  expectTime("lasted", lasted);
  columnsOf(spells, `those that lasted ${lasted}`);
  const left = spells.filter((spell) => spell.duration > lasted);
  if (left.length === 0) {
    const longest = spells.reduce((most, spell) => Math.max(most, spell.duration), 0);
    throw ParleyError.of("nobody-lasted", { lasted, longest });
  }
  return left.map((spell) => ({ ...spell, entry: Math.max(spell.entry ?? 0, lasted) }));
}

/** Spells by a word that each has, in the order in which the words are first met. */
export function spellsBy(spells: readonly Spell[], word: (spell: Spell) => string): Map<string, Spell[]> {
  return Map.groupBy(spells, word);
}

/** Throws unless a time is a finite number from 0. */
export function expectTime(name: string, value: number): void {
  if (value >= 0 && value < Number.POSITIVE_INFINITY) return;
  throw ParleyError.of("invalid-parameter", { name, value, expected: "a finite number from 0" });
}

/** Throws unless a span of time is a finite number above 0. */
export function expectSpan(name: string, value: number): void {
  if (value > 0 && value < Number.POSITIVE_INFINITY) return;
  throw ParleyError.of("invalid-parameter", { name, value, expected: "a finite number above 0" });
}
