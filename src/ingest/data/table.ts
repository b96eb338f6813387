import { createReadStream } from "node:fs";
import { parse } from "csv-parse";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { type Manifest, tableOf } from "./registry.ts";

/** A row of a registered table by the names of its columns; dates and numbers as text too. */
export type Named = Readonly<Record<string, string>>;

/** The rows of a registered table, of those columns alone that are named. @throws ParleyError data-changed */
export async function* rowsOfTable(
  folder: string,
  content: Manifest,
  columns: readonly string[],
): AsyncGenerator<Named> {
  const file = await tableOf(folder, content);
  if (content.table.file === "table.parquet") {
    const objects = await parquetReadObjects({ file: await asyncBufferFromFile(file), columns: [...columns] });
    for (const row of objects as Record<string, unknown>[]) {
      const named: Record<string, string> = {};
      for (const name of columns) {
        const value = row[name];
        named[name] = value === null || value === undefined ? "" : String(value);
      }
      yield named;
    }
    return;
  }
  const parser = createReadStream(file).pipe(parse({ columns: true, max_record_size: 8_000_000 }));
  for await (const row of parser) yield row as Named;
}
