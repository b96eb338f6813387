import type { Row } from "../state/rows.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { words } from "../words.ts";

const SIGNS = { driver: "▲", obstacle: "▼" } as const;

/** A leading figure: what it is, where it stands among the readings, where it stood before, and its value, which opens its reasons. */
export function FigureRow({
  row,
  was,
  stale,
}: {
  readonly row: Row;
  readonly was: Row | undefined;
  readonly stale: boolean;
}) {
  const { address } = usePick("address");
  const moved = was !== undefined && was.text !== row.text;
  return (
    <li className={`figure-row${stale ? " stale" : ""}`}>
      <span className="row-label">
        {row.sign === undefined ? null : (
          <span className={row.sign} aria-hidden="true">
            {SIGNS[row.sign]}{" "}
          </span>
        )}
        {row.label}
      </span>
      <Strip row={row} was={moved ? was : undefined} />
      <span className="row-value">
        <a href={hrefOf(address, { because: row.node })} aria-label={words.figureWhy(row.label, row.text)}>
          {row.text}
        </a>
      </span>
      <span className="row-note">
        {moved ? <span className="was">{words.was(was.text)}</span> : null}
        {moved && row.note !== "" ? " · " : ""}
        {row.note}
      </span>
    </li>
  );
}

/** A value on its scale, with its range; a ghost where it stood before. Its words stand beside it. */
export function Strip({ row, was }: { readonly row: Row; readonly was: Row | undefined }) {
  const { scale, value, range, from } = row;
  if (value === undefined) return <span className="strip none" aria-hidden="true" />;
  const at = (x: number): string => `${(100 * clamp((x - scale[0]) / (scale[1] - scale[0]))).toFixed(2)}%`;
  const span = (low: number, high: number) => ({ left: at(low), width: `calc(${at(high)} - ${at(low)})` });
  const tone = row.sign ?? "plain";
  return (
    <span className={`strip ${tone}`} aria-hidden="true">
      <span className="middle" />
      {range === undefined ? null : <span className="range" style={span(range.low, range.high)} />}
      {from === undefined ? null : <span className="step" style={span(Math.min(from, value), Math.max(from, value))} />}
      {from === undefined ? null : <span className="tick" style={{ left: at(from) }} />}
      {was?.value === undefined ? null : <span className="ghost" style={{ left: at(was.value) }} />}
      <span className="dot" style={{ left: at(value) }} />
    </span>
  );
}

const clamp = (x: number): number => Math.min(1, Math.max(0, x));
