import { statSync } from "node:fs";
import { basename, join } from "node:path";
import { reasonOf } from "../../case/folder.ts";
import { ParleyError } from "../../core/problems/index.ts";
import type { DateForm } from "./columns.ts";
import { canDuck, type Duck, openDuck, takeDuck } from "./duck.ts";
import { LAYOUTS, type LayoutId } from "./layouts/index.ts";
import { fitting, type Glance, type Plan, planFor } from "./match.ts";
import { findMalformed, type Taken, type TakeOptions, takePlain } from "./plain.ts";
import { Draft, hashOf, isRegistered, isTaken, type Manifest, NAME } from "./registry.ts";
import { type Encoding, type Scanned, scan } from "./scan.ts";
import { glanceAt } from "./source.ts";

/** Files from this size on are read with DuckDB, where it is installed. */
export const LARGE_FILE = 8e6;

export interface AddOptions {
  /** What the file is; told by its columns where it is not given. */
  readonly as?: LayoutId | undefined;
  /** The name of the data set; made of the layout and release unless given. */
  readonly name?: string | undefined;
  readonly release?: string | undefined;
  readonly published?: string | undefined;
  readonly terms?: string | undefined;
  readonly producer?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly encoding?: Encoding | undefined;
  readonly dates?: DateForm | undefined;
  readonly dropMalformed?: boolean | undefined;
  /** Replaces a data set of the same name. */
  readonly again?: boolean | undefined;
  /** Which reader: DuckDB for large files where it is there, unless told. */
  readonly reader?: "plain" | "duckdb" | undefined;
  /** Where the file came from, where it was downloaded. */
  readonly url?: string | undefined;
  /** What the file is called, where it is a download. */
  readonly called?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((rows: number) => void) | undefined;
}

/**
 * Registers a file as a data set: recognises its layout, checks it, and keeps the columns that Parley uses, with what is known
 * of the file. What is wrong with it is said, and then nothing is registered.
 *
 * @throws ParleyError what {@link scan}, {@link glanceAt} and {@link planFor} throw; data-cell at the first malformed cell;
 * data-rows where none is left; data-there, data-name
 */
export async function addData(folder: string, file: string, options: AddOptions): Promise<Manifest> {
  if (options.name !== undefined && !NAME.test(options.name)) {
    throw ParleyError.of("data-name", { value: options.name });
  }
  const draft = new Draft(folder);
  try {
    const label = options.called ?? file;
    const { encoding, signal } = options;
    const scanned = await scan(file, { scratch: draft.scratch, label, encoding, signal });
    const reading: TakeOptions = { ...options, label };
    const glance = await glanceAt(scanned, reading);
    const plan = planOf(glance, options);
    const release = options.release ?? releaseOf(plan, label, glance);
    const name = options.name ?? nameOf(plan, release, label);
    if (!NAME.test(name)) throw ParleyError.of("data-name", { value: name });
    if (isTaken(folder, name)) throw ParleyError.of("data-taken", { name });
    if (options.again !== true && isRegistered(folder, name)) {
      throw ParleyError.of("data-there", { name });
    }
    const { taken, table, reader } = await take(plan, scanned, draft.path, reading, options.reader);
    if (taken.rows === 0) {
      const dropped = taken.dropped.reduce((sum, { count }) => sum + count, 0);
      throw ParleyError.of("data-rows", { dropped }, { file: label, line: 0, column: 0 });
    }
    options.signal?.throwIfAborted();
    const { layout, variant } = plan;
    const content: Manifest = {
      format: "parley-data-1",
      name,
      layout: layout.id,
      variant: variant.name,
      title: layout.name,
      producer: options.producer ?? layout.producer,
      cite: layout.cite,
      terms: options.terms ?? layout.terms,
      site: layout.site ?? null,
      release: release ?? null,
      published: options.published ?? null,
      file: { name: basename(label), bytes: scanned.bytes, sha256: scanned.sha256, url: options.url ?? null },
      added: new Date().toISOString().slice(0, 19).concat("Z"),
      ...taken,
      dropped: [...taken.dropped],
      columns: plan.columns.map(({ column }) => column.name),
      measures: variant.measures
        .filter(({ time, of }) => [time, of].every((each) => each === undefined || hasColumn(plan, each)))
        .map(({ bounds, ...measure }) =>
          bounds === undefined || !bounds.every((each) => hasColumn(plan, each))
            ? measure
            : { ...measure, bounds: [bounds[0], bounds[1]] },
        ),
      notes: [...layout.notes],
      table: { file: table, sha256: await hashOf(join(draft.path, table)) },
      reader,
    };
    draft.finish(content);
    return content;
  } catch (error) {
    // What the disk refuses is told as such: it is full, or may not be written to.
    const { code } = error as NodeJS.ErrnoException;
    const isOfDisk = ["EACCES", "EDQUOT", "ENOSPC", "EPERM", "EROFS"].includes(code ?? "");
    if (!isOfDisk) throw error;
    throw ParleyError.of("write-failed", { path: folder, reason: reasonOf(error) });
  } finally {
    draft.discard();
  }
}

function hasColumn({ columns }: Plan, name: string): boolean {
  return columns.some(({ column }) => column.name === name);
}

function planOf(glance: Glance, { as, dates }: AddOptions): Plan {
  if (as !== undefined) return planFor(LAYOUTS[as], glance, dates);
  const fits = fitting(Object.values(LAYOUTS), glance);
  const [only] = fits;
  if (only === undefined || fits.length > 1) {
    throw ParleyError.of("data-layout", { fits: fits.map(({ id }) => id) }, { file: glance.file, line: 1, column: 1 });
  }
  return planFor(only, glance, dates);
}

/** The release by the file itself: a column `version`, else its name. */
function releaseOf({ layout, header }: Plan, file: string, { examples }: Glance): string | undefined {
  const at = header.findIndex((name) => name.trim().toLowerCase() === "version");
  const versions = new Set(examples.map((row) => (row[at] ?? "").trim()));
  const [own = ""] = versions;
  if (at >= 0 && versions.size === 1 && /^[\w.-]{1,20}$/.test(own)) return own;
  const [, major, minor] = layout.release?.exec(basename(file)) ?? [];
  return major === undefined ? undefined : minor === undefined ? major : `${major}.${minor}`;
}

/** A name of the layout and release; of the file for tables that no producer stands behind. */
function nameOf({ layout }: Plan, release: string | undefined, file: string): string {
  const own = layout.id === "deaths-csv" || layout.id === "series-csv";
  const words = own ? basename(file).replace(/(\.(csv|tsv|txt|parquet|gz))+$/i, "") : `${layout.id} ${release ?? ""}`;
  return words
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
}

interface Done {
  readonly taken: Taken;
  readonly table: "table.csv" | "table.parquet";
  readonly reader: string;
}

async function take(
  plan: Plan,
  scanned: Scanned,
  into: string,
  options: TakeOptions,
  reader: AddOptions["reader"],
): Promise<Done> {
  const large = statSync(scanned.path).size >= LARGE_FILE;
  const wanted = reader === "duckdb" || (reader === undefined && large);
  if (wanted && canDuck(plan)) {
    const duck = await openDuck();
    if (duck === undefined && reader === "duckdb") {
      throw ParleyError.of("data-reader", { detail: "DuckDB is not installed, or does not run here" });
    }
    const done = duck === undefined ? undefined : await withDuck(duck, plan, scanned, into, options);
    if (done !== undefined) return done;
  }
  const taken = await takePlain(plan, scanned, join(into, "table.csv"), options);
  return { taken, table: "table.csv", reader: "plain" };
}

/** Takes a file over with DuckDB; undefined where DuckDB cannot read it, so that the plain reader says what is wrong, or reads it. */
async function withDuck(
  duck: Duck,
  plan: Plan,
  scanned: Scanned,
  into: string,
  options: TakeOptions,
): Promise<Done | undefined> {
  try {
    const taken = await takeDuck(duck, plan, scanned, join(into, "table.parquet"), options);
    if (taken !== "malformed") return { taken, table: "table.parquet", reader: `DuckDB ${duck.version}` };
    await findMalformed(plan, scanned, options);
    return undefined;
  } catch (error) {
    if (error instanceof ParleyError) throw error;
    return undefined;
  } finally {
    duck.close();
  }
}
