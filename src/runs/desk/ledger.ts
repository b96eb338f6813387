import { ParleyError } from "../../core/problems/index.ts";
import type { Shard } from "../plan.ts";
import type { Ledger } from "../runner.ts";
import type { Patiently } from "./patience.ts";
import type { RunStore } from "./store.ts";

/** A run's ledger in a desk's store. */
export function storeLedger(
  store: RunStore,
  key: string,
  patiently: Patiently,
  told: { found(shard: Shard): void; kept(shard: Shard): void },
): Ledger {
  const seen = new Set<number>();
  const first = (shard: Shard, tell: (shard: Shard) => void) => {
    if (seen.has(shard.i)) return;
    seen.add(shard.i);
    tell(shard);
  };
  return {
    finished: async () => new Set(await patiently(() => store.finished(key))),
    async read(_, shard) {
      const counts = await patiently(() => store.readShard(key, shard.i));
      if (counts !== undefined) first(shard, told.found);
      return counts;
    },
    async write(_, shard, counts) {
      const kept = await patiently(() => store.writeShard(key, shard.i, counts));
      if (kept === "differs") {
        throw ParleyError.of("shard-differs", { index: shard.i, first: "the ledger", second: "a worker" });
      }
      first(shard, told.kept);
    },
  };
}
