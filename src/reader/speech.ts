import type { Sentence } from "./sentences.ts";
import type { Token } from "./tokens.ts";

/** Whether a sentence is a quotation, in whole or in part, and who speaks. */
export interface Speech {
  readonly quoted: boolean;
  readonly speaker: string | undefined;
}

const SAYING = new Set(
  (
    "said says say told tells added adds warned warns insisted insists argued argues announced announces declared " +
    "declares stated states claimed claims explained explains noted notes replied reported reports stressed stresses " +
    "wrote writes asked demanded demands complained admitted denied believes believe think thinks concluded reaffirmed"
  ).split(" "),
);

const PRONOUNS = new Set("he she they it".split(" "));

/** Words of a speaker's name at most; what is longer is a clause. */
const LONGEST = 9;

/**
 * Who speaks in each sentence of a paragraph. A quotation without a speaker of its own has that of its paragraph: of
 * the sentence before, or where there is none of the one after.
 */
export function speechOf(sentences: readonly Sentence[], tokens: readonly (readonly Token[])[]): Speech[] {
  let open = false;
  const own = sentences.map(({ text }, index) => {
    const inside = open;
    const marks = quoteMarks(text);
    for (const mark of marks) open = mark === "open" ? true : mark === "close" ? false : !open;
    const quoted = inside || (marks.length > 0 && longQuote(text));
    return { quoted, speaker: speakerOf(tokens[index] ?? [], text) };
  });
  return own.map(({ quoted, speaker }, index) => {
    const named = speaker !== undefined && !PRONOUNS.has(speaker.toLowerCase());
    if (named || (!quoted && speaker === undefined)) return { quoted, speaker };
    const isName = (other: { speaker: string | undefined }) =>
      other.speaker !== undefined && !PRONOUNS.has(other.speaker.toLowerCase());
    const before = own.slice(0, index).findLast(isName);
    const after = quoted ? own.slice(index + 1).find(isName) : undefined;
    return { quoted, speaker: (before ?? after)?.speaker ?? speaker };
  });
}

/** The marks of quotation in a text; straight ones open and close in turn. An apostrophe is none. */
function quoteMarks(text: string): ("open" | "close" | "turn")[] {
  const marks: ("open" | "close" | "turn")[] = [];
  for (const character of text) {
    if (character === "“" || character === "«" || character === "„") marks.push("open");
    else if (character === "”" || character === "»") marks.push("close");
    else if (character === '"') marks.push("turn");
  }
  return marks;
}

/** Whether what stands between marks is a statement and not a word or a name set apart. */
function longQuote(text: string): boolean {
  const inside = /["“«„]([^"”»“«„]*)(["”»]|$)/.exec(text)?.[1] ?? "";
  const rest = text.length - inside.length;
  return inside.split(" ").length >= 4 && (inside.length * 2 > rest || /[,.!?]$/.test(inside));
}

/** The words that name the one who says: before the verb, or behind it where a quotation stands before. */
function speakerOf(tokens: readonly Token[], text: string): string | undefined {
  const verb = tokens.findIndex(({ lower, kind }, at) => kind === "word" && SAYING.has(lower) && !isNoun(tokens, at));
  if (verb < 0) {
    const according = tokens.findIndex(({ lower }, at) => lower === "according" && tokens[at + 1]?.lower === "to");
    return according < 0 ? undefined : clip(tokens, according + 2, 1, text);
  }
  let before = verb - 1;
  if (tokens[before]?.text === ")")
    before =
      Math.max(
        0,
        tokens.findLastIndex((token, at) => at < before && token.text === "("),
      ) - 1;
  const mark = tokens[before]?.text ?? "";
  if (/^["”»’']$/.test(mark) || (mark === "," && /["”»]/.test(text))) return clip(tokens, verb + 1, 1, text);
  return clip(tokens, mark === "," ? before - 1 : before, -1, text);
}

function isNoun(tokens: readonly Token[], at: number): boolean {
  return /^(the|a|an|its|their|these|those|such|of|new)$/.test(tokens[at - 1]?.lower ?? "");
}

/** The words from one token up to the next mark, relative word or verb, forwards or backwards. */
function clip(tokens: readonly Token[], start: number, step: 1 | -1, text: string): string | undefined {
  let end = start;
  let count = 0;
  for (let at = start; at >= 0 && at < tokens.length && count <= LONGEST; at += step) {
    const token = tokens[at] as Token;
    // A stop inside a name, as in "J. Smith", has a word behind it.
    const stop = token.text === "." && tokens[at + 1]?.kind === "word";
    const possessive = stop || token.text === "'" || token.text === "’" || token.text === "-";
    if (
      (token.kind === "mark" && !possessive) ||
      /^(that|who|which|has|have|had|is|are|was|were|but|yet|while|because|it|on|in)$/.test(token.lower)
    ) {
      if (token.lower === "it" && count === 0) return "it";
      break;
    }
    end = at;
    count += 1;
  }
  if (count === 0 || count > LONGEST) return undefined;
  const [from, to] = step > 0 ? [start, end] : [end, start];
  const [first, last] = [tokens[from], tokens[to]];
  if (first === undefined || last === undefined) return undefined;
  const name = text
    .slice(first.start, last.end)
    .replace(/^(and|also|later|then|thus)\s+/i, "")
    .replace(/\s+(also|later|then|again)$/i, "");
  return name === "" ? undefined : name;
}
