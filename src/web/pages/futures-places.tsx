import { type PointerEvent, useMemo, useRef, useState } from "react";
import type { Assessment } from "../../assess/index.ts";
import { percent } from "../../assess/index.ts";
import { bandSwatch, bandsOf, OCCUPANCY_MARGIN, occupancyChart, shareOf } from "../../report/charts/occupancy.ts";
import { contextOf } from "../state/context.ts";
import { go } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { Figure } from "../ui/figure.tsx";
import { Swatch } from "../ui/swatch.tsx";
import { Table } from "../ui/table.tsx";
import { futuresWords as say } from "../words/futures.ts";
import { words } from "../words.ts";
import type { Simulation } from "./futures.tsx";

/** Months that tables tell. */
export const TOLD = [3, 6, 12, 24, 36, 60] as const;
const USUAL = 24;

/** The month that is looked at: the address's, or two years, or the last. */
export const monthOf = (month: number | undefined, months: number): number =>
  Math.min(months, Math.max(1, month ?? USUAL));

/** Where trajectories are, month by month, with a month that can be moved. */
export function Places({
  assessment,
  simulation,
  ghost,
}: {
  readonly assessment: Assessment;
  readonly simulation: Simulation;
  readonly ghost: Simulation | undefined;
}) {
  const { address } = usePick("address");
  const month = monthOf(address.month, simulation.months);
  const chart = useMemo(() => occupancyChart(simulation, month), [simulation, month]);
  const bands = bandsOf(simulation);
  const ranked = bands.map((band) => ({ band, p: shareOf(simulation, band, month) })).toSorted((a, b) => b.p - a.p);
  const [first, second] = ranked;
  const when = say.after(month);
  const told = TOLD.filter((each) => each <= simulation.months);
  const shares = bands.map((band) => `${band.name} ${percent(shareOf(simulation, band, month))}`).join(", ");
  return (
    <section aria-labelledby="places-h" className="places">
      <h2 id="places-h">{say.places}</h2>
      <Pointed months={simulation.months}>
        <Figure
          title={say.placesTitle(
            when,
            first?.band.name ?? "",
            percent(first?.p ?? 0),
            second?.band.name ?? "",
            percent(second?.p ?? 0),
          )}
          alt={say.placesAlt(when, shares)}
          chart={chart}
          context={`${say.placesContext(bands.map(({ name }) => name).join("; "))} ${contextOf(assessment, words.runs(simulation.runs))}`}
        >
          <Table
            caption={say.places}
            head={[say.place, ...told.map((each) => simulation.dates[each - 1] ?? say.monthHead(each))]}
            rows={bands.map((band) => ({
              id: band.key,
              cells: [band.name, ...told.map((each) => percent(shareOf(simulation, band, each)))],
            }))}
          />
        </Figure>
      </Pointed>
      <MonthCursor simulation={simulation} month={month} said={shares} />
      <ul className="readout">
        {bands.map((band) => {
          const text = percent(shareOf(simulation, band, month));
          const before = ghost === undefined ? text : percent(shareOf(ghost, band, month));
          return (
            <li key={band.key}>
              <Swatch chart={bandSwatch(band.key)} />
              <span>{band.name}</span>
              <strong>{text}</strong>
              {before === text ? null : <span className="was">{say.was(before)}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** A slider for the month; what it comes to is said politely. */
function MonthCursor({
  simulation,
  month,
  said,
}: {
  readonly simulation: Simulation;
  readonly month: number;
  readonly said: string;
}) {
  const now = say.monthNow(month, simulation.dates[month - 1] ?? undefined);
  // Only a month that was moved is news.
  const [moved, setMoved] = useState(false);
  return (
    <div className="month-cursor">
      <label htmlFor="month">{now}</label>
      <input
        id="month"
        type="range"
        min={1}
        max={simulation.months}
        step={1}
        value={month}
        aria-valuetext={`${now}: ${said}`}
        title={say.monthOf(simulation.months)}
        onChange={({ target }) => {
          setMoved(true);
          go({ month: Number(target.value) }, "replace");
        }}
      />
      <p className="sr" aria-live="polite">
        {moved ? `${now}: ${said}.` : ""}
      </p>
    </div>
  );
}

/** Lets a pointer on the chart move the month; the slider below does the same for keys. */
function Pointed({ months, children }: { readonly months: number; readonly children: React.ReactNode }) {
  const down = useRef(false);
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const svg = event.target instanceof Element ? event.target.closest(".chart svg") : null;
    if (!(svg instanceof SVGSVGElement)) return;
    const box = svg.getBoundingClientRect();
    const width = svg.viewBox.baseVal.width || box.width;
    const x = ((event.clientX - box.left) / box.width) * width;
    const inner = width - OCCUPANCY_MARGIN.left - OCCUPANCY_MARGIN.right;
    const share = (x - OCCUPANCY_MARGIN.left) / inner;
    if (share < -0.02 || share > 1.02) return;
    go({ month: Math.min(months, Math.max(1, Math.round(1 + share * (months - 1)))) }, "replace");
  };
  return (
    <div
      className="pointed"
      onPointerDown={(event) => {
        down.current = event.button === 0;
        if (down.current) move(event);
      }}
      onPointerMove={(event) => down.current && event.buttons === 1 && move(event)}
      onPointerUp={() => {
        down.current = false;
      }}
    >
      {children}
    </div>
  );
}
