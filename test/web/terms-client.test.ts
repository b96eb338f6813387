import { describe, expect, it, vi } from "vitest";
import { openTermsEngine, type WorkerLike } from "../../src/web/engine/terms-client.ts";
import type { TermsReply, TermsRequest } from "../../src/web/engine/terms-protocol.ts";

/** A worker that answers when it is told to. */
class Scripted implements WorkerLike {
  onmessage: WorkerLike["onmessage"] = null;
  onerror: WorkerLike["onerror"] = null;
  readonly asked: { readonly ask: number; readonly given: unknown }[] = [];
  ended = false;
  postMessage(request: TermsRequest): void {
    if ("ask" in request) this.asked.push(request);
  }
  terminate(): void {
    this.ended = true;
  }
  says(reply: TermsReply): void {
    this.onmessage?.({ data: reply });
  }
  answers(back: unknown): void {
    this.says({ ask: this.asked.at(-1)?.ask ?? 0, back });
  }
}

function opened() {
  const workers: Scripted[] = [];
  const look = { reading: undefined, asOf: undefined, sets: [], seed: 1 };
  const engine = openTermsEngine({ main: "case.yaml", files: {} }, look, () => {
    const made = new Scripted();
    workers.push(made);
    return made;
  });
  const worker = (n: number): Scripted => {
    const found = workers[n];
    if (found === undefined) throw new Error(`there is no worker ${n}`);
    return found;
  };
  return { engine, workers, worker };
}

const evaluate = (option: string) => ({ pick: { town: option }, redLines: true });

describe("the terms engine's client", () => {
  it("opens no worker before it is asked, and asks once the case is open", async () => {
    const { engine, workers, worker } = opened();
    expect(workers).toHaveLength(0);
    const answer = engine.ask("pick", "evaluate", evaluate("north"));
    expect(worker(0).asked).toEqual([]);
    worker(0).says({ opened: true });
    worker(0).answers("done");
    expect(await answer).toEqual({ back: "done" });
  });

  it("answers the newest question of a line alone", async () => {
    const { engine, worker } = opened();
    const first = engine.ask("pick", "evaluate", evaluate("a"));
    worker(0).says({ opened: true });
    const second = engine.ask("pick", "evaluate", evaluate("b"));
    const third = engine.ask("pick", "evaluate", evaluate("c"));
    const other = engine.ask("proposal", "evaluate", evaluate("d"));
    expect(await second).toBeUndefined();
    worker(0).answers("of a");
    expect(await first).toBeUndefined();
    worker(0).answers("of c");
    expect(await third).toEqual({ back: "of c" });
    worker(0).answers("of d");
    expect(await other).toEqual({ back: "of d" });
    expect(worker(0).asked.map(({ given }) => given)).toEqual(["a", "c", "d"].map(evaluate));
  });

  it("does not make a package wait for a search, and ends a search that is long no longer wanted", async () => {
    vi.useFakeTimers();
    try {
      const { engine, workers, worker } = opened();
      const search = (sums: boolean) => ({ lock: {}, redLines: true, from: {}, sums });
      const slow = engine.ask("search", "search", search(false));
      worker(0).says({ opened: true });
      const quick = engine.ask("pick", "evaluate", evaluate("a"));
      worker(1).says({ opened: true });
      worker(1).answers("quick");
      expect(await quick).toEqual({ back: "quick" });
      const newer = engine.ask("search", "search", search(true));
      vi.advanceTimersByTime(2000);
      expect(await slow).toBeUndefined();
      expect(worker(0).ended).toBe(true);
      expect(workers).toHaveLength(3);
      worker(2).says({ opened: true });
      worker(2).answers("newer");
      expect(await newer).toEqual({ back: "newer" });
    } finally {
      vi.useRealTimers();
    }
  });

  it("tells why a case cannot be asked about, and goes on after a worker broke", async () => {
    const { engine, worker } = opened();
    const broken = engine.ask("pick", "evaluate", evaluate("a"));
    worker(0).onerror?.({ message: "out of memory", preventDefault: () => undefined });
    expect(await broken).toEqual({ broke: "out of memory" });
    const again = engine.ask("pick", "evaluate", evaluate("a"));
    worker(1).says({ opened: false, why: "one party alone" });
    expect(await again).toEqual({ broke: "one party alone" });
    engine.close();
    expect(worker(1).ended).toBe(true);
  });
});
