import { recordNameOf } from "../assess/index.ts";
import type { CaseFiles } from "../case/index.ts";
import { ParleyError } from "../core/problems/index.ts";

/** The largest record that is handed out, in bytes. */
const LARGEST = 50_000_000;

/**
 * The record of forecasts beside a case: `record.jsonl` in its folder, `x.record.jsonl` beside a single `x.yaml`.
 *
 * @returns a text of null where there is none
 * @throws ParleyError where it is too large, no text, or behind a link that leads out of the folder
 */
export function recordIn({ main, label, read }: CaseFiles): { readonly file: string; readonly text: string | null } {
  const name = recordNameOf(main);
  const file = label(name);
  try {
    const bytes = read(name);
    const place = { file, line: 0, column: 0 };
    if (bytes.length > LARGEST) {
      throw ParleyError.of("file-too-large", { size: bytes.length, limit: LARGEST }, place);
    }
    return { file, text: new TextDecoder("utf-8", { fatal: false }).decode(bytes) };
  } catch (error) {
    if (error instanceof ParleyError && error.problems.every(({ code }) => code === "file-not-found")) {
      return { file, text: null };
    }
    throw error;
  }
}
