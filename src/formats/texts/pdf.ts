import type { StructuredTextItem } from "unpdf";
import { extractTextItems, getDocumentProxy, getMeta } from "unpdf";
import { ParleyError } from "../../core/problems/index.ts";
import type { Block, SourceText } from "../../reader/index.ts";
import { isHeading, itemOf, joinLines } from "./lines.ts";

/** A line of a page: its words, and where and how large it stands. Points, from the lower left corner. */
interface Line {
  readonly text: string;
  readonly x: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
  readonly page: number;
}

/** Most pages that are read. */
const MAX_PAGES = 2000;
/** Lines at the head and foot of a page that may be running heads and feet. */
const EDGE = 2;
/** Parts of the pages on which a line must come back to be a running head. */
const REPEATED = 0.4;
/** A gap above a line, in line spacings, that begins a paragraph. */
const GAP = 1.3;
/** An indent, in points, that begins a paragraph, and how much larger than the text a heading is. */
const INDENT = 6;
const LARGER = 1.12;
const SMALLER = 0.86;

/**
 * The text of a PDF as paragraphs: lines are joined, words cut at line ends made whole, running heads, page numbers
 * and footnotes left out, lines in larger type taken for headings.
 *
 * @throws ParleyError where it is no PDF, is locked, or holds pictures of pages and no text.
 */
export async function readPdf(bytes: Uint8Array): Promise<SourceText> {
  const { pages, info } = await open(bytes);
  const lines = pages.flatMap((items, page) => linesOf(items, page));
  if (!lines.some(({ text }) => /\p{L}/u.test(text))) {
    throw ParleyError.of("text-unreadable", { why: "the PDF has pictures of pages and no text (a scan?)" });
  }
  const body = withoutRunningHeads(lines, pages.length);
  const blocks = blocksOf(body);
  const name = (value: unknown): string | undefined =>
    typeof value === "string" && value.trim() !== "" && !/\.(docx?|indd|tex|pdf)$/i.test(value.trim())
      ? value.trim().slice(0, 500)
      : undefined;
  const first = blocks[0]?.kind === "heading" ? blocks[0].text : undefined;
  return { title: first ?? name(info["Title"]), by: name(info["Author"]), blocks };
}

async function open(bytes: Uint8Array): Promise<{ pages: StructuredTextItem[][]; info: Record<string, unknown> }> {
  try {
    // The library keeps the bytes that it is given, which are the caller's, and takes no Buffer.
    const document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0, maxImageSize: 1 });
    if (document.numPages > MAX_PAGES)
      throw ParleyError.of("text-unreadable", {
        why: `the PDF has ${document.numPages} pages (expected at most ${MAX_PAGES})`,
      });
    const { items } = await extractTextItems(document);
    const { info } = await getMeta(document);
    return { pages: items, info };
  } catch (error) {
    if (error instanceof ParleyError) throw error;
    const { name = "", message = "" } = error as Error;
    if (name === "PasswordException")
      throw ParleyError.of("text-unreadable", { why: "the PDF is locked with a password" });
    throw ParleyError.of("text-unreadable", { why: `the PDF is damaged (${message.slice(0, 100) || name})` });
  }
}

/** The lines of a page, in the order in which the page draws them. */
function linesOf(items: readonly StructuredTextItem[], page: number): Line[] {
  const lines: Line[] = [];
  let current: StructuredTextItem[] = [];
  const flush = (): void => {
    const line = lineOf(current, page);
    if (line !== undefined) lines.push(line);
    current = [];
  };
  for (const item of items) {
    const last = current.at(-1);
    // Raised figures stand a little off the line that they belong to.
    if (
      last !== undefined &&
      (Math.abs(item.y - last.y) > Math.max(item.fontSize, last.fontSize) * 0.6 || item.x < last.x - 1)
    )
      flush();
    current.push(item);
    if (item.hasEOL) flush();
  }
  flush();
  return lines;
}

function lineOf(items: readonly StructuredTextItem[], page: number): Line | undefined {
  let text = "";
  let right: number | undefined;
  for (const { str, x, width, fontSize } of items) {
    const gap = right !== undefined && x - right > fontSize * 0.2 && !text.endsWith(" ") && !str.startsWith(" ");
    text += gap ? ` ${str}` : str;
    right = x + width;
  }
  const largest = items.filter(({ str }) => str.trim() !== "").toSorted((a, b) => b.str.length - a.str.length)[0];
  if (largest === undefined || text.trim() === "") return undefined;
  const first = items.find(({ str }) => str.trim() !== "") ?? largest;
  return { text: text.trim(), x: first.x, right: right ?? first.x, y: largest.y, size: largest.fontSize, page };
}

/** Drops what comes back at the head and foot of pages, and numbers of pages. */
function withoutRunningHeads(lines: readonly Line[], pages: number): Line[] {
  const edges = new Map<string, number>();
  const onPage = new Map<number, Line[]>();
  for (const line of lines) {
    const there = onPage.get(line.page);
    if (there === undefined) onPage.set(line.page, [line]);
    else there.push(line);
  }
  const atEdge = new Set<Line>();
  for (const each of onPage.values()) {
    const ordered = each.toSorted((a, b) => b.y - a.y);
    for (const line of [...ordered.slice(0, EDGE), ...ordered.slice(-EDGE)]) atEdge.add(line);
  }
  for (const line of atEdge) edges.set(shape(line), (edges.get(shape(line)) ?? 0) + 1);
  return lines.filter((line) => {
    if (!atEdge.has(line)) return true;
    if (/^[-–—|\s]*(page\s+)?[ivxlc\d]{1,5}(\s*(of|\/)\s*\d{1,5})?[-–—|\s]*$/i.test(line.text)) return false;
    return pages < 2 || (edges.get(shape(line)) ?? 0) < Math.max(2, pages * REPEATED);
  });
}

/** A line's height and words, its numbers struck out: `Page 3 of 9` and `Page 4 of 9` are alike. */
function shape({ text, y }: Line): string {
  return `${Math.round(y)} ${text.replaceAll(/\d+/g, "#").replaceAll(/\s+/g, " ").toLowerCase()}`;
}

function blocksOf(lines: readonly Line[]): Block[] {
  const size = mostText(lines, ({ size: each }) => Math.round(each * 2) / 2);
  const spacing = lowerQuartile(
    lines.flatMap((line, at) => {
      const before = lines[at - 1];
      return before !== undefined && before.page === line.page && before.y > line.y ? [before.y - line.y] : [];
    }),
  );
  const left = mostText(lines, ({ x }) => Math.round(x));
  const width = lines.reduce(
    (most, { right, size: each }) => (Math.abs(each - size) < 1 ? Math.max(most, right) : most),
    0,
  );
  const whole = wordsOf(lines);
  const groups: Line[][] = [];
  for (const line of lines) {
    const before = groups.at(-1)?.at(-1);
    if (before === undefined || begins(line, before, { size, spacing, left, width })) groups.push([line]);
    else groups.at(-1)?.push(line);
  }
  return groups.map((group): Block => {
    const [first] = group as [Line, ...Line[]];
    const text = joinLines(
      group.map((line) => line.text),
      (word) => whole.has(word.toLowerCase()),
    );
    if (first.size > size * LARGER && group.length <= 4) return { kind: "heading", text };
    if (first.size < size * SMALLER) return { kind: "caption", text };
    const item = itemOf(first.text);
    if (item !== undefined) return { kind: "item", text: itemOf(text) ?? text };
    return { kind: group.length === 1 && isHeading(text) && first.right < width - 60 ? "heading" : "paragraph", text };
  });
}

interface Layout {
  readonly size: number;
  readonly spacing: number;
  readonly left: number;
  readonly width: number;
}

/** Whether a line begins a paragraph. */
function begins(line: Line, before: Line, { spacing, left, width }: Layout): boolean {
  if (Math.abs(line.size - before.size) > 0.6) return true;
  if (itemOf(line.text) !== undefined) return true;
  const ended = /[.!?:…]["”’»)\]]*\d{0,3}$/u.test(before.text);
  if (line.page !== before.page || line.y > before.y) {
    // Over the turn of a page or column a paragraph goes on unless it had come to its end.
    return ended && (before.right < width * 0.85 || line.x > left + INDENT || /^\p{Lu}/u.test(line.text));
  }
  if (before.y - line.y > spacing * GAP) return true;
  if (line.x > before.x + INDENT && line.x > left + INDENT && ended) return true;
  // A byline or a date stands alone: far from the margin, and what follows begins anew.
  const alone = before.right < width * 0.6 && /^["“'‘]?[\p{Lu}\p{N}]/u.test(line.text);
  return alone || (ended && before.right < width * 0.75);
}

/** The value of a measure that most text has. */
function mostText(lines: readonly Line[], measure: (line: Line) => number): number {
  const letters = new Map<number, number>();
  for (const line of lines) letters.set(measure(line), (letters.get(measure(line)) ?? 0) + line.text.length);
  return [...letters].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** The distance of lines: where paragraphs are short, gaps between them are nearly as many. */
function lowerQuartile(values: readonly number[]): number {
  const ordered = values.toSorted((a, b) => a - b);
  return ordered[Math.floor(ordered.length / 4)] ?? 0;
}

/** Words with a hyphen inside lines: one that is cut at a line's end keeps its hyphen where it is among them. */
function wordsOf(lines: readonly Line[]): Set<string> {
  const words = new Set<string>();
  for (const { text } of lines) for (const [word] of text.matchAll(/\p{L}+-\p{L}+/gu)) words.add(word.toLowerCase());
  return words;
}
