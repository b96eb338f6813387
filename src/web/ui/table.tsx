import type { ReactNode } from "react";
import { words } from "../words.ts";

/** From this number of columns on, a row stands as a card of its own on a phone. */
const STACKED = 3;

/** A table that scrolls by itself where it is wider than the page; one of many columns stands in cards on a phone. */
export function Table({
  caption,
  head,
  rows,
}: {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly { readonly id: string; readonly cells: readonly ReactNode[]; readonly current?: boolean }[];
}) {
  const stack = head.length >= STACKED;
  return (
    <div className="scroll" role="region" aria-label={words.table(caption)} tabIndex={0}>
      <table className={stack ? "stack" : ""} role="table">
        <thead role="rowgroup">
          <tr role="row">
            {head.map((cell) => (
              <th scope="col" role="columnheader" key={cell}>
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map(({ id, cells, current }) => (
            <tr role="row" key={id} className={current === true ? "current" : ""}>
              {cells.map((cell, index) =>
                index === 0 ? (
                  <th scope="row" role="rowheader" key={head[index]} data-label={head[index]}>
                    <div>{cell}</div>
                  </th>
                ) : (
                  <td
                    role="cell"
                    key={head[index]}
                    className={cell === "" || cell === "–" ? "none" : ""}
                    data-label={head[index]}
                  >
                    <div>{cell}</div>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
