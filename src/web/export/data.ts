/** A cell of a figure's numbers; null where there is none. */
export type Cell = string | number | null;

/** The numbers behind a figure: raw, with their units. */
export interface FigureData {
  readonly columns: readonly { readonly name: string; readonly unit?: string | undefined }[];
  readonly rows: readonly (readonly Cell[])[];
}

/** The texts of a table as they stand, for figures that hand over no numbers of their own. */
export function tableData(table: HTMLTableElement): FigureData {
  const texts = (row: Element) => [...row.querySelectorAll("th, td")].map((cell) => (cell.textContent ?? "").trim());
  const [head, ...rows] = [...table.querySelectorAll("tr")].map(texts);
  return { columns: (head ?? []).map((name) => ({ name })), rows };
}
