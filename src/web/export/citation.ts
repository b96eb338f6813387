import { figureWords } from "../words/figure.ts";
import type { About } from "./about.ts";

export type CitationStyle = "text" | "bibtex" | "csl";

export const CITATION_STYLES = ["text", "bibtex", "csl"] as const satisfies readonly CitationStyle[];

/** How a figure is cited: as a sentence, for LaTeX, or for a reference manager. The day is when it was made. */
export function citationOf(about: About, style: CitationStyle, made: Date): string {
  const day = made.toISOString().slice(0, 10);
  if (style === "bibtex") return bibtex(about, day);
  if (style === "csl") return csl(about, day);
  return `${figureWords.citation(about.title, about.caseTitle, about.version)} ${noteOf(about)}. ${day}.`;
}

const noteOf = ({ asOf, reading, seed, hash }: About): string =>
  figureWords.citationNote(asOf, reading, seed, hash.slice(0, 12));

const idOf = ({ hash, seed }: About): string => `parley-${hash.slice(0, 12)}-${seed}`;

function bibtex(about: About, day: string): string {
  const fields = {
    // Braces within keep the capitals.
    title: `{${tex(about.title)}}`,
    note: tex(`${about.caseTitle}. ${noteOf(about)}`),
    howpublished: tex(`Parley ${about.version}`),
    year: day.slice(0, 4),
    month: String(Number(day.slice(5, 7))),
  };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}}`);
  return `@misc{${idOf(about)},\n${lines.join(",\n")}\n}\n`;
}

/** What TeX would take for its own; braces are dropped, so that they always pair. */
const tex = (text: string): string =>
  text
    .replaceAll(/[{}\\]/g, "")
    .replaceAll(/[#$%&_]/g, "\\$&")
    .replaceAll("~", "\\textasciitilde{}")
    .replaceAll("^", "\\textasciicircum{}");

function csl(about: About, day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  const item = {
    id: idOf(about),
    type: "figure",
    title: about.title,
    "container-title": about.caseTitle,
    publisher: "Parley",
    version: about.version,
    issued: { "date-parts": [[year, month, date]] },
    note: noteOf(about),
  };
  return `${JSON.stringify([item], null, 2)}\n`;
}
