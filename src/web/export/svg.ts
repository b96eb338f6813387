import { PALETTE } from "../../report/charts/plot.ts";
import { figureWords } from "../words/figure.ts";
import type { About } from "./about.ts";

/** A line of a legend: a text, perhaps with the stroke that it explains. */
export interface LegendLine {
  readonly text: string;
  readonly stroke?: { readonly colour: string; readonly dash: string } | undefined;
}

const [MARGIN, LEAST] = [20, 480];
const SVG = "http://www.w3.org/2000/svg";

/**
 * A drawn picture as a file that stands alone: its title above, its legend and what must go with it below, light colours in
 * plain attributes, nothing that another place would have to give.
 */
export function standaloneFigure(picture: SVGSVGElement, about: About, legend: readonly LegendLine[]): string {
  const drawn = picture.cloneNode(true) as SVGSVGElement;
  const [, , boxWidth = 0, boxHeight = 0] = (drawn.getAttribute("viewBox") ?? "").split(/[ ,]+/).map(Number);
  const width = Math.max(LEAST, boxWidth);
  plain(drawn);
  drawn.setAttribute("x", String(MARGIN));
  drawn.setAttribute("width", String(boxWidth));
  drawn.setAttribute("height", String(boxHeight));
  const lines = new Lines(width);
  lines.add(about.title, { size: 17, weight: "bold", colour: "--ink", gap: 6 });
  drawn.setAttribute("y", String(lines.y));
  const top = lines.take();
  lines.y += boxHeight + 10;
  for (const { text, stroke } of legend) lines.add(text, { size: 12, colour: "--ink", stroke });
  if (legend.length > 0) lines.y += 6;
  const small = { size: 11, colour: "--soft" } as const;
  for (const line of burned(about)) lines.add(line, small);
  const bottom = lines.take();
  const [w, h] = [width + 2 * MARGIN, Math.ceil(lines.y + MARGIN - 8)];
  // A picture may reach beyond its box; there is paper around it.
  drawn.setAttribute("overflow", "visible");
  return `<svg xmlns="${SVG}" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img" font-family="sans-serif" fill="${colourOf("--ink")}"><title>${escaped(about.title)}</title><rect width="${w}" height="${h}" fill="${colourOf("--paper")}"/>${top}${new XMLSerializer().serializeToString(drawn)}${bottom}</svg>\n`;
}

/** What must stand by a picture wherever it goes; what its context says already is not said twice. */
function burned(about: About): readonly string[] {
  const { context, caseTitle, version, seed, hash, reading, asOf, room, because } = about;
  const wanted = figureWords.burned(reading, asOf, seed, hash.slice(0, 12));
  const said = context.toLowerCase();
  const missing = wanted.filter((part) => !said.includes(part.toLowerCase()));
  return [
    context,
    [caseTitle, `Parley ${version}`, ...missing, ...(room ? [figureWords.redacted] : [])].join(" · "),
    figureWords.burnedReasons(because),
  ];
}

interface LineStyle {
  readonly size: number;
  readonly colour: string;
  readonly weight?: "bold";
  /** Below its last line. */
  readonly gap?: number;
  readonly stroke?: LegendLine["stroke"];
}

/** Texts one below the other, broken into lines that fit. */
class Lines {
  y = MARGIN;
  #made = "";
  readonly #width: number;

  constructor(width: number) {
    this.#width = width;
  }

  add(text: string, { size, colour, weight, gap = 0, stroke }: LineStyle): void {
    const indent = stroke === undefined ? 0 : 38;
    for (const [index, line] of broken(
      text,
      (this.#width - indent) / (size * (weight === "bold" ? 0.58 : 0.53)),
    ).entries()) {
      this.y += size * 1.38;
      if (stroke !== undefined && index === 0) {
        const dash = stroke.dash === "" ? "" : ` stroke-dasharray="${stroke.dash}"`;
        this.#made += `<path d="M${MARGIN},${round(this.y - size * 0.32)}h28" fill="none" stroke="${resolved(stroke.colour)}" stroke-width="2"${dash}/>`;
      }
      const bold = weight === undefined ? "" : ` font-weight="${weight}"`;
      this.#made += `<text x="${MARGIN + indent}" y="${round(this.y)}" font-size="${size}"${bold} fill="${colourOf(colour)}">${escaped(line)}</text>`;
    }
    this.y += gap;
  }

  take(): string {
    const made = this.#made;
    this.#made = "";
    return made;
  }
}

/** Breaks a text at spaces into lines of so many characters; a longer word is cut. */
export function broken(text: string, characters: number): string[] {
  const most = Math.max(8, Math.floor(characters));
  const lines: string[] = [];
  for (const word of text.split(/\s+/).flatMap((each) => each.match(new RegExp(`.{1,${most}}`, "gu")) ?? [])) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const colourOf = (name: string): string => PALETTE[name] ?? "#000";
const resolved = (value: string): string =>
  value
    .replaceAll(/var\((--[a-z]+)\)/g, (_, name: string) => colourOf(name))
    .replaceAll("currentColor", colourOf("--ink"));
const escaped = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/(?!\s)\p{Cc}/gu, "");

/** Styles that are attributes of SVG too. */
const PRESENTATION = new Set([
  "color",
  "dominant-baseline",
  "fill",
  "fill-opacity",
  "font-size",
  "font-style",
  "font-variant",
  "font-weight",
  "opacity",
  "overflow",
  "paint-order",
  "stroke",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "stroke-miterlimit",
  "stroke-opacity",
  "stroke-width",
  "text-anchor",
  "visibility",
]);
const DROPPED = new Set(["style", "class", "role", "tabindex", "font-family"]);

/** Makes a picture independent of the page: styles become attributes, names of colours their values, links and marks for scripts go. */
function plain(root: SVGSVGElement): void {
  for (const each of root.querySelectorAll("style, script, foreignObject, image")) each.remove();
  for (const link of root.querySelectorAll("a")) link.replaceWith(...link.childNodes);
  for (const part of [root, ...root.querySelectorAll<SVGElement>("*")]) {
    for (const name of part.style)
      if (PRESENTATION.has(name)) part.setAttribute(name, part.style.getPropertyValue(name));
    for (const { name, value } of [...part.attributes]) {
      if (DROPPED.has(name) || /^(aria-|data-|on)/.test(name)) part.removeAttribute(name);
      else if (/var\(|currentColor|rgba\(/.test(value)) paint(part, name, resolved(value));
    }
    // A run of spaces that the page's sheet keeps is kept by the file.
    if (part.localName === "text" && / {2}/.test(part.textContent ?? "")) part.setAttribute("xml:space", "preserve");
  }
}

/** A colour with its opacity as two attributes, which older readers of SVG need. */
function paint(part: Element, name: string, value: string): void {
  const [, r, g, b, alpha] = /^rgba\((\d+),\s*(\d+),\s*(\d+),\s*([\d.]+)\)$/.exec(value) ?? [];
  if (alpha === undefined || (name !== "fill" && name !== "stroke")) {
    part.setAttribute(name, value);
    return;
  }
  part.setAttribute(name, `rgb(${r},${g},${b})`);
  const own = Number(part.getAttribute(`${name}-opacity`) ?? 1);
  part.setAttribute(`${name}-opacity`, String(Number(alpha) * own));
}
