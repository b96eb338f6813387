import { parseSeries } from "./series.ts";
import { parseYaml } from "./yaml.ts";

/** Characters of text whose parses are kept; a case of 10 000 claims has about four million. */
const KEPT = 12_000_000;

/**
 * Parses YAML with positions, as {@link parseYaml}; a text that was parsed lately under the same name is not again.
 *
 * A case of thirty files is read many times over while it is edited, and one file of it changes.
 */
export const parseYamlOnce = once(parseYaml);

/** Reads a data file, as {@link parseSeries}, in the same way. */
export const parseSeriesOnce = once(parseSeries);

function once<T>(parse: (text: string, file: string) => T): (text: string, file: string) => T {
  const memo = new Map<string, T>();
  let size = 0;
  return (text, file) => {
    const key = `${file}\0${text}`;
    const known = memo.get(key);
    if (known !== undefined) {
      // The latest stand last.
      memo.delete(key);
      memo.set(key, known);
      return known;
    }
    const parsed = parse(text, file);
    memo.set(key, parsed);
    size += key.length;
    for (const oldest of memo.keys()) {
      if (size <= KEPT) break;
      memo.delete(oldest);
      size -= oldest.length;
    }
    return parsed;
  };
}
