import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan, Shard } from "./plan.ts";
import { digestOf } from "./plan.ts";
import type { Ledger } from "./runner.ts";

/**
 * A ledger in a folder: a file for each finished shard, in a folder for each run. It is also the cache: a run that was
 * finished before is read from it. Numbers alone are kept; the run's id is a hash.
 */
export function folderLedger(folder: string): Ledger {
  const fileOf = (plan: Plan, shard: Shard) => join(folder, plan.runId, `${shard.i}.counts`);
  const read = (plan: Plan, shard: Shard): Float64Array | undefined => {
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(fileOf(plan, shard));
    } catch {
      return undefined;
    }
    return decodeCounts(bytes);
  };
  return {
    read,
    write(plan, shard, counts) {
      const before = read(plan, shard);
      if (before !== undefined) {
        if (digestOf(before) === digestOf(counts)) return;
        throw new Error(`shard ${shard.i} of run ${plan.runId} came out differently: the run is not deterministic`);
      }
      const file = fileOf(plan, shard);
      mkdirSync(join(folder, plan.runId), { recursive: true });
      // A file appears whole or not at all.
      writeFileSync(`${file}.part`, encodeCounts(counts));
      renameSync(`${file}.part`, file);
    },
  };
}

/** Counts as bytes: the digest, then the counts. A torn or damaged file is as good as none. */
export function encodeCounts(counts: Float64Array): Uint8Array {
  const digest = new TextEncoder().encode(digestOf(counts));
  const bytes = new Uint8Array(digest.length + counts.byteLength);
  bytes.set(digest);
  const view = new DataView(bytes.buffer);
  for (const [i, count] of counts.entries()) view.setFloat64(digest.length + 8 * i, count, true);
  return bytes;
}

const DIGEST = 64;

/** Counts from their bytes; undefined where they are torn or damaged. */
export function decodeCounts(bytes: Uint8Array): Float64Array | undefined {
  if (bytes.length < DIGEST || (bytes.length - DIGEST) % 8 !== 0) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const counts = Float64Array.from({ length: (bytes.length - DIGEST) / 8 }, (_, i) =>
    view.getFloat64(DIGEST + 8 * i, true),
  );
  return digestOf(counts) === new TextDecoder().decode(bytes.subarray(0, DIGEST)) ? counts : undefined;
}
