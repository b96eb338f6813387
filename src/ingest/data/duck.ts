import type { DuckDBConnection } from "@duckdb/node-api";
import { type Column, quoted, sqlOf } from "./columns.ts";
import type { Plan } from "./match.ts";
import { byCount, type Taken, type TakeOptions } from "./plain.ts";
import { WHY } from "./rows.ts";
import type { Scanned } from "./scan.ts";

/** DuckDB in memory, which neither fetches extensions nor keeps anything. */
export interface Duck {
  readonly version: string;
  rows(sql: string): Promise<Record<string, unknown>[]>;
  close(): void;
}

/** DuckDB, where it is installed; undefined where it is not, or does not run on this machine. */
export async function openDuck(): Promise<Duck | undefined> {
  try {
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const instance = await DuckDBInstance.create(":memory:", {
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      preserve_insertion_order: "true",
    });
    const connection: DuckDBConnection = await instance.connect();
    const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJS();
    const [{ version = "" } = {}] = await rows("select version() as version");
    return {
      version: String(version),
      rows,
      close() {
        connection.closeSync();
        instance.closeSync();
      },
    };
  } catch {
    return undefined;
  }
}

/** Whether a plan can be read by SQL: dates in parts cannot. */
export function canDuck({ columns }: Plan): boolean {
  return columns.every(({ parts }) => parts === undefined);
}

/** Whether every value of a column is a number or nothing, with no codes for what is not known. */
function isPlainNumber({ kind, codes, unknown }: Column): boolean {
  return (kind === "number" || kind === "count") && codes === undefined && unknown === undefined;
}

/** What DuckDB says of a file: taken over, or that a cell is malformed, which the plain reader then finds. */
export type DuckTaken = Taken | "malformed";

/**
 * Takes a file over with DuckDB: columns of plain numbers are read as such, which is faster; where a cell does not let itself be
 * read so, all are read as text.
 */
export async function takeDuck(
  duck: Duck,
  plan: Plan,
  scanned: Scanned,
  into: string,
  options: TakeOptions,
): Promise<DuckTaken> {
  if (scanned.kind === "text" && !scanned.underscored) {
    try {
      return await takeAs(duck, plan, scanned, into, options, true);
    } catch {
      // A cell such as NA or 1,200 is no number to DuckDB.
    }
  }
  return takeAs(duck, plan, scanned, into, options, false);
}

/**
 * Takes a file over with DuckDB, on all cores, by the rules of the plain reader.
 *
 * @param into the Parquet file that is written
 */
async function takeAs(
  duck: Duck,
  plan: Plan,
  scanned: Scanned,
  into: string,
  { delimiter = ",", dropMalformed }: TakeOptions,
  typed: boolean,
): Promise<DuckTaken> {
  const { columns, variant } = plan;
  const numbers = new Set(columns.filter(({ column }) => typed && isPlainNumber(column)).map(({ index }) => index));
  const named = plan.header.map((_, i) => `c${i}: '${numbers.has(i) ? "DOUBLE" : "VARCHAR"}'`);
  const from =
    scanned.kind === "parquet"
      ? `(select ${plan.header.map((name, i) => `cast("${name.replaceAll('"', '""')}" as varchar) as c${i}`).join(", ")}
          from read_parquet(${quoted(scanned.path)}))`
      : `read_csv(${quoted(scanned.path)}, auto_detect = false, header = true, delim = ${quoted(delimiter)}, quote = '"',
          escape = '"', columns = {${named.join(", ")}})`;
  const parsed = columns.map(({ column, index, writing }, i) => {
    if (!numbers.has(index)) return sqlOf(column, `t${i}`, `v${i}`, writing);
    const negative = column.kind === "count" ? ` or v${i} < 0` : "";
    return { value: `t${i}`, bad: `v${i} is not null and (not isfinite(v${i})${negative})` };
  });
  // In the order of the plain reader: a row of tags, then column by column, then the order of its dates.
  const checks: (readonly [condition: string, why: string, malformed: boolean])[] = [[`c0 like '#%'`, WHY.tags, false]];
  for (const [i, { column, header }] of columns.entries()) {
    const bad = parsed[i]?.bad ?? "false";
    if (bad !== "false") checks.push([bad, WHY.malformed(header), true]);
    if (column.needed === true) checks.push([`v${i} is null`, WHY.blank(header), false]);
  }
  const at = (name: string | undefined) => columns.findIndex(({ column }) => column.name === name);
  const [start, end, key] = [at(variant.order?.[0]), at(variant.order?.[1]), at(variant.key)];
  if (start >= 0 && end >= 0) {
    const both = `least(length(v${start}), length(v${end}))`;
    const before = `left(v${end}, ${both}) < left(v${start}, ${both})`;
    checks.push([before, WHY.order(columns[start]?.header ?? "", columns[end]?.header ?? ""), false]);
  }
  const why = `case ${checks.map(([condition], i) => `when ${condition} then ${i}`).join(" ")} end`;
  const texts = columns
    .map(({ index }, i) => (numbers.has(index) ? `c${index} as t${i}` : `nullif(trim(c${index}), '') as t${i}`))
    .join(", ");
  const values = parsed.map(({ value }, i) => `${value} as v${i}`).join(", ");
  const kept = columns.map((_, i) => `v${i}`).join(", ");
  await duck.rows("drop table if exists taken");
  await duck.rows(`create temp table taken as select ${kept}, ${why} as why
    from (select ${values}, * from (select ${texts}, cast(c0 as varchar) as c0 from ${from}))`);
  const dropped = new Map<string, number>();
  const left = await duck.rows("select why, count(*) as n from taken where why is not null group by why");
  for (const { why: index, n } of left) {
    const [, words = "", malformed = false] = checks[Number(index)] ?? [];
    if (malformed && dropMalformed !== true) return "malformed";
    dropped.set(words, (dropped.get(words) ?? 0) + Number(n));
  }
  let chosen = "taken where why is null";
  if (key >= 0) {
    const [{ n = 0, d = 0 } = {}] = await duck.rows(
      `select count(v${key}) as n, count(distinct v${key}) as d from ${chosen}`,
    );
    if (Number(n) > Number(d)) {
      dropped.set(WHY.again(columns[key]?.header ?? ""), Number(n) - Number(d));
      chosen = `(select * from taken where why is null qualify v${key} is null or row_number() over (partition by v${key} order by rowid) = 1 order by rowid)`;
    }
  }
  const time = at(variant.measures[0]?.time);
  const [{ rows = 0, first = null, last = null } = {}] = await duck.rows(
    `select count(*) as rows, ${time < 0 ? "null" : `min(v${time})`} as first, ${time < 0 ? "null" : `max(v${time})`} as last from ${chosen}`,
  );
  const list = columns.map(({ column }, i) => `v${i} as "${column.name}"`).join(", ");
  await duck.rows(`copy (select ${list} from ${chosen}) to ${quoted(into)} (format parquet, compression snappy)`);
  return {
    rows: Number(rows),
    dropped: [...dropped].map(([reason, count]) => ({ why: reason, count })).sort(byCount),
    from: first === null ? null : String(first),
    to: last === null ? null : String(last),
  };
}
