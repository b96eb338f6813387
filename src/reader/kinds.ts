import type { KindCue } from "./lexicon/kinds.ts";
import { DESCRIBERS, KIND_CUES } from "./lexicon/kinds.ts";
import { FINITE } from "./lexicon/noise.ts";
import type { Hit } from "./phrases.ts";
import { PhraseBook } from "./phrases.ts";
import type { Token } from "./tokens.ts";
import type { Kind } from "./types.ts";

/** What a sentence was found to do, and the words that say so. */
export interface Kinds {
  readonly kind: Kind;
  readonly others: readonly Kind[];
  readonly cues: readonly string[];
  /** The weight of the kind that won. */
  readonly weight: number;
}

/** What is known of a sentence beside its words. */
export interface Setting {
  readonly dates: number;
  readonly quantities: number;
  readonly actors: number;
  readonly quoted: boolean;
  /** Where a date begins, so that `since 2022` is told from `since neither side can win`. */
  readonly dated: ReadonlySet<number>;
}

const book = new PhraseBook(KIND_CUES);

/** Of kinds that weigh the same the first wins: the one that says most about a way out. */
const ORDER: readonly Kind[] = ["proposal", "forecast", "cause", "position", "fact"];

/** What any statement weighs as a fact, and what a date, a figure and a verb of the past add. */
const PLAIN = 1.4;
const DATED = 0.5;
const COUNTED = 0.6;
const PAST = 0.5;
/** What a modal takes from it. */
const MODAL = 1;
/** A kind is listed beside the one that won from this weight on. */
const LISTED = 2;

const MODALS = new Set(["will", "may", "might", "could", "would", "should", "must", "shall", "ought to"]);

/** The kind of a sentence, by the weight of its cue words. */
export function kindsOf(tokens: readonly Token[], setting: Setting): Kinds {
  const hits = withoutOverlaps([...book.find(tokens), ...since(tokens, setting.dated)]);
  const weights = new Map<Kind, number>([["fact", PLAIN]]);
  const add = (kind: Kind, weight: number): void => void weights.set(kind, (weights.get(kind) ?? 0) + weight);
  const described = tokens.some(({ lower }) => DESCRIBERS.has(lower));
  const kept = hits.filter((hit) => !isMisread(hit, tokens, setting));
  // A second cue of one kind adds half, a third a quarter: many hints are no proof.
  const seen = new Map<Kind, number>();
  for (const { value } of kept.toSorted((a, b) => b.value.weight - a.value.weight)) {
    const again = seen.get(value.kind) ?? 0;
    const weight = described && value.kind === "position" && value.weight <= 2.5 ? 0.5 : value.weight;
    add(value.kind, again === 0 ? weight : again === 1 ? weight / 2 : weight / 4);
    seen.set(value.kind, again + 1);
  }
  if (setting.dates > 0) add("fact", DATED);
  if (setting.quantities > 0) add("fact", COUNTED);
  if (isPast(tokens)) add("fact", PAST);
  // What may or should be is no fact yet, whatever figures it holds.
  if (kept.some(({ text, value }) => MODALS.has(text) && value.kind !== "fact")) add("fact", -MODAL);
  const first = tokens.find(({ kind }) => kind === "word")?.lower ?? "";
  if (first === "if" || first === "unless" || first === "should" || first === "otherwise")
    add("forecast", seen.has("forecast") ? 1.5 : 0);
  if (setting.quoted) add("position", isFirstPerson(tokens) ? 2.5 : 1);
  const ranked = ORDER.filter((kind) => weights.has(kind)).toSorted(
    (a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0),
  );
  const [kind = "fact", ...rest] = ranked;
  return {
    kind,
    others: rest.filter((other) => (weights.get(other) ?? 0) >= (other === "fact" ? LISTED + 0.4 : LISTED)),
    cues: [...new Set(kept.filter(({ value }) => value.kind === kind).map(({ text }) => text))],
    weight: weights.get(kind) ?? 0,
  };
}

/** `Since neither side can win`, `as the room is exhausted` at the head, `, so they ...`: causes that are no phrases. */
function since(tokens: readonly Token[], dated: ReadonlySet<number>): Hit<KindCue>[] {
  const hits: Hit<KindCue>[] = [];
  for (const [at, { lower }] of tokens.entries()) {
    const next = tokens[at + 1];
    if (next === undefined) continue;
    const head = at === 0 || (at === 2 && tokens[1]?.text === ",");
    const afterComma = tokens[at - 1]?.text === ",";
    const spanOfTime =
      dated.has(at + 1) ||
      dated.has(at + 2) ||
      dated.has(at + 3) ||
      next.kind === "number" ||
      /^(then|the|when)$/.test(next.lower);
    const clause = /^(it|they|he|she|we|this|that|there|its|their|the|each|both|neither|no|either)$/.test(next.lower);
    const cause =
      (lower === "since" && (head || afterComma) && !spanOfTime) ||
      (lower === "since" && afterComma && next.lower === "the" && !dated.has(at + 2)) ||
      (lower === "as" && head && clause && !/^(well|soon)$/.test(next.lower)) ||
      (lower === "so" && afterComma && clause);
    if (cause) hits.push({ text: lower, from: at, to: at, value: { kind: "cause", weight: 2.5 } });
  }
  return hits;
}

/** Of cues of one kind that overlap the longer one counts. */
function withoutOverlaps(hits: readonly Hit<KindCue>[]): Hit<KindCue>[] {
  const kept: Hit<KindCue>[] = [];
  const taken = new Map<Kind, Set<number>>();
  for (const hit of hits.toSorted(
    (a, b) => b.to - b.from - (a.to - a.from) || b.value.weight - a.value.weight || a.from - b.from,
  )) {
    const used = taken.get(hit.value.kind) ?? new Set<number>();
    const span = Array.from({ length: hit.to - hit.from + 1 }, (_, index) => hit.from + index);
    if (span.some((at) => used.has(at))) continue;
    for (const at of span) used.add(at);
    taken.set(hit.value.kind, used);
    kept.push(hit);
  }
  return kept.toSorted((a, b) => a.from - b.from);
}

/** Cue words that are something else here: the month of May, the noun will, support that is received. */
function isMisread({ text, from, to, value }: Hit<KindCue>, tokens: readonly Token[], { dated }: Setting): boolean {
  const before = tokens[from - 1]?.lower ?? "";
  const after = tokens[to + 1]?.lower ?? "";
  if (dated.has(from)) return true;
  // "Rwanda-backed" is an attribute.
  if (before === "-" && tokens[from - 1]?.end === tokens[from]?.start && value.kind !== "fact") return true;
  if (
    text === "due to" &&
    /^(start|begin|end|expire|take|meet|visit|vote|leave|open|resume|return|arrive|hold|be|sign|join)$/.test(after)
  )
    return true;
  if (text === "will" && /^(the|a|their|his|her|its|political|free|good|of)$/.test(before)) return true;
  // "will"/"may" inside what was ruled out, and the past of a modal, look back.
  if ((text === "may" || text === "might" || text === "could" || text === "would") && after === "have")
    return value.weight < 3 && text !== "may";
  const nouns = [
    "support",
    "back",
    "demand",
    "question",
    "claim",
    "view",
    "plan",
    "plans",
    "offer",
    "hope",
    "fear",
    "need",
    "result",
    "cause",
    "call",
    "favour",
    "favor",
  ];
  if (nouns.includes(text) && value.kind === "position")
    return DETERMINERS.has(before) || /^(for|from|of|to)$/.test(after);
  // "What was promised", "is believed to": nobody is said to promise or believe.
  if (
    /^(promised|pledged|claimed|believed|hoped|said|considered|told|threatened to)$/.test(text) &&
    /^(was|were|been|be|is|are|being)$/.test(before)
  )
    return true;
  if (text === "supporting" && before === "of") return true;
  if (value.kind === "cause" && text.startsWith("caus") && DETERMINERS.has(before))
    return after !== "of" && after !== "is";
  return false;
}

const DETERMINERS = new Set(
  "the a an its their his her our this that these those no any some of military external foreign public in on for strong own and or".split(
    " ",
  ),
);

/** Whether a verb of the past stands in a sentence: was, had, or a word in -ed that is no attribute. */
function isPast(tokens: readonly Token[]): boolean {
  return tokens.some(({ lower, capital }, at) => {
    if (
      /^(was|were|had|did|has|have|became|won|fell|rose|left|took|gave|met|said|killed|began|came|went|made|sent|held|lost|told|broke|fled|led|paid|found|grew|shrank)$/.test(
        lower,
      )
    )
      return true;
    return !capital && lower.length > 4 && lower.endsWith("ed") && !DETERMINERS.has(tokens[at - 1]?.lower ?? "");
  });
}

/** Whether a sentence states anything at all: it has a verb that is bound to a subject. */
export function hasVerb(tokens: readonly Token[]): boolean {
  return tokens.some(({ lower, kind, capital }, at) => {
    if (kind !== "word") return false;
    if (FINITE.has(lower)) return !(capital && at > 0) || lower === "is";
    return /(n't|'re|'ll|'ve)$/.test(lower) || (!capital && lower.length > 4 && lower.endsWith("ed"));
  });
}

function isFirstPerson(tokens: readonly Token[]): boolean {
  return tokens.some(
    ({ lower }) => lower === "we" || lower === "i" || lower === "our" || lower === "my" || lower === "us",
  );
}
