import type { Assessment, LivePart } from "../../assess/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import type { ClaimName, Look, PackedFiles, Reply, Request } from "./protocol.ts";

/** What the page hears of a case that it has opened. */
export interface Listener {
  /** The case can be asked: at first, and after each change of its texts. */
  opened(title: string, claims: readonly ClaimName[], problems: readonly Problem[]): void;
  failed(problems: readonly Problem[]): void;
  /** A part of the answer to the view alone, long before the whole. */
  live(ask: number, part: LivePart): void;
  /** First the evidence alone, then the whole. */
  answered(ask: number, whole: boolean, assessment: Assessment | undefined, problems: readonly Problem[]): void;
  step(ask: number, step: string): void;
  broke(ask: number, message: string): void;
}

export interface Engine {
  /** Asks for a view; what was asked before and is not answered yet is dropped. */
  ask(look: Look): number;
  /** Goes on with other texts of the case: those that changed are read anew, and what they do not touch stays known. */
  change(packed: PackedFiles): void;
  close(): void;
}

/** What is used of a worker. */
export interface WorkerLike {
  onmessage: ((event: { readonly data: Reply }) => void) | null;
  onerror: ((event: { readonly message: string; preventDefault(): void }) => void) | null;
  postMessage(request: Request): void;
  terminate(): void;
}

/** Finished parts of long work that are handed on; the oldest go first. */
const MOST_KEPT = 200;

interface Seat {
  readonly worker: WorkerLike;
  busy: boolean;
}

/**
 * Holds a case in two workers, which `spawn` makes: one answers in parts and drops what nobody waits for any more between two of them, one works out
 * everything, which takes long.
 *
 * Work on everything cannot be stopped inside a worker; so one that works at what nobody waits for is ended, and a new one
 * takes what it had finished and reads the case anew.
 */
export function openEngine(opened: PackedFiles, listener: Listener, spawn: () => WorkerLike): Engine {
  const kept = new Map<string, string>();
  let packed = opened;
  let latest = 0;
  let waiting: { readonly ask: number; readonly look: Look } | undefined;
  /** Changes of the texts that the first worker has not read yet. */
  let unread = 1;
  /** There is no such view, and no whole of it. */
  let hopeless = false;
  const quick = seat(true);
  let deep: Seat | undefined;

  function seat(first: boolean): Seat {
    const made: Seat = { worker: spawn(), busy: false };
    made.worker.onmessage = ({ data }) => heard(data, made, first);
    made.worker.onerror = (event) => {
      event.preventDefault();
      listener.broke(latest, event.message);
    };
    made.worker.postMessage({ open: packed, known: [...kept], check: first });
    return made;
  }

  function heard(reply: Reply, from: Seat, first: boolean): void {
    if ("kept" in reply) {
      if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? "");
      kept.set(...reply.kept);
      return;
    }
    // What one that was ended had still sent.
    if (!first && from !== deep) return;
    if ("failed" in reply || "opened" in reply) {
      if (first) read(reply);
    } else if ("step" in reply) {
      if (!first && reply.ask === latest) listener.step(reply.ask, reply.step);
    } else if ("live" in reply) {
      if (reply.live !== latest || unread > 0) return;
      listener.live(reply.live, reply.part);
      hopeless = reply.part.kind === "problems";
    } else if ("lived" in reply) {
      if (reply.lived === latest && unread === 0 && !hopeless) whole();
    } else if ("broke" in reply) {
      from.busy = false;
      if (reply.ask === latest) listener.broke(reply.ask, reply.broke);
    } else {
      from.busy = false;
      const { answer, assessment, problems } = reply;
      if (answer !== latest || unread > 0) return;
      // Where the whole was quicker, the evidence alone is no news.
      if (first && waiting === undefined) return;
      if (!first) waiting = undefined;
      listener.answered(answer, !first, assessment, problems);
      if (first && assessment !== undefined) whole();
    }
  }

  function read(reply: Extract<Reply, { readonly failed: unknown } | { readonly opened: true }>): void {
    unread -= 1;
    if (unread > 0) return;
    if ("failed" in reply) listener.failed(reply.failed);
    else {
      listener.opened(reply.title, reply.claims, reply.problems);
      send();
    }
  }

  function send(): void {
    if (unread > 0 || waiting === undefined) return;
    quick.worker.postMessage({ ...waiting, evidenceOnly: true });
  }

  /** Begins with the whole: once the parts are there, so that they need not share the processor with it. */
  function whole(): void {
    if (waiting === undefined || unread > 0) return;
    deep ??= seat(false);
    if (deep.busy) return;
    deep.busy = true;
    deep.worker.postMessage({ ...waiting, evidenceOnly: false });
  }

  /** Drops what is being worked out. */
  function drop(): void {
    hopeless = false;
    if (deep?.busy !== true) return;
    deep.worker.terminate();
    deep = undefined;
  }

  return {
    ask(look) {
      latest += 1;
      drop();
      waiting = { ask: latest, look };
      send();
      return latest;
    },
    change(texts) {
      const paths = new Set([...Object.keys(packed.files), ...Object.keys(texts.files)]);
      const files = Object.fromEntries(
        [...paths].flatMap((path) =>
          texts.files[path] === packed.files[path] ? [] : [[path, texts.files[path] ?? null] as const],
        ),
      );
      packed = texts;
      latest += 1;
      waiting = undefined;
      unread += 1;
      drop();
      const change: Request = { change: { main: texts.main, files } };
      quick.worker.postMessage(change);
      deep?.worker.postMessage(change);
    },
    close() {
      quick.worker.terminate();
      deep?.worker.terminate();
    },
  };
}
