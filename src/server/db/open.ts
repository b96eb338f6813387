import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { CamelCasePlugin, Kysely, PostgresDialect } from "kysely";
import type { Pool } from "pg";
import { ParleyError } from "../../core/problems/index.ts";
import { holdLock } from "./lock.ts";
import { migrate } from "./migrate.ts";
import type { Tables } from "./tables.ts";

export type Db = Kysely<Tables>;

/** Where the team server keeps everything. */
export interface Store {
  readonly db: Db;
  /** `embedded`: PGlite in this process; `server`: a PostgreSQL server. */
  readonly kind: "embedded" | "server";
  /** The changes of the schema that opening it made. */
  readonly migrated: readonly string[];
  /** Connections in use and waited for. */
  pool(): { readonly total: number; readonly idle: number; readonly waiting: number };
  close(): Promise<void>;
}

/** Which store: a PostgreSQL server by its URL, or a folder; `undefined` as the folder keeps it in memory. */
export type StorePlace =
  | { readonly url: string; readonly connections?: number | undefined }
  | {
      readonly folder: string | undefined;
      /** The file that a new store begins with, or undefined for none; by default what was built with the package. */
      readonly template?: string | undefined;
    };

/** How a store is opened. */
export interface Opening {
  /** Brings its tables up to date, and tells what it changed; by default all changes that this Parley knows. */
  readonly prepare?: ((db: Db) => Promise<readonly string[]>) | undefined;
  /** Hears of each statement and the seconds that it took. */
  readonly onQuery?: ((sql: string, seconds: number) => void) | undefined;
  /** Told of a process on another machine that may have the folder, and is waited for. */
  readonly onWait?: ((holder: string) => void) | undefined;
}

/**
 * Opens a store and brings its tables up to date.
 *
 * @throws ParleyError where it cannot be reached, is in use by another server, or was made by a newer Parley.
 */
export async function openStore(place: StorePlace, opening: Opening = {}): Promise<Store> {
  return "url" in place
    ? openServer(place.url, place.connections ?? 10, opening)
    : openEmbedded(place.folder, "template" in place ? place.template : storeTemplate(), opening);
}

async function openServer(url: string, connections: number, opening: Opening): Promise<Store> {
  const { default: pg } = await library(() => import("pg"));
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    // A machine that is gone without a word is noticed.
    keepAlive: true,
  });
  // A connection that breaks while nobody uses it is no reason to end; whoever asks next gets another.
  pool.on("error", () => {});
  // Nor one that breaks between two statements of a transaction, of which the pool hears nothing: the next one fails.
  pool.on("connect", (client) => client.on("error", () => {}));
  try {
    await answers(pool);
  } catch (error) {
    await pool.end();
    throw ParleyError.of("store-unreachable", { where: withoutSecret(url), detail: reasonOf(error) });
  }
  return opened("server", pool, async () => {}, opening);
}

/** Milliseconds that a database which is starting up is waited for. */
const STARTING = 15_000;

/** Waits for a database that is starting up; throws where it does not answer otherwise. */
async function answers(pool: Pool): Promise<void> {
  const begun = performance.now();
  for (;;) {
    try {
      await pool.query("SELECT 1");
      return;
    } catch (error) {
      const isStarting = (error as { code?: string }).code === "57P03";
      if (!isStarting || performance.now() - begun > STARTING) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/**
 * PGlite in this process: PostgreSQL itself, with one connection.
 *
 * What is acknowledged survives the end of the process, however it comes; PGlite does not wait for the disk, so a power
 * cut may lose the last moments.
 */
async function openEmbedded(
  folder: string | undefined,
  template: string | undefined,
  opening: Opening,
): Promise<Store> {
  const [{ default: pg }, { PGlite }, { createPgConfig }] = await library(() =>
    Promise.all([import("pg"), import("@electric-sql/pglite"), import("@electric-sql/pglite/node-postgres")]),
  );
  // Unpacked here: PGlite's own way, over a web stream, takes twice as long as all the rest.
  const loadDataDir = (): Blob | undefined =>
    template === undefined ? undefined : new Blob([new Uint8Array(gunzipSync(readFileSync(template)))]);
  const create = (dataDir: string | undefined, from: Blob | undefined) =>
    PGlite.create({
      ...(dataDir === undefined ? {} : { dataDir }),
      ...(from === undefined ? {} : { loadDataDir: from }),
    });
  if (folder === undefined) {
    const lite = await create(undefined, loadDataDir());
    return opened("embedded", new pg.Pool(createPgConfig(lite) as object), () => lite.close(), opening);
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const release = await holdLock(folder, { waits: opening.onWait });
  try {
    const data = join(folder, "pg");
    if (!existsSync(data)) {
      // Made aside and moved: what is there is whole, also where the first start was cut short.
      const aside = join(folder, "pg.new");
      await rm(aside, { recursive: true, force: true });
      const fresh = await create(aside, loadDataDir());
      await fresh.close();
      await rename(aside, data);
    }
    const lite = await create(data, undefined);
    return await opened(
      "embedded",
      new pg.Pool(createPgConfig(lite) as object),
      async () => {
        await lite.close();
        release();
      },
      opening,
    );
  } catch (error) {
    release();
    throw error;
  }
}

async function opened(
  kind: Store["kind"],
  pool: Pool,
  closed: () => Promise<void>,
  { prepare = migrate, onQuery }: Opening,
): Promise<Store> {
  const db: Db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
    ...(onQuery === undefined
      ? {}
      : { log: ({ query, queryDurationMillis }) => onQuery(query.sql, queryDurationMillis / 1000) }),
  });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await db.destroy();
    await closed();
  };
  try {
    const migrated = await prepare(db);
    const counts = () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount });
    return { db, kind, migrated, pool: counts, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A store's data with its tables, as built with the package; without it a first start takes some seconds more. */
function storeTemplate(): string | undefined {
  const places = ["..", "../..", "../../.."].map((up) =>
    fileURLToPath(new URL(`${up}/dist/store.tar.gz`, import.meta.url)),
  );
  return places.find((place) => existsSync(place));
}

async function library<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw ParleyError.of("store-missing", { packages: "pg and @electric-sql/pglite" });
  }
}

/** An address without its password and options. */
function withoutSecret(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname}`;
  } catch {
    return "DATABASE_URL";
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
