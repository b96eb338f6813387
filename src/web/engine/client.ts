import type { Assessment } from "../../assess/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import type { ClaimName, Look, PackedFiles, Reply, Request } from "./protocol.ts";

/** What the page hears of a case that it has opened. */
export interface Listener {
  opened(title: string, claims: readonly ClaimName[], problems: readonly Problem[]): void;
  failed(problems: readonly Problem[]): void;
  /** First the evidence alone, then the whole. */
  answered(ask: number, whole: boolean, assessment: Assessment | undefined, problems: readonly Problem[]): void;
  step(ask: number, step: string): void;
  broke(ask: number, message: string): void;
}

export interface Engine {
  /** Asks for an assessment; what was asked before and is not answered yet is dropped. */
  ask(look: Look): number;
  close(): void;
}

/** Finished parts of long work that are handed on; the oldest go first. */
const MOST_KEPT = 200;

interface Seat {
  readonly worker: Worker;
  busy: number | undefined;
}

/**
 * Holds a case in two workers: one for the evidence, which answers at once, and one for everything, which takes long.
 *
 * Work cannot be stopped inside a worker; so one that works at what nobody waits for any more is ended, and a new one takes what
 * it had finished.
 */
export function openEngine(packed: PackedFiles, listener: Listener): Engine {
  const kept = new Map<string, string>();
  let latest = 0;
  let asked = 0;
  let waiting: { readonly ask: number; readonly look: Look } | undefined;
  let ready = false;
  const quick = seat(true);
  let deep: Seat | undefined;

  function seat(first: boolean): Seat {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    const made: Seat = { worker, busy: undefined };
    worker.onmessage = ({ data }: MessageEvent<Reply>) => heard(data, made, first);
    worker.onerror = (event) => {
      event.preventDefault();
      listener.broke(latest, event.message);
    };
    send(made, { open: packed, known: [...kept] });
    return made;
  }

  function send({ worker }: Seat, request: Request): void {
    worker.postMessage(request);
  }

  function heard(reply: Reply, from: Seat, first: boolean): void {
    if ("kept" in reply) {
      if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? "");
      kept.set(...reply.kept);
    } else if ("failed" in reply) {
      if (first) listener.failed(reply.failed);
    } else if ("opened" in reply) {
      if (!first) return;
      ready = true;
      listener.opened(reply.title, reply.claims, reply.problems);
      next();
    } else if ("step" in reply) {
      if (!first && reply.ask === latest) listener.step(reply.ask, reply.step);
    } else if ("broke" in reply) {
      from.busy = undefined;
      if (reply.ask === latest) listener.broke(reply.ask, reply.broke);
      next();
    } else {
      from.busy = undefined;
      const { answer, assessment, problems } = reply;
      if (answer === latest) listener.answered(answer, !first, assessment, problems);
      if (first && answer === latest && assessment !== undefined && waiting !== undefined) whole(waiting);
      next();
    }
  }

  /** The evidence of what is asked last, as soon as the worker is free. */
  function next(): void {
    if (!ready || quick.busy !== undefined || waiting === undefined || waiting.ask === asked) return;
    asked = waiting.ask;
    quick.busy = waiting.ask;
    send(quick, { ask: waiting.ask, look: waiting.look, evidenceOnly: true });
  }
  function whole({ ask, look }: { readonly ask: number; readonly look: Look }): void {
    deep ??= seat(false);
    deep.busy = ask;
    send(deep, { ask, look, evidenceOnly: false });
  }

  return {
    ask(look) {
      latest += 1;
      if (deep?.busy !== undefined) {
        deep.worker.terminate();
        deep = undefined;
      }
      waiting = { ask: latest, look };
      next();
      return latest;
    },
    close() {
      quick.worker.terminate();
      deep?.worker.terminate();
    },
  };
}
