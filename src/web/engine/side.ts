import type { PackedFiles } from "./protocol.ts";
import type { JobKind, Jobs, SideReply, SideRequest } from "./side-protocol.ts";

/** A worker beside the engine's: what it works at does not hold up the view on screen. */
export interface Side {
  /** Works at one thing after another, in the order in which they are asked. */
  run<K extends JobKind>(kind: K, ask: Jobs[K]["ask"], heard?: (step: string) => void): Promise<Jobs[K]["answer"]>;
  /** Stops what is being worked at; nothing that was asked is answered any more. */
  close(): void;
}

interface Waiting {
  readonly answered: (answer: never) => void;
  readonly failed: (error: Error) => void;
  readonly heard: ((step: string) => void) | undefined;
}

export function openSide(packed: PackedFiles): Side {
  const worker = new Worker(new URL("./side-worker.ts", import.meta.url), { type: "module" });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  const send = (request: SideRequest) => worker.postMessage(request);
  worker.onmessage = ({ data }: MessageEvent<SideReply>) => {
    const asked = waiting.get(data.id);
    if (asked === undefined) return;
    if ("step" in data) {
      asked.heard?.(data.step);
      return;
    }
    waiting.delete(data.id);
    if ("broke" in data) asked.failed(new Error(data.broke));
    else asked.answered(data.answer as never);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    for (const { failed } of waiting.values()) failed(new Error(event.message));
    waiting.clear();
  };
  send({ open: packed });
  return {
    run(kind, ask, heard) {
      last += 1;
      const id = last;
      return new Promise((answered, failed) => {
        waiting.set(id, { answered, failed, heard });
        send({ id, job: { kind, ask } as never });
      });
    },
    close() {
      waiting.clear();
      worker.terminate();
    },
  };
}
