import type { TakeAwayProps } from "../ui/take-away.tsx";
import { figureWords } from "../words/figure.ts";
import type { About } from "./about.ts";
import { csvOf } from "./csv.ts";
import type { FigureData } from "./data.ts";
import { jsonOf } from "./json.ts";
import { pngOf } from "./png.ts";
import { fileNameOf, saveFile } from "./save.ts";
import { standaloneFigure } from "./svg.ts";

const TYPES = {
  svg: "image/svg+xml;charset=utf-8",
  png: "image/png",
  csv: "text/csv;charset=utf-8",
  json: "application/json",
} as const;

type Source = Pick<TakeAwayProps, "picture" | "legend" | "data" | "figure">;

/** Makes a figure's file and hands it to the browser; gives its name. */
export async function exportFigure(
  kind: keyof typeof TYPES,
  id: string,
  source: Source,
  about: About,
): Promise<string> {
  const name = `${fileNameOf(id, about.title)}.${kind}`;
  saveFile(name, await contentOf(kind, source, about), TYPES[kind]);
  return name;
}

async function contentOf(kind: keyof typeof TYPES, source: Source, about: About): Promise<BlobPart> {
  if (kind === "csv") return csvOf(dataOf(source), about);
  if (kind === "json") return jsonOf(dataOf(source), about);
  const svg = standaloneFigure(await source.picture(), about, source.legend);
  return kind === "svg" ? svg : pngOf(svg);
}

function dataOf({ data, figure }: Source): FigureData {
  const table = figure.current?.querySelector<HTMLTableElement>("details.numbers table");
  if (data !== undefined) return data;
  if (!table) throw new Error(figureWords.notLoaded);
  return tableData(table);
}

/** The texts of a table as they stand, for figures that hand over no numbers of their own. */
function tableData(table: HTMLTableElement): FigureData {
  const texts = (row: Element) => [...row.querySelectorAll("th, td")].map((cell) => (cell.textContent ?? "").trim());
  const [head, ...rows] = [...table.querySelectorAll("tr")].map(texts);
  return { columns: (head ?? []).map((name) => ({ name })), rows };
}
