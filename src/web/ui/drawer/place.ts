/** Where in a YAML text the cursor stands: found by indentation, so that it works in a text that is broken half-way. */
export interface YamlPlace {
  /** Keys above the cursor, `-` for an entry of a list. */
  readonly path: readonly string[];
  /** The key of the line or of the braces that the cursor stands in the value of; undefined where it stands at a key. */
  readonly key: string | undefined;
}

const KEY = /^(\s*(?:- +)*)("[^"]*"|'[^']*'|[^\s:#{}[\],"'-][^:#{}[\],]*|-[^\s:#][^:#]*)\s*:(?=\s|$)/;
const plain = (key: string): string => key.replace(/^(["'])(.*)\1$/, "$2").trim();

/**
 * The keys that the line `lines[at]` stands below, given the column where its content begins.
 *
 * @param entry the column of its dash where it is an entry of a list
 */
function above(lines: readonly string[], at: number, column: number, entry?: number): string[] {
  const path: string[] = [];
  let least = column;
  let list = entry;
  for (let line = at - 1; line >= 0 && (least > 0 || list === 0); line -= 1) {
    const text = lines[line] ?? "";
    if (/^\s*(#|$)/.test(text)) continue;
    const [, lead = "", key] = KEY.exec(text) ?? [];
    const dash = /^\s*- /.test(text) ? text.indexOf("-") : undefined;
    // Other entries of the same list stand beside it.
    if (dash !== undefined && list !== undefined && dash >= list) continue;
    // A list may stand at the depth of its key.
    const deepest = list === undefined ? least - 1 : list;
    if (key !== undefined && lead.length <= deepest) path.unshift(plain(key));
    else if (dash === undefined || dash > deepest) continue;
    least = dash ?? lead.length;
    list = dash;
    if (dash !== undefined) path.unshift("-");
  }
  return path;
}

/** The innermost brace or bracket left open before the cursor, and what stands in it; undefined where none is. */
function openBrace(before: string): { readonly at: number; readonly mark: string } | undefined {
  let depth = 0;
  for (let at = before.length - 1; at >= 0; at -= 1) {
    const mark = before[at] ?? "";
    if (mark === "}" || mark === "]") depth += 1;
    else if (mark === "{" || mark === "[") {
      if (depth === 0) return { at, mark };
      depth -= 1;
    }
  }
  return undefined;
}

/** The place of a column (from 0) in a line (from 0). */
export function placeAt(lines: readonly string[], line: number, column: number): YamlPlace {
  const text = lines[line] ?? "";
  const before = text.slice(0, column);
  const brace = openBrace(before);
  if (brace !== undefined) {
    // {key: value, key: ...}: what stands before the brace says what it is the value of.
    const outer = placeAt(lines, line, brace.at);
    const path = outer.key === undefined ? outer.path : [...outer.path, outer.key];
    if (brace.mark === "[") return { path: [...path], key: "-" };
    const entry =
      before
        .slice(brace.at + 1)
        .split(/,(?![^{[]*[}\]])/)
        .at(-1) ?? "";
    const [, key] = /^\s*([^:{}[\],]+):(?:\s|$)/.exec(entry) ?? [];
    return { path, key: key === undefined ? undefined : plain(key) };
  }
  const [whole, lead = "", key] = KEY.exec(text) ?? [];
  const column0 = whole === undefined ? text.length - text.trimStart().length : lead.length;
  const dashes = /^\s*((?:- +)*)/.exec(text)?.[1] ?? "";
  const start = dashes === "" ? column0 : text.indexOf("-");
  const depth = whole === undefined ? Math.max(column0, before.length) : column0;
  const path = dashes === "" ? above(lines, line, depth) : above(lines, line, start, start);
  if (dashes !== "") path.push("-");
  if (whole !== undefined && column >= whole.length) return { path, key: plain(key ?? "") };
  return { path, key: undefined };
}

/** The key that stands at a column, with where it begins and ends. */
export function keyAt(
  lines: readonly string[],
  line: number,
  column: number,
): { readonly path: readonly string[]; readonly from: number; readonly to: number } | undefined {
  const text = lines[line] ?? "";
  for (const found of text.matchAll(/("[^"]*"|[\w.-]+)\s*:(?=\s|$)/g)) {
    const [, key = ""] = found;
    const [from, to] = [found.index, found.index + key.length];
    if (column < from || column > to) continue;
    const at = placeAt(lines, line, from);
    const path = at.key === undefined ? at.path : [...at.path, at.key];
    return { path: [...path, plain(key)], from, to };
  }
  return undefined;
}
