import { useEffect, useState } from "react";
import { openTermsEngine, type TermsEngine, type WorkerLike } from "../engine/terms-client.ts";
import type { TermsCall, TermsCalls } from "../engine/terms-protocol.ts";
import { viewKey } from "./address.ts";
import { lookOf } from "./session.ts";
import { useStore } from "./store.ts";

const spawn = (): WorkerLike =>
  new Worker(new URL("../engine/terms-worker.ts", import.meta.url), { type: "module" }) as unknown as WorkerLike;

/** The terms engine of the case and the view that are open; its workers begin with the first question. */
export function useTermsEngine(): TermsEngine | undefined {
  const { open, address } = useStore();
  // What it takes apart would give inferred positions away.
  const packed = address.room ? undefined : open?.packed;
  const key = viewKey(address);
  const [engine, setEngine] = useState<TermsEngine>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the address, what an answer depends on is in its key.
  useEffect(() => {
    if (packed === undefined) return;
    const made = openTermsEngine(packed, lookOf(address), spawn);
    setEngine(made);
    return () => {
      made.close();
      setEngine(undefined);
    };
  }, [packed, key]);
  return engine;
}

/** What is known of a question: the newest answer, perhaps to the question before. */
export interface Known<T> {
  readonly back: T | undefined;
  /** Whether the answer is to the question that is asked now. */
  readonly fresh: boolean;
  readonly broke: string | undefined;
}

/** Asks on a line of the engine whenever the question changes; the former answer stays until the new one is there. */
export function useAnswer<C extends TermsCall>(
  engine: TermsEngine | undefined,
  line: string,
  call: C,
  given: TermsCalls[C]["given"] | undefined,
): Known<TermsCalls[C]["back"]> {
  type Back = TermsCalls[C]["back"];
  const key = given === undefined ? undefined : JSON.stringify(given);
  const [known, setKnown] = useState<{ engine: TermsEngine; key: string; back?: Back; broke?: string }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for what is given.
  useEffect(() => {
    if (engine === undefined || given === undefined || key === undefined) return;
    let wanted = true;
    void engine.ask(line, call, given).then((outcome) => {
      if (wanted && outcome !== undefined) setKnown({ engine, key, ...outcome });
    });
    return () => {
      wanted = false;
    };
  }, [engine, line, call, key]);
  if (key === undefined) return { back: undefined, fresh: false, broke: undefined };
  const fresh = known?.key === key && known.engine === engine;
  return { back: known?.back, fresh, broke: fresh ? known?.broke : undefined };
}
