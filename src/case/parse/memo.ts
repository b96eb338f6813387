import { parseYaml } from "./yaml.ts";

type Parsed = ReturnType<typeof parseYaml>;

/** Characters of text whose parses are kept; a case of 10 000 claims has about four million. */
const KEPT = 12_000_000;

const memo = new Map<string, Parsed>();
let size = 0;

/**
 * Parses YAML with positions, as {@link parseYaml}; a text that was parsed lately under the same name is not again.
 *
 * A case of thirty files is read many times over while it is edited, and one file of it changes.
 */
export function parseYamlOnce(text: string, file: string): Parsed {
  const key = `${file}\0${text}`;
  const known = memo.get(key);
  if (known !== undefined) {
    // The latest stand last.
    memo.delete(key);
    memo.set(key, known);
    return known;
  }
  const parsed = parseYaml(text, file);
  memo.set(key, parsed);
  size += key.length;
  for (const oldest of memo.keys()) {
    if (size <= KEPT) break;
    memo.delete(oldest);
    size -= oldest.length;
  }
  return parsed;
}
