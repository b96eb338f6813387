/** A cell of a figure's numbers; null where there is none. */
export type Cell = string | number | null;

/** The numbers behind a figure: raw, with their units. */
export interface FigureData {
  readonly columns: readonly { readonly name: string; readonly unit?: string | undefined }[];
  readonly rows: readonly (readonly Cell[])[];
}
