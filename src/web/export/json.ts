import { figureWords } from "../words/figure.ts";
import type { About } from "./about.ts";
import type { FigureData } from "./data.ts";

/** A figure's numbers as JSON, with what they are of. */
export function jsonOf(data: FigureData, about: About): string {
  const { title, caseTitle, asOf, reading, seed, version, hash, context, because, command, room } = about;
  const document = {
    format: "parley-figure-1",
    title,
    case: { title: caseTitle, asOf: asOf ?? null, hash },
    reading,
    seed,
    parley: version,
    context,
    because,
    command,
    redacted: room,
    status: figureWords.notPrediction,
    columns: data.columns.map(({ name, unit }) => ({ name, unit: unit ?? null })),
    rows: data.rows,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
