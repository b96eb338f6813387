import type { Pair, YAMLMap } from "yaml";
import { isMap, isScalar, parseDocument } from "yaml";
import { ParleyError } from "../core/problems/index.ts";
import type { Entry } from "./drafts.ts";
import { yamlOf } from "./drafts.ts";

/**
 * A YAML text with entries added at the end of one of its sections, and nothing else changed: comments, blank lines,
 * quotes, line ends and layout stay byte for byte.
 *
 * The new lines take the section's indentation and the file's line ends. A section that is missing is made at the end
 * of the file.
 *
 * @param section the section's name; undefined where the file's own entries are meant, as in an included file.
 * @throws ParleyError where the section is written in braces, or as something else that lines cannot be added to.
 */
export function appendEntries(
  text: string,
  section: string | undefined,
  entries: Readonly<Record<string, Entry>>,
  file: string,
): string {
  // A byte order mark stands in no column.
  if (text.startsWith("\ufeff")) return `\ufeff${appendEntries(text.slice(1), section, entries, file)}`;
  const document = parseDocument(text, { version: "1.2", strict: true, uniqueKeys: false, logLevel: "silent" });
  const root = document.contents;
  if (!isMap(root) || root.flow === true) throw closed(section, text, 0, file);
  const lines = new Lines(text);
  const pairs = root.items as Pair[];
  const margin = columnOf(pairs[0], lines);
  const step = stepOf(pairs, lines, margin);
  if (section === undefined) return lines.insert(endOf(root, lines, margin), yamlOf(entries, margin, step));
  const pair = pairs.find(({ key }) => isScalar(key) && key.value === section);
  if (pair === undefined) {
    const heading = `${" ".repeat(margin)}${section}:\n`;
    const gap = pairs.length > 1 && /\n[ \t]*\r?\n/.test(text) ? "\n" : "";
    return lines.insert(endOf(root, lines, margin), gap + heading + yamlOf(entries, margin + step, step));
  }
  const { value } = pair;
  if (isMap(value) && value.flow !== true && value.items.length > 0) {
    const column = columnOf(value.items[0] as Pair, lines);
    return lines.insert(
      endOf(value, lines, column),
      yamlOf(entries, column, column - margin > 0 ? column - margin : step),
    );
  }
  const [start = 0] = rangeOf(pair.key);
  // Nothing behind the section's name: its first entries go below it, and below its comments.
  const nothing = value === null || (isScalar(value) && value.value === null && (value.source ?? "") === "");
  if (!nothing) throw closed(section, text, start, file);
  const below = lines.afterComments(lines.after(rangeOf(pair.key)[1]), margin + 1);
  return lines.insert(below, yamlOf(entries, margin + step, step));
}

function closed(section: string | undefined, text: string, offset: number, file: string): ParleyError {
  const before = text.slice(0, offset).split("\n");
  const place = { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  return ParleyError.of("section-closed", { section: section ?? "the file" }, place);
}

function rangeOf(node: unknown): [number, number] {
  const range = (node as { range?: [number, number, number] | null } | null)?.range;
  return [range?.[0] ?? 0, range?.[1] ?? 0];
}

/** The column of an entry's key, from 0. */
function columnOf(pair: Pair | undefined, lines: Lines): number {
  const [start] = rangeOf(pair?.key);
  return start - lines.startOf(start);
}

/** By how much the file indents what stands inside a section; two spaces where it shows none. */
function stepOf(pairs: readonly Pair[], lines: Lines, margin: number): number {
  for (const { value } of pairs) {
    if (!isMap(value) || value.flow === true || value.items.length === 0) continue;
    const column = columnOf(value.items[0] as Pair, lines);
    if (column > margin) return column - margin;
  }
  return 2;
}

/** Where a mapping's last entry ends, with the comments that stand below it at its own depth. */
function endOf(map: YAMLMap, lines: Lines, column: number): number {
  return lines.afterComments(lines.after(lastOffset(map)), column);
}

/** The end of the last value inside a mapping, however deep it stands. */
function lastOffset(map: YAMLMap): number {
  const last = (map.items as Pair[]).at(-1);
  const { key, value } = last ?? {};
  if (isMap(value) && value.flow !== true && value.items.length > 0) return lastOffset(value);
  const [, keyEnd] = rangeOf(key);
  const [, valueEnd] = rangeOf(value);
  return Math.max(keyEnd, valueEnd);
}

/** A text by its lines. */
class Lines {
  readonly #text: string;
  readonly #end: string;

  constructor(text: string) {
    this.#text = text;
    const first = text.indexOf("\n");
    this.#end = first > 0 && text.charAt(first - 1) === "\r" ? "\r\n" : "\n";
  }

  startOf(offset: number): number {
    return this.#text.lastIndexOf("\n", offset - 1) + 1;
  }

  /** The beginning of the line after the one that an offset stands in; the offset itself where it begins a line. */
  after(offset: number): number {
    if (offset > 0 && this.#text.charAt(offset - 1) === "\n") return offset;
    const end = this.#text.indexOf("\n", offset);
    return end < 0 ? this.#text.length : end + 1;
  }

  /** Past the comments that follow at a column or deeper, with the blank lines between them. */
  afterComments(offset: number, column: number): number {
    let end = offset;
    let at = offset;
    while (at < this.#text.length) {
      const next = this.#text.indexOf("\n", at);
      const stop = next < 0 ? this.#text.length : next + 1;
      const line = this.#text.slice(at, stop);
      const indent = line.length - line.trimStart().length;
      if (line.trim() !== "") {
        if (!line.trimStart().startsWith("#") || indent < column) break;
        end = stop;
      }
      at = stop;
    }
    return end;
  }

  insert(offset: number, added: string): string {
    const before = this.#text.slice(0, offset);
    const joint = before === "" || before.endsWith("\n") ? "" : this.#end;
    const block = added.endsWith("\n") ? added : `${added}\n`;
    return before + joint + block.replaceAll("\n", this.#end) + this.#text.slice(offset);
  }
}
