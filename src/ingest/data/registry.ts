import { createHash, randomBytes } from "node:crypto";
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { reasonOf } from "../../case/folder.ts";
import { nearest, ParleyError, type Problem } from "../../core/problems/index.ts";
import { LAYOUT_IDS } from "./layouts/index.ts";

/** Names of data sets: words in small letters, parted by hyphens, as identifiers in a case. */
export const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const nullable = z.string().nullable();

/** What is known of a registered data set; it stands beside its table as manifest.json. */
export const manifest = z.object({
  format: z.literal("parley-data-1"),
  name: z.string().regex(NAME),
  layout: z.enum(LAYOUT_IDS),
  variant: z.string(),
  title: z.string(),
  producer: z.string(),
  cite: z.string(),
  terms: z.string(),
  site: nullable,
  /** The producer's version or release. */
  release: nullable,
  /** When it was published. */
  published: nullable,
  file: z.object({ name: z.string(), bytes: z.number(), sha256: z.string(), url: nullable }),
  /** When it was registered. */
  added: z.string(),
  rows: z.number(),
  dropped: z.array(z.object({ why: z.string(), count: z.number() })),
  from: nullable,
  to: nullable,
  columns: z.array(z.string()),
  measures: z.array(
    z.object({
      name: z.string(),
      what: z.string(),
      unit: z.string(),
      time: z.string(),
      how: z.enum(["count", "sum", "last", "mean", "first-of", "last-of"]),
      of: z.string().optional(),
      bounds: z.tuple([z.string(), z.string()]).optional(),
    }),
  ),
  notes: z.array(z.string()),
  table: z.object({ file: z.enum(["table.csv", "table.parquet"]), sha256: z.string() }),
  reader: z.string(),
});
export type Manifest = z.infer<typeof manifest>;

/**
 * The folder in which a user's data sets stand: PARLEY_DATA where that is set, else where the system keeps a program's data.
 */
export function dataFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const given = (name: string) => (env[name] === undefined || env[name] === "" ? undefined : env[name]);
  const own = given("PARLEY_DATA");
  if (own !== undefined) return own;
  if (platform === "win32") return join(given("LOCALAPPDATA") ?? join(homedir(), "AppData", "Local"), "parley", "data");
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "parley", "data");
  return join(given("XDG_DATA_HOME") ?? join(homedir(), ".local", "share"), "parley", "data");
}

/** The data sets of a folder, by name, and what is wrong with those that cannot be read; folders that hold none are passed over. */
export function registered(folder: string): { readonly sets: Manifest[]; readonly problems: Problem[] } {
  const sets: Manifest[] = [];
  const problems: Problem[] = [];
  if (!existsSync(folder)) return { sets, problems };
  if (!statSync(folder).isDirectory()) {
    throw ParleyError.of("file-unreadable", { path: folder, reason: "it is no folder" });
  }
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || !isRegistered(folder, entry.name)) continue;
    try {
      sets.push(manifestOf(folder, entry.name));
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error;
      problems.push(...error.problems);
    }
  }
  return { sets: sets.sort((a, b) => (a.name < b.name ? -1 : 1)), problems };
}

/** Whether something else than a data set stands where one of this name would: it is nobody's to remove. */
export function isTaken(folder: string, name: string): boolean {
  return existsSync(join(folder, name)) && !isRegistered(folder, name);
}

/** Whether there is a data set of this name. */
export function isRegistered(folder: string, name: string): boolean {
  return NAME.test(name) && existsSync(join(folder, name, "manifest.json"));
}

/** What is known of a data set. @throws ParleyError data-unknown with a near miss, data-manifest */
export function manifestOf(folder: string, name: string): Manifest {
  const file = join(folder, name, "manifest.json");
  if (!NAME.test(name) || !existsSync(file)) {
    const names = existsSync(folder) ? readdirSync(folder).filter((each) => NAME.test(each)) : [];
    throw ParleyError.of("data-unknown", { name, near: nearest(name, names) });
  }
  const place = { file, line: 0, column: 0 };
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw ParleyError.of("data-manifest", { detail: (error as Error).message }, place);
  }
  const read = manifest.safeParse(content);
  if (read.success) return read.data;
  const [first] = read.error.issues;
  throw ParleyError.of("data-manifest", { detail: `${first?.path.join(".")}: ${first?.message}` }, place);
}

/** The table of a data set, as it was registered. @throws ParleyError data-changed */
export async function tableOf(folder: string, { name, table }: Manifest): Promise<string> {
  const file = join(folder, name, table.file);
  if (!existsSync(file) || (await hashOf(file)) !== table.sha256) throw ParleyError.of("data-changed", { name });
  return file;
}

/** The hash of a file of any size, SHA-256. */
export async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(file, { highWaterMark: 1 << 22 })) hash.update(part as Buffer);
  return hash.digest("hex");
}

/** A folder of its own in which a data set is put together; it becomes the data set whole, or it goes. */
export class Draft {
  readonly path: string;
  readonly #folder: string;

  /** @throws ParleyError write-failed where the folder cannot be made or written to */
  constructor(folder: string) {
    this.#folder = folder;
    try {
      mkdirSync(folder, { recursive: true });
      sweep(folder);
    } catch (error) {
      throw ParleyError.of("write-failed", { path: folder, reason: reasonOf(error) });
    }
    // A name that no data set can have.
    this.path = join(folder, `.adding-${process.pid}-${randomBytes(4).toString("hex")}`);
    try {
      mkdirSync(join(this.path, "scratch"), { recursive: true });
    } catch (error) {
      throw ParleyError.of("write-failed", { path: folder, reason: reasonOf(error) });
    }
  }

  /** A folder for what is needed on the way only. */
  get scratch(): string {
    return join(this.path, "scratch");
  }

  /** Makes the draft a data set under its name; an older one of that name goes. */
  finish(content: Manifest): void {
    rmSync(this.scratch, { recursive: true, force: true });
    writeFileSync(join(this.path, "manifest.json"), `${JSON.stringify(content, null, 2)}\n`);
    const place = join(this.#folder, content.name);
    const old = `${this.path}-old`;
    const isThere = existsSync(place);
    if (isThere) renameSync(place, old);
    try {
      renameSync(this.path, place);
    } catch (error) {
      if (isThere) renameSync(old, place);
      throw error;
    }
    rmSync(old, { recursive: true, force: true });
  }

  /** Leaves nothing behind. */
  discard(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** How long a draft may be worked at: one that is older was left by a process that was killed. */
const FORGOTTEN = 24 * 3_600_000;

function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.startsWith(".adding-") && Date.now() - statSync(path).mtimeMs > FORGOTTEN) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}

/** Removes a data set, also one whose manifest is broken. @throws ParleyError data-unknown */
export function remove(folder: string, name: string): void {
  if (!isRegistered(folder, name)) manifestOf(folder, name);
  rmSync(join(folder, name), { recursive: true, force: true });
}
