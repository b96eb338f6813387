import { LARGEST_RECORD, recordNameOf } from "../assess/index.ts";
import type { CaseFiles } from "../case/index.ts";
import { ParleyError } from "../core/problems/index.ts";

/**
 * The record of forecasts beside a case: `record.jsonl` in its folder, `x.record.jsonl` beside a single `x.yaml`.
 *
 * @returns a text of null where there is none
 * @throws ParleyError where it is too large, or behind a link that leads out of the folder
 */
export function recordIn({ main, label, read }: CaseFiles): { readonly file: string; readonly text: string | null } {
  const name = recordNameOf(main);
  const file = label(name);
  try {
    const bytes = read(name);
    const place = { file, line: 0, column: 0 };
    if (bytes.length > LARGEST_RECORD) {
      throw ParleyError.of("file-too-large", { size: bytes.length, limit: LARGEST_RECORD }, place);
    }
    return { file, text: new TextDecoder().decode(bytes) };
  } catch (error) {
    if (error instanceof ParleyError && error.problems.every(({ code }) => code === "file-not-found")) {
      return { file, text: null };
    }
    throw error;
  }
}
