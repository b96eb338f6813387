import { type ReactNode, useState } from "react";
import type { Assessment, LinkRow } from "../../assess/index.ts";
import { capital, decibans, points } from "../../assess/index.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { Cut } from "../ui/cut.tsx";
import { Table } from "../ui/table.tsx";
import { words } from "../words.ts";

/** Claims that stand in the table at first. */
const MOST_ROWS = 60;

const SIGNS = { driver: "▲", obstacle: "▼", neither: "○" } as const;

/** Engines whose sizes bear on every claim; those of terms and stability bear on few and stand on their pages. */
const WIDE = new Set(["dB", "points"]);

/** For each driver and obstacle: what the source claims, what the data say, what each engine makes of it. */
export function LinkTables({ assessment }: { readonly assessment: Assessment }) {
  const { address } = usePick("address");
  // On a phone it is long: it is unfolded by those who want it.
  const [wide] = useState(() => matchMedia("(min-width: 48rem)").matches);
  const [first] = assessment.links.filter(({ rows }) => rows.length > 0);
  if (first === undefined) return null;
  const engines = (first.rows[0]?.engines ?? []).filter(({ unit }) => WIDE.has(unit));
  const columns = engines.flatMap(({ engine }) => [
    capital(engine),
    `${capital(engine)}: ${words.linkHead.finding.toLowerCase()}`,
  ]);
  return (
    <section aria-labelledby="links-h">
      <h2 id="links-h">{words.links}</h2>
      <p className="asked">{first.text}</p>
      <p>{first.finding}</p>
      <details className="link-rows" open={wide}>
        <summary>{words.claimByClaim}</summary>
        <Cut all={first.rows} most={MOST_ROWS}>
          {(rows) => (
            <Table
              caption={words.links}
              head={[words.linkHead.claim, words.linkHead.source, words.linkHead.data, ...columns]}
              rows={rows.map((row) => ({
                id: row.claim,
                cells: [
                  <a key="claim" href={hrefOf(address, { because: row.node })}>
                    {row.name}
                  </a>,
                  row.argues === null ? (
                    words.noSign
                  ) : (
                    <span key="source" className={row.argues}>
                      {SIGNS[row.argues]} {row.argues}
                    </span>
                  ),
                  row.data === null ? (
                    "–"
                  ) : (
                    <span key="data" className={`verdict ${row.data.verdict}`}>
                      {row.data.verdict}
                    </span>
                  ),
                  ...row.engines
                    .filter(({ unit }) => WIDE.has(unit))
                    .flatMap((engine) => cells(engine, assessment.reading.id)),
                ],
              }))}
            />
          )}
        </Cut>
      </details>
    </section>
  );
}

/** A size with its range over the readings, and whether it has the sign that the source claims. */
function cells(engine: LinkRow["engines"][number], reading: string | null): ReactNode[] {
  const { effects, unit, finding } = engine;
  const own = effects.find((each) => each.reading === reading) ?? effects[0];
  if (own === undefined) return ["–", "–"];
  const sized = (size: number) => (unit === "dB" ? decibans(size) : points(size / 100));
  const sizes = effects.map(({ size }) => size);
  const [low, high] = [sized(Math.min(...sizes)), sized(Math.max(...sizes))];
  const size = (
    <span key="size">
      {sized(own.size)}
      {own.open ? " ±" : ""}
      {effects.length < 2 || low === high ? null : (
        <small>
          {low} to {high}
        </small>
      )}
    </span>
  );
  return [
    size,
    <span key="finding" className={finding === "disagree" ? "differs" : ""}>
      {words.findings[finding]}
    </span>,
  ];
}
