import { useMemo } from "react";
import { type ComparedQuestion, decibans, percent } from "../../assess/index.ts";
import type { ComparedViews } from "../engine/side-protocol.ts";
import { type Row, rowsOf } from "../state/rows.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { addressOf } from "../state/variants.ts";
import { Table } from "../ui/table.tsx";
import { compareWords as say } from "../words/compare.ts";
import { ANSWER_IDS, ANSWER_WORDS } from "../words.ts";
import type { Compared } from "./compare.tsx";

/** The leading figures of the five answers, a column for each view. */
export function AnswersBeside({ sides }: { readonly sides: readonly Compared[] }) {
  const { address } = usePick("address");
  const all = useRowsOfAll(sides);
  return (
    <section aria-labelledby="beside-h" className="beside">
      <h2 id="beside-h">{say.answers}</h2>
      {ANSWER_IDS.map((id) => {
        const rows = unionOf(all.map((each) => each?.[id] ?? []));
        if (rows.length === 0) return null;
        return (
          <div key={id}>
            <h3>{ANSWER_WORDS[id]}</h3>
            <Table
              caption={`${say.answers}: ${ANSWER_WORDS[id]}`}
              head={[say.figure, ...sides.map(({ letter }) => letter)]}
              rows={rows.map(({ id: row, label }) => {
                const cells = all.map((each) => each?.[id].find((one) => one.id === row));
                const base = cells[0]?.text;
                return {
                  id: row,
                  cells: [
                    label,
                    ...cells.map((cell, i) => {
                      const side = sides[i];
                      if (cell === undefined || side === undefined) return all[i] === undefined ? say.awaited : "–";
                      const to = { ...addressOf(side), because: cell.node };
                      const differs = base !== undefined && cell.text !== base;
                      return (
                        <span key={side.letter}>
                          {/* A figure of the view on screen opens its reasons here; another's opens that view. */}
                          <a
                            className={differs ? "differs-from" : ""}
                            href={hrefOf(address, i === 0 ? { because: cell.node } : { ...to, page: "brief" })}
                          >
                            {cell.text}
                          </a>
                        </span>
                      );
                    }),
                  ],
                };
              })}
            />
          </div>
        );
      })}
    </section>
  );
}

function useRowsOfAll(sides: readonly Compared[]) {
  const assessments = sides.map(({ assessment }) => assessment);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is made anew each time, its members are not.
  return useMemo(
    () => assessments.map((each) => (each === undefined ? undefined : rowsOf(each))),
    [assessments.length, ...assessments],
  );
}

/** Rows of all views in the order of the first that has them. */
function unionOf(lists: readonly (readonly Row[])[]): readonly Row[] {
  return [
    ...new Map(
      lists
        .flat()
        .map((row) => [row.id, row] as const)
        .toReversed(),
    ).values(),
  ].toReversed();
}

/** Claims that are told of a question. */
const TOLD = 3;

/** Questions whose probability on the evidence alone differs, and from which claims. */
export function EvidenceBeside({
  sides,
  results,
}: {
  readonly sides: readonly Compared[];
  readonly results: readonly (ComparedViews | undefined)[];
}) {
  const differing = results.flatMap((result, i) => {
    const side = sides[i + 1];
    const questions = (result?.evidence ?? []).filter(({ parts }) => parts.length > 0);
    return side === undefined || questions.length === 0 ? [] : [{ side, questions }];
  });
  if (differing.length === 0) return null;
  const word = (estimate: ComparedQuestion["a"]) => (estimate === null ? say.noPrior : percent(estimate.central));
  return (
    <section aria-labelledby="beside-evidence-h">
      <h2 id="beside-evidence-h">{say.evidence}</h2>
      {differing.map(({ side, questions }) => (
        <div key={side.letter}>
          <h3>{say.headed(side.letter, side.name)}</h3>
          <Table
            caption={`${say.evidence}, ${side.letter}`}
            head={[...say.evidenceHead]}
            rows={questions.map((each) => ({
              id: each.question,
              cells: [
                each.text,
                word(each.a),
                word(each.b),
                each.differenceDb === null ? say.sameWeight : decibans(each.differenceDb),
                each.parts
                  .slice(0, TOLD)
                  .map(({ name, differenceDb }) => `${name} ${decibans(differenceDb)}`)
                  .join("; "),
              ],
            }))}
          />
        </div>
      ))}
    </section>
  );
}
