import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { decodeCounts, encodeCounts } from "../ledger.ts";
import { digestOf, hashOf } from "../plan.ts";
import type { RunRecord } from "./record.ts";
import type { RunStore } from "./store.ts";

/**
 * A store in a folder that nobody but its owner can read: `runs/` has a file for each run and one for its plan, `shards/` a
 * folder for each key. A file appears whole or not at all, and is on the disk before it counts. A file that is torn or
 * damaged is as good as none.
 */
export function folderRunStore(folder: string): RunStore {
  const runs = join(folder, "runs");
  const recordOf = (id: string) => join(runs, `${nameOf(id)}.json`);
  const textOf = (id: string) => join(runs, `${nameOf(id)}.plan`);
  const folderOf = (key: string) => join(folder, "shards", hashOf(key));
  const shardOf = (key: string, i: number) => join(folderOf(key), `${i}.counts`);
  const wholeOf = (key: string) => join(folderOf(key), "whole");
  const countsIn = async (file: string) => {
    const bytes = await read(file);
    return bytes === undefined ? undefined : decodeCounts(bytes);
  };
  return {
    save: (record) => writeWhole(runs, recordOf(record.id), `${JSON.stringify(record)}\n`),
    async load() {
      const names = (await list(runs)).filter((name) => name.endsWith(".json"));
      const found = await Promise.all(names.map((name) => read(join(runs, name))));
      return found.flatMap((bytes) => (bytes === undefined ? [] : recordIn(bytes)));
    },
    saveText: (id, text) => writeWhole(runs, textOf(id), text),
    async readText(id) {
      const bytes = await read(textOf(id));
      return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    },
    async remove(id) {
      await rm(recordOf(id), { force: true });
      await rm(textOf(id), { force: true });
    },
    async finished(key) {
      const names = (await list(folderOf(key))).filter((name) => /^\d+\.counts$/.test(name));
      return names.map((name) => Number.parseInt(name, 10));
    },
    readShard: (key, i) => countsIn(shardOf(key, i)),
    async writeShard(key, i, counts) {
      const before = await countsIn(shardOf(key, i));
      if (before !== undefined) return digestOf(before) === digestOf(counts) ? "known" : "differs";
      await writeWhole(folderOf(key), shardOf(key, i), encodeCounts(counts));
      return "kept";
    },
    readWhole: (key) => countsIn(wholeOf(key)),
    async writeWhole(key, counts) {
      await writeWhole(folderOf(key), wholeOf(key), encodeCounts(counts));
      const shards = (await list(folderOf(key))).filter((name) => name.endsWith(".counts"));
      for (const name of shards) await rm(join(folderOf(key), name), { force: true });
    },
    forget: (key) => rm(folderOf(key), { recursive: true, force: true }),
  };
}

/** An id as a file's name. Ids are made by the desk; others, which could lead out of the folder, are none. */
function nameOf(id: string): string {
  if (!/^[\w-]{1,100}$/.test(id)) throw new RangeError("an id has letters, digits and hyphens");
  return id;
}

function recordIn(bytes: Uint8Array): RunRecord[] {
  try {
    return [JSON.parse(new TextDecoder().decode(bytes)) as RunRecord];
  } catch {
    return [];
  }
}

/** The bytes of a file; undefined where there is none. Any other trouble is one of the store. */
async function read(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

let written = 0;

async function writeWhole(folder: string, file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const part = `${file}.${process.pid}-${written++}.part`;
  const handle = await open(part, "w", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, file);
}
