import { digestOf } from "../plan.ts";
import type { RunRecord } from "./record.ts";
import type { KeptShard, RunStore } from "./store.ts";

/** A store in memory: what is kept is lost with the process. */
export function memoryRunStore(): RunStore {
  const records = new Map<string, RunRecord>();
  const texts = new Map<string, string>();
  const shards = new Map<string, Map<number, Float64Array>>();
  const wholes = new Map<string, Float64Array>();
  return {
    async save(record) {
      records.set(record.id, structuredClone(record));
    },
    load: async () => [...records.values()].map((record) => structuredClone(record)),
    async saveText(id, text) {
      texts.set(id, text);
    },
    readText: async (id) => texts.get(id),
    async remove(id) {
      records.delete(id);
      texts.delete(id);
    },
    finished: async (key) => [...(shards.get(key)?.keys() ?? [])],
    readShard: async (key, i) => shards.get(key)?.get(i)?.slice(),
    async writeShard(key, i, counts): Promise<KeptShard> {
      const ofKey = shards.get(key) ?? new Map<number, Float64Array>();
      shards.set(key, ofKey);
      const before = ofKey.get(i);
      if (before !== undefined) return digestOf(before) === digestOf(counts) ? "known" : "differs";
      ofKey.set(i, counts.slice());
      return "kept";
    },
    readWhole: async (key) => wholes.get(key)?.slice(),
    async writeWhole(key, counts) {
      wholes.set(key, counts.slice());
      shards.delete(key);
    },
    async forget(key) {
      shards.delete(key);
      wholes.delete(key);
    },
  };
}
