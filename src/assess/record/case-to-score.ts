import { type Dossier, viewCase } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import { assess } from "../assess.ts";
import type { Memo } from "../memo.ts";
import type { RecordFile } from "./file.ts";
import type { CaseToScore } from "./gathered.ts";

/**
 * A case with its record, ready to be scored; where it has outcomes and no forecasts on record, with what it would have said
 * on its own day, as hindsight. There is none where the case has errors.
 *
 * @param record undefined where there is no file
 */
export function caseToScore(
  id: string,
  dossier: Dossier,
  record: RecordFile | undefined,
  { seed, memo }: { readonly seed?: number | undefined; readonly memo?: Memo | undefined } = {},
): { given?: CaseToScore; problems: readonly Problem[] } {
  const { case: content, problems } = viewCase(dossier);
  if (content === undefined) return { problems };
  const isForecast = record?.entries.some(({ kind }) => kind === "forecast") === true;
  if (isForecast || Object.keys(content.resolutions).length === 0) return { given: { id, content, record }, problems };
  const said = assess(dossier, {}, { seed, memo, estimatesOnly: true });
  if (said.assessment === undefined) return { problems: said.problems };
  return { given: { id, content, record, hindsight: said.assessment }, problems };
}
