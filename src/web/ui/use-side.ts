import { useEffect, useRef, useState } from "react";
import type { PackedFiles } from "../engine/protocol.ts";
import { openSide, type Side } from "../engine/side.ts";
import type { JobKind, Jobs } from "../engine/side-protocol.ts";

/** A worker beside the engine's for as long as a page is open. */
export function useSide(packed: PackedFiles | undefined): Side | undefined {
  const [side, setSide] = useState<Side | undefined>(undefined);
  useEffect(() => {
    if (packed === undefined) return;
    const opened = openSide(packed);
    setSide(opened);
    return () => {
      opened.close();
      setSide(undefined);
    };
  }, [packed]);
  return side;
}

/** What came of a job: the newest answer stays until the next is there. */
export interface Done<T> {
  readonly answer: T | undefined;
  readonly broke: string | undefined;
}

/** The answer to what is asked, asked anew wherever it changes. What is asked is compared by its JSON. */
export function useJob<K extends JobKind>(
  side: Side | undefined,
  kind: K,
  ask: Jobs[K]["ask"],
): Done<Jobs[K]["answer"]> {
  const [done, setDone] = useState<Done<Jobs[K]["answer"]>>({ answer: undefined, broke: undefined });
  const key = JSON.stringify(ask);
  const newest = useRef(ask);
  newest.current = ask;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked is known by its key.
  useEffect(() => {
    if (side === undefined) return;
    let wanted = true;
    side.run(kind, newest.current).then(
      (answer) => wanted && setDone({ answer, broke: undefined }),
      (error: unknown) => wanted && setDone({ answer: undefined, broke: String(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [side, kind, key]);
  return done;
}
