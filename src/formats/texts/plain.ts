import type { Block, SourceText } from "../../reader/index.ts";
import { isHeading, itemOf, joinLines } from "./lines.ts";

/** Width above which no text is broken by hand: its lines are paragraphs. */
const WIDEST = 120;
/** A line shorter than this part of the widest, and ended by a stop, ends its paragraph. */
const SHORT = 0.7;

/**
 * Plain text as paragraphs. Blank lines part them; lines broken by hand are joined, and in a text of long lines each
 * line is a paragraph. A short line without a stop that stands alone is a heading; marks of lists make items.
 */
export function readPlain(text: string): SourceText {
  const lines = text.split(/\r\n|[\n\r\f\v\u2028\u2029]/);
  const widest = lines.reduce((most, line) => Math.max(most, line.trimEnd().length), 0);
  const groups: string[][] = [[]];
  for (const line of lines) {
    if (line.trim() === "") {
      if (groups.at(-1)?.length !== 0) groups.push([]);
    } else groups.at(-1)?.push(line);
  }
  const full = groups.filter((group) => group.length > 0);
  const paragraphs = full.flatMap((group) => (widest > WIDEST ? group.map((line) => [line]) : parted(group, widest)));
  return { blocks: paragraphs.map((each, index) => blockOf(each, index, paragraphs.length)) };
}

/** The paragraphs of lines that stand together: at marks of lists, indents, and after short lines that end in a stop. */
function parted(group: readonly string[], widest: number): string[][] {
  const parts: string[][] = [];
  let current: string[] = [];
  for (const line of group) {
    const before = current.at(-1);
    const indented =
      /^\s{2,}/.test(line) && before !== undefined && !/^\s{2,}/.test(before) && itemOf(current[0] ?? "") === undefined;
    const ended =
      before !== undefined && before.trimEnd().length < widest * SHORT && /[.!?:…]["”’»)\]]*$/u.test(before.trimEnd());
    const masthead = before !== undefined && parts.length === 0 && current.length === 1 && isMasthead(before, line);
    const quote = before !== undefined && line.startsWith(">") !== before.startsWith(">");
    if (before !== undefined && (indented || ended || masthead || quote || itemOf(line) !== undefined)) {
      parts.push(current);
      current = [];
    }
    current.push(line);
  }
  if (current.length > 0) parts.push(current);
  return parts;
}

/** A title or byline right above another line, with no blank line between. */
function isMasthead(line: string, next: string): boolean {
  return (
    line.trim().length < 60 &&
    (/^by\s+\p{Lu}/iu.test(line.trim()) || (isHeading(line) && /^(by\s+\p{Lu}|\p{Lu})/u.test(next.trim())))
  );
}

function blockOf(lines: readonly string[], index: number, count: number): Block {
  const [first = ""] = lines;
  if (first.startsWith(">")) return { kind: "quote", text: joinLines(lines.map((line) => line.replace(/^>\s?/, ""))) };
  const item = itemOf(first);
  if (item !== undefined) return { kind: "item", text: joinLines([item, ...lines.slice(1)]) };
  const alone = lines.length === 1 && isHeading(first) && index < count - 1;
  return { kind: alone ? "heading" : "paragraph", text: joinLines(lines) };
}
