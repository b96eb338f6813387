import { type KeyboardEvent, type ReactNode, useRef } from "react";
import type { Chart } from "../../report/charts/plot.ts";
import "../styles/figure.css";
import type { FigureData } from "../export/data.ts";
import { figureWords } from "../words/figure.ts";
import { words } from "../words.ts";
import { drawPlot, PlotChart } from "./plot.tsx";
import { TakeAway } from "./take-away.tsx";

export interface FigureProps {
  readonly title: string;
  /** Of its heading: below a section's, unless given. */
  readonly level?: 2 | 3;
  /** One sentence for people who cannot see it, made from the numbers. */
  readonly alt: string;
  readonly chart: Chart;
  readonly context: string;
  /** The numbers behind it, as a table. */
  readonly children: ReactNode;
  /** The same raw, with units, for those who take them along; else the table's own texts are taken. */
  readonly data?: FigureData | undefined;
  /** What its numbered marks mean; it stands below the chart. */
  readonly legend?: readonly string[] | undefined;
  /** What else must go with it: the definition of the event, the range over readings. */
  readonly definition?: string | undefined;
  /** Where its reasons are. */
  readonly because?: string | undefined;
}

/** A chart with its title, its text alternative, its context, its numbers, and what can be taken along. */
export function Figure({
  title,
  level = 3,
  alt,
  chart,
  context,
  children,
  data,
  legend,
  definition,
  because,
}: FigureProps) {
  const figure = useRef<HTMLElement>(null);
  const burned = definition === undefined ? context : `${definition} ${context}`;
  return (
    <figure ref={figure} onKeyDown={toggleNumbers}>
      <figcaption>{level === 2 ? <h2 className="figure-title">{title}</h2> : <h3>{title}</h3>}</figcaption>
      <PlotChart chart={chart} alt={alt} />
      {legend === undefined || legend.length === 0 ? null : (
        <ol className="legend">
          {legend.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ol>
      )}
      <p className="context">{context}</p>
      <details className="numbers">
        <summary title={figureWords.tableKey}>{words.numbers}</summary>
        {children}
      </details>
      <TakeAway
        title={title}
        context={burned}
        because={because}
        legend={(legend ?? []).map((text, index) => ({ text: `${index + 1}  ${text}` }))}
        picture={async () => drawPlot(chart, EXPORTED)}
        data={data}
        figure={figure}
      />
    </figure>
  );
}

/** A figure that is taken along is as wide as the report's. */
const EXPORTED = 720;

/** The key T opens the numbers of the figure that holds the focus, and closes them. */
export function toggleNumbers(event: KeyboardEvent<HTMLElement>): void {
  if (event.key.toLowerCase() !== "t" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof HTMLElement && event.target.matches("input, select, textarea, [contenteditable]")) return;
  const details = event.currentTarget.querySelector<HTMLDetailsElement>("details.numbers");
  if (details === null) return;
  event.preventDefault();
  details.open = !details.open;
  const to = details.open
    ? details.querySelector<HTMLElement>(".scroll")
    : event.currentTarget.querySelector(".chart, .pane");
  if (to instanceof HTMLElement) to.focus();
}
