import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { type Html, raw } from "../html.ts";

/** A chart that knows how to draw itself in a width: the same data, laid out for a page or for a phone. */
export type Chart = (width: number) => Plot.PlotOptions;

/** Widths in which each chart is drawn; the style sheet shows one of them. */
export const WIDE = 720;
export const NARROW = 340;

/** Whether a chart is drawn for a phone. */
export const isNarrow = (width: number): boolean => width < 480;

/** Colours by meaning; the style sheet gives them their values for light and dark. */
export const COLOUR = {
  ink: "var(--ink)",
  paper: "var(--paper)",
  soft: "var(--soft)",
  line: "var(--line)",
  driver: "var(--driver)",
  obstacle: "var(--obstacle)",
  accent: "var(--accent)",
  band: "var(--band)",
} as const;

const { document } = parseHTML("<!doctype html><html><body></body></html>");

const REASON = "#because:";

/**
 * What a mark leads to, for Plot's channel `href`: the reasons of what it shows. A page that can open them makes the mark open
 * them; elsewhere it is dropped, for the figure's numbers hold the same links.
 */
export const reasonHref = (node: string | undefined): string | undefined =>
  node === undefined ? undefined : `${REASON}${node}`;

/** The node that a mark's link leads to. */
export const nodeOfHref = (href: string): string | undefined =>
  href.startsWith(REASON) ? href.slice(REASON.length) : undefined;

/** Draws a chart as inline SVG. */
export function draw(chart: Chart, width: number): Html {
  const options = chart(width);
  const svg = Plot.plot({
    ...options,
    document,
    width,
    style: {
      fontSize: "12px",
      overflow: "visible",
      background: "transparent",
      ...(options.style as object | undefined),
    },
  });
  // The figure tells the chart in words; Plot's own style sheet and labels of parts would only get in the way.
  return raw(
    svg.outerHTML
      .replaceAll(/<style>[^<]*<\/style>/g, "")
      .replaceAll(/<\/?a\b[^>]*>/g, "")
      .replaceAll(/ (aria-[a-z]+|font-family|class)="[^"]*"/g, ""),
  );
}

/** A text cut to a number of characters at a word's end. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  const space = cut.lastIndexOf(" ");
  return `${space > length / 2 ? cut.slice(0, space) : cut}…`;
}

/** Rows one below the other, each with a label: beside the marks on a page, above them on a phone. */
export interface Rows {
  readonly labels: readonly string[];
  readonly height: number;
  readonly marginLeft: number;
  /** How far above the middle of its row a mark's label stands; 0 beside it. */
  readonly above: number;
}

const CHARACTER = 6.4;

export function rows(labels: readonly string[], width: number, most = 38): Rows {
  const narrow = isNarrow(width);
  const longest = Math.max(...labels.map((label) => Math.min(label.length, most)), 4);
  return {
    labels: labels.map((label) => shorten(label, narrow ? Math.floor(width / CHARACTER) - 2 : most)),
    height: labels.length * (narrow ? 38 : 24) + 46,
    marginLeft: narrow ? 8 : Math.ceil(longest * CHARACTER) + 12,
    above: narrow ? 16 : 0,
  };
}

/** The labels of rows as a mark: right-aligned before the frame, or above each row at its left. */
export function rowLabels(ids: readonly string[], layout: Rows): Plot.Markish {
  const data = ids.map((id, index) => ({ id, label: layout.labels[index] ?? id }));
  return Plot.text(data, {
    y: "id",
    text: "label",
    frameAnchor: "left",
    textAnchor: layout.above > 0 ? "start" : "end",
    dx: layout.above > 0 ? 0 : -10,
    dy: -layout.above,
    fill: COLOUR.ink,
    // A halo keeps a label legible where a line runs through it.
    stroke: layout.above > 0 ? COLOUR.paper : "none",
    strokeWidth: 4,
  });
}

/** What the style sheet gives on light paper, for pictures that stand alone. */
export const PALETTE: Readonly<Record<string, string>> = {
  "--ink": "#1c1b19",
  "--paper": "#fcfbf8",
  "--soft": "#63605a",
  "--line": "#dcd8cf",
  "--driver": "#00795a",
  "--obstacle": "#b5470a",
  "--accent": "#1f5c86",
  "--band": "rgba(31, 92, 134, .13)",
};

/** A chart as an SVG file of its own, with its colours and its title in it. */
export function standaloneSvg(chart: Chart, width: number, title: string): string {
  return standalone(draw(chart, width), title);
}

/** A drawn picture as an SVG file of its own. */
export function standalone(drawn: Html, title: string): string {
  const svg = String(drawn).replaceAll(/var\((--[a-z]+)\)/g, (whole, name: string) => PALETTE[name] ?? whole);
  const escaped = title.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const style = `font-family: system-ui, sans-serif; background: ${PALETTE["--paper"]}; color: ${PALETTE["--ink"]};`;
  const end = svg.indexOf(">");
  const root = svg.slice(0, end);
  // The picture's own style comes after ours, but for the paper under it.
  const own = (/ style="([^"]*)"/.exec(root)?.[1] ?? "").replace(/background:[^;]*;?/, "");
  const bare = root.replace(/ style="[^"]*"/, "").replace(/ xmlns="[^"]*"/, "");
  const opened = bare.replace(/^<svg/, `<svg xmlns="http://www.w3.org/2000/svg" style="${style} ${own}" role="img"`);
  return `${opened}><title>${escaped}</title>${svg.slice(end + 1)}`;
}
