import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import { stateOf } from "./answers.ts";
import type { Snapshots } from "./snapshot.ts";
import type { CaseStore, StoredCase } from "./store.ts";

/** Milliseconds between signs of life, so that whatever stands between keeps the line open. */
const BEAT = 25_000;

/**
 * Tells how a case's files stand: an event `now` at once, and `changed` whenever they are others.
 *
 * The stream ends when the client goes.
 */
export function events(context: Context, store: CaseStore, snapshots: Snapshots, stored: StoredCase): Response {
  if (context.req.method === "HEAD") return context.body(null);
  return streamSSE(context, async (stream) => {
    const first = snapshots.of(stored);
    let last = first.hash;
    let queue: Promise<unknown> = stream.writeSSE({ event: "now", data: JSON.stringify(stateOf(first)) });
    const changed = (): void => {
      const now = look();
      if (now === undefined || now.hash === last) return;
      last = now.hash;
      const data = JSON.stringify(stateOf(now));
      queue = queue.then(() => stream.writeSSE({ event: "changed", data }));
    };
    const look = () => {
      try {
        return snapshots.of(stored);
      } catch {
        // In the midst of another program's writing; the next look will tell.
        return undefined;
      }
    };
    const stop = store.watch(stored.id, changed);
    // Between the first look and the watch something may have happened.
    changed();
    const beat = setInterval(() => {
      queue = queue.then(() => stream.write(": still here\n\n"));
    }, BEAT);
    await new Promise<void>((resolve) => stream.onAbort(resolve));
    clearInterval(beat);
    stop();
  });
}
