import type { Look, PackedFiles } from "./protocol.ts";
import type { TermsCall, TermsCalls, TermsReply, TermsRequest } from "./terms-protocol.ts";

/** As much of a worker as is used, so that tests can stand in for one. */
export interface WorkerLike {
  onmessage: ((event: { readonly data: TermsReply }) => void) | null;
  onerror: ((event: { readonly message: string; preventDefault(): void }) => void) | null;
  postMessage(request: TermsRequest): void;
  terminate(): void;
}

/** What became of a question: an answer, why there is none, or nothing where a newer one on its line took its place. */
export type Outcome<T> = { readonly back: T } | { readonly broke: string } | undefined;

export interface TermsEngine {
  /** Asks on a line: of the questions on a line only the newest is answered. */
  ask<C extends TermsCall>(
    line: string,
    call: C,
    given: TermsCalls[C]["given"],
  ): Promise<Outcome<TermsCalls[C]["back"]>>;
  close(): void;
}

/** How long a question that nobody waits for any more may hold up the next one on its line. */
const PATIENCE = 1500;

interface Question {
  readonly line: string;
  readonly call: TermsCall;
  readonly given: unknown;
  readonly done: (outcome: Outcome<never>) => void;
}

/**
 * The terms engine in two workers: one for what must be there at once, one for searches, which the first never waits for.
 *
 * Work inside a worker cannot be stopped: one that works too long at what is no longer wanted is ended, and a new one is opened.
 */
export function openTermsEngine(packed: PackedFiles, look: Look, make: () => WorkerLike): TermsEngine {
  const seats = { quick: seat(packed, look, make), deep: seat(packed, look, make) };
  return {
    ask: (line, call, given) =>
      new Promise((done) => {
        const { quick, deep } = seats;
        (call === "evaluate" ? quick : deep).ask({ line, call, given, done: done as Question["done"] });
      }),
    close() {
      seats.quick.close();
      seats.deep.close();
    },
  };
}

interface Seat {
  ask(question: Question): void;
  close(): void;
}

function seat(packed: PackedFiles, look: Look, make: () => WorkerLike): Seat {
  const waiting = new Map<string, Question>();
  let worker: WorkerLike | undefined;
  let busy: { readonly ask: number; readonly question: Question } | undefined;
  let ready = false;
  let refusal: string | undefined;
  let last = 0;
  let impatience: ReturnType<typeof setTimeout> | undefined;

  function hire(): void {
    worker = make();
    ready = false;
    const own = worker;
    worker.onmessage = ({ data }) => {
      if (own !== worker) return;
      if ("opened" in data) {
        if (data.opened) ready = true;
        else refusal = data.why;
        next();
        return;
      }
      if (data.ask !== busy?.ask) return;
      const { question } = busy;
      release();
      // A newer one on the line: nobody waits for this answer.
      if (waiting.has(question.line)) question.done(undefined);
      else question.done("broke" in data ? { broke: data.broke } : { back: data.back as never });
      next();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (own === worker) fail(event.message);
    };
    worker.postMessage({ open: packed, look });
  }

  function release(): void {
    clearTimeout(impatience);
    impatience = undefined;
    busy = undefined;
  }

  /** The worker is gone: who waits is told, and the next question opens another. */
  function fail(message: string): void {
    const asked = [...(busy === undefined ? [] : [busy.question]), ...waiting.values()];
    dismiss();
    waiting.clear();
    for (const { done } of asked) done({ broke: message });
  }

  function dismiss(): void {
    worker?.terminate();
    worker = undefined;
    ready = false;
    release();
  }

  function next(): void {
    if (refusal !== undefined) {
      for (const { done } of waiting.values()) done({ broke: refusal });
      waiting.clear();
      return;
    }
    const [question] = waiting.values();
    if (question === undefined || busy !== undefined) return;
    if (worker === undefined) hire();
    if (!ready) return;
    waiting.delete(question.line);
    last += 1;
    busy = { ask: last, question };
    worker?.postMessage({ ask: last, call: question.call, given: question.given });
  }

  return {
    ask(question) {
      waiting.get(question.line)?.done(undefined);
      waiting.set(question.line, question);
      if (busy?.question.line === question.line) {
        impatience ??= setTimeout(() => {
          busy?.question.done(undefined);
          dismiss();
          next();
        }, PATIENCE);
      }
      next();
    },
    close() {
      for (const { done } of [...(busy === undefined ? [] : [busy.question]), ...waiting.values()]) done(undefined);
      dismiss();
      waiting.clear();
      refusal = "";
    },
  };
}
