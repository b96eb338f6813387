import { nearest, ParleyError, type Place } from "../../core/problems/index.ts";
import { ambiguousDates, type Column, type DateForm, type DateParts, dateFormOf, type Writing } from "./columns.ts";
import { folded, type Layout, type Variant } from "./layouts/index.ts";
import { seriesVariant } from "./layouts/plain-tables.ts";

/** A column of a layout and where a file has it. */
export interface Bound {
  readonly column: Column;
  /** The file's column: its index, and its name as written. */
  readonly index: number;
  readonly header: string;
  readonly writing: Writing;
  /** Where a date is in parts: their indices, each possibility in turn; -1 for a part that the file does not have. */
  readonly parts?: readonly (readonly [year: number, month: number, day: number])[];
}

/** How a file is read: its layout, and where it has each column. */
export interface Plan {
  readonly layout: Layout;
  readonly variant: Variant;
  readonly columns: readonly Bound[];
  readonly header: readonly string[];
}

/** What tells how a file is laid out: its columns, and some rows. */
export interface Glance {
  readonly file: string;
  readonly header: readonly string[];
  readonly examples: readonly (readonly string[])[];
  /** What parts the columns. */
  readonly delimiter: string;
}

/**
 * Finds how a file is laid out as some data set.
 *
 * @param dates how dates are written, where they do not tell it themselves
 * @throws ParleyError data-columns where columns are missing, data-dates where days cannot be told from months
 */
export function planFor(layout: Layout, glance: Glance, dates?: DateForm): Plan {
  const { header, examples, file } = glance;
  const place: Place = { file, line: 1, column: 1 };
  const names = header.map(folded);
  const has = (name: string) => name.split("|").some((each) => names.includes(each));
  const grouped = glance.delimiter === ",";
  const own = layout.id === "series-csv" ? seriesVariant(header, examples, grouped) : undefined;
  const variants = own === undefined ? layout.variants : [own];
  const variant = variants.find(({ told, not = [] }) => told.every(has) && !not.some(has)) ?? variants.at(-1);
  const found = header.map((name) => name.trim()).join(", ");
  if (variant === undefined) {
    throw ParleyError.of("data-columns", { missing: "a date and a number", layout: layout.name, found }, place);
  }
  const missing: string[] = [];
  const columns = variant.columns.flatMap((column): Bound[] => {
    const parts = column.parts?.map((each) => partsAt(each, names)).filter(([year]) => year >= 0);
    if (parts !== undefined && parts.length > 0) {
      const index = parts[0]?.[0] ?? 0;
      return [{ column, index, header: header[index] ?? column.name, writing: { form: "iso", grouped }, parts }];
    }
    const index = column.from.map((name) => names.indexOf(name)).find((at) => at >= 0) ?? -1;
    if (index < 0) {
      if (column.must === true) missing.push(column.from[0] ?? column.name);
      return [];
    }
    const writing = { form: formOf(column, index, glance, dates), grouped };
    return [{ column, index, header: header[index] ?? column.name, writing }];
  });
  if (missing.length > 0) {
    const near = missing.map((name) => nearest(name, names)).find((name) => name !== undefined);
    const written = near === undefined ? undefined : header[names.indexOf(near)]?.trim();
    throw ParleyError.of(
      "data-columns",
      { missing: missing.join(", "), layout: layout.name, found, near: written },
      place,
    );
  }
  return { layout, variant, columns, header };
}

function partsAt({ year, month, day }: DateParts, names: readonly string[]): readonly [number, number, number] {
  const at = (wanted: readonly string[] = []) => wanted.map((name) => names.indexOf(name)).find((i) => i >= 0) ?? -1;
  return [at(year), at(month), at(day)];
}

/** How the dates of a column are written: as told, else as its examples tell. */
function formOf(column: Column, index: number, { file, header, examples }: Glance, told?: DateForm): DateForm {
  if (column.kind !== "date") return "iso";
  if (told !== undefined) return told;
  const seen = examples.map((row) => row[index] ?? "").filter((text) => !text.startsWith("#"));
  const form = dateFormOf(seen);
  if (form !== undefined) return form;
  if (!ambiguousDates(seen)) return "iso";
  const example = seen.find((text) => text.trim() !== "") ?? "";
  throw ParleyError.of(
    "data-dates",
    { column: header[index] ?? column.name, value: example },
    { file, line: 2, column: 1 },
  );
}

/** The layouts that a file fits, by their names: all that are told by columns of their own. */
export function fitting(layouts: readonly Layout[], glance: Glance): readonly Layout[] {
  return layouts.filter((layout) => {
    if (layout.id === "series-csv" || layout.id === "deaths-csv") return false;
    try {
      const { variant } = planFor(layout, glance);
      const names = glance.header.map(folded);
      return variant.told.length > 0 && !(variant.not ?? []).some((name) => names.includes(name));
    } catch {
      return false;
    }
  });
}
