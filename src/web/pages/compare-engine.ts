import { useEffect, useState } from "react";
import type { PackedFiles } from "../engine/protocol.ts";
import { openSide } from "../engine/side.ts";
import type { JobKind, Jobs } from "../engine/side-protocol.ts";

/** What was worked out of a case, for as long as its texts are these. */
const known = new WeakMap<PackedFiles, Map<string, unknown>>();
const MOST_KNOWN = 48;
/** A value that is being moved is worked out once it rests, in milliseconds. */
const REST = 250;

export interface Working<K extends JobKind> {
  /** In the order in which they are asked; undefined while one is not there yet. */
  readonly answers: readonly (Jobs[K]["answer"] | undefined)[];
  /** What is being worked at: which of all that are asked, and what of it. */
  readonly doing:
    | { readonly index: number; readonly at: number; readonly of: number; readonly step: string }
    | undefined;
  readonly broke: string | undefined;
}

/**
 * Asks for several things of a case one after the other, in a worker of their own, and gives each as it comes. What is no longer
 * asked for is stopped; leaving the page stops all.
 */
export function useJobs<K extends JobKind>(
  packed: PackedFiles | undefined,
  kind: K,
  asks: readonly Jobs[K]["ask"][],
): Working<K> {
  const keys = asks.map((ask) => JSON.stringify([kind, ask]));
  const all = keys.join("\n");
  const [doing, setDoing] = useState<Working<K>["doing"]>(undefined);
  const [broke, setBroke] = useState<string | undefined>(undefined);
  const [, redraw] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked is known by its keys.
  useEffect(() => {
    if (packed === undefined) return;
    const kept = keptOf(packed);
    const missing = asks.flatMap((ask, index) => (kept.has(keys[index] ?? "") ? [] : [{ ask, index }]));
    setBroke(undefined);
    if (missing.length === 0) {
      setDoing(undefined);
      return;
    }
    let stop = () => {};
    const rest = setTimeout(() => {
      const side = openSide(packed);
      let open = true;
      stop = () => {
        open = false;
        side.close();
      };
      const work = async () => {
        for (const [i, { ask, index }] of missing.entries()) {
          const at = { index, at: i + 1, of: missing.length };
          setDoing({ ...at, step: "" });
          const answer = await side.run(kind, ask, (step) => open && setDoing({ ...at, step }));
          if (!open) return;
          if (kept.size >= MOST_KNOWN) kept.delete(kept.keys().next().value ?? "");
          kept.set(keys[index] ?? "", answer);
          redraw((n) => n + 1);
        }
        setDoing(undefined);
        side.close();
      };
      work().catch((error: unknown) => {
        if (!open) return;
        setBroke(error instanceof Error ? error.message : String(error));
        setDoing(undefined);
        side.close();
      });
    }, REST);
    return () => {
      clearTimeout(rest);
      stop();
    };
  }, [packed, kind, all]);

  const kept = packed === undefined ? undefined : keptOf(packed);
  return { answers: keys.map((key) => kept?.get(key) as Jobs[K]["answer"] | undefined), doing, broke };
}

function keptOf(packed: PackedFiles): Map<string, unknown> {
  const found = known.get(packed) ?? new Map<string, unknown>();
  known.set(packed, found);
  return found;
}
