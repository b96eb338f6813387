import { describe, expect, it } from "vitest";
import type { LiveKind } from "../../src/assess/index.ts";
import { type Listener, openEngine, type WorkerLike } from "../../src/web/engine/client.ts";
import type { Look, PackedFiles, Reply, Request } from "../../src/web/engine/protocol.ts";
import { takeSeat } from "../../src/web/engine/seat.ts";

const CASE = `parley: 1
title: T
asOf: 2024-01-31
parties:
  north: {name: North, roles: [{role: belligerent}]}
  south: {name: South, roles: [{role: belligerent}]}
questions:
  talks: {text: Will they talk by June?, event: talks, by: 2024-06-29, prior: 0.3, because: x}
war: {clock: {horizon: 24}}
`;
const PACKED: PackedFiles = { main: "case.yaml", files: { "case.yaml": CASE } };
const LOOK: Look = { reading: undefined, asOf: undefined, sets: [], seed: 1 };
const set = (value: number): Look => ({ ...LOOK, sets: [`war.mediation.level=${value}`] });
const turn = () => new Promise<void>((done) => setTimeout(done));

/** A worker without a thread: messages come in turns, as they do in one. */
class Thread implements WorkerLike {
  onmessage: WorkerLike["onmessage"] = null;
  onerror: WorkerLike["onerror"] = null;
  readonly got: Request[] = [];
  ended = false;
  readonly #seat = takeSeat((reply) => void this.#say(reply), turn);

  postMessage(request: Request): void {
    this.got.push(request);
    setTimeout(() => this.ended || void this.#seat.take(request));
  }
  terminate(): void {
    this.ended = true;
  }
  #say(data: Reply): void {
    setTimeout(() => this.ended || this.onmessage?.({ data }));
  }
}

interface Heard {
  readonly what: LiveKind | "opened" | "failed" | "evidence" | "whole" | "broke";
  readonly ask: number;
  readonly runs?: number;
  readonly said?: unknown;
}

function opened(packed: PackedFiles) {
  const heard: Heard[] = [];
  const threads: Thread[] = [];
  const listener: Listener = {
    opened: (title) => heard.push({ what: "opened", ask: 0, said: title }),
    failed: (problems) => heard.push({ what: "failed", ask: 0, said: problems }),
    live: (ask, part) => heard.push({ what: part.kind, ask, ...(part.kind === "curve" ? { runs: part.runs } : {}) }),
    answered: (ask, whole, assessment) => heard.push({ what: whole ? "whole" : "evidence", ask, said: assessment }),
    step: () => undefined,
    broke: (ask, message) => heard.push({ what: "broke", ask, said: message }),
  };
  const engine = openEngine(packed, listener, () => {
    const thread = new Thread();
    threads.push(thread);
    return thread;
  });
  const until = async (is: (each: Heard) => boolean): Promise<Heard> => {
    for (;;) {
      const found = heard.find(is);
      if (found !== undefined) return found;
      await turn();
    }
  };
  return { engine, heard, threads, until };
}

describe("the engine of the page", () => {
  it("gives a first curve, then the rest in parts, then the evidence and the whole", async () => {
    const { engine, heard, threads, until } = opened(PACKED);
    await until(({ what }) => what === "opened");
    const ask = engine.ask(LOOK);
    await until(({ what }) => what === "whole");
    await until(({ runs }) => runs === 10_000);
    expect(heard[1]).toEqual({ what: "curve", ask, runs: 1000 });
    const curves = heard.flatMap(({ what, runs }) => (what === "curve" ? [runs] : []));
    expect(curves).toEqual([1000, 2000, 4000, 8000, 10_000]);
    expect(heard.filter(({ what }) => what === "evidence").length).toBeLessThanOrEqual(1);
    expect(threads.length).toBe(2);
    engine.close();
    expect(threads.every(({ ended }) => ended)).toBe(true);
  });

  it("drops what was asked before as soon as something newer is", async () => {
    const { engine, heard, until } = opened(PACKED);
    await until(({ what }) => what === "opened");
    const first = engine.ask(set(0.2));
    await until(({ runs }) => runs === 2000);
    const second = engine.ask(set(0.4));
    await until(({ runs, ask }) => runs === 10_000 && ask === second);
    await until(({ what, ask }) => what === "whole" && ask === second);
    const old = heard.filter(({ ask }) => ask === first);
    expect(old.some(({ what }) => what === "evidence" || what === "whole")).toBe(false);
    expect(Math.max(...old.map(({ runs = 0 }) => runs))).toBeLessThan(10_000);
    const turned = heard.findIndex(({ ask }) => ask === second);
    expect(heard.slice(turned).every(({ ask }) => ask === second)).toBe(true);
    engine.close();
  });

  it("ends the worker that works at the whole of what nobody waits for, and begins anew when the parts are there", async () => {
    const { engine, threads, until } = opened(PACKED);
    await until(({ what }) => what === "opened");
    engine.ask(set(0.3));
    while (threads[1]?.got.some((request) => "ask" in request) !== true) await turn();
    const ask = engine.ask(set(0.5));
    expect(threads[1]?.ended).toBe(true);
    expect(threads.length).toBe(2);
    await until((each) => each.ask === ask && each.runs === 10_000);
    while (threads.length < 3) await turn();
    expect(threads[2]?.got).toMatchObject([{ open: PACKED }, { ask, evidenceOnly: false }]);
    engine.close();
  });

  it("goes on with changed texts in the same workers, sending those that changed alone", async () => {
    const files = { ...PACKED.files, "notes.md": "old" };
    const { engine, heard, threads, until } = opened({ ...PACKED, files });
    await until(({ what }) => what === "opened");
    engine.ask(LOOK);
    await until(({ what }) => what === "whole");
    await until(({ runs }) => runs === 10_000);
    engine.change({ main: "case.yaml", files: { "case.yaml": CASE.replace("title: T", "title: Other") } });
    await until(({ said }) => said === "Other");
    const changed = threads[0]?.got.flatMap((request) => ("change" in request ? [request.change.files] : []));
    expect(changed).toEqual([{ "case.yaml": CASE.replace("title: T", "title: Other"), "notes.md": null }]);
    const from = heard.length;
    const ask = engine.ask(LOOK);
    const whole = await until((each) => each.what === "whole" && each.ask === ask);
    expect(whole.said).toMatchObject({ case: { title: "Other" } });
    // The war did not change: its curve is there at once, whole.
    expect(heard[from]).toEqual({ what: "curve", ask, runs: 10_000 });
    expect(threads.length).toBe(2);
    engine.close();
  });

  it("says what is wrong with a text that is broken half-way, and goes on once it is mended", async () => {
    const { engine, heard, until } = opened(PACKED);
    await until(({ what }) => what === "opened");
    engine.change({ main: "case.yaml", files: { "case.yaml": `${CASE}war: {clock: [` } });
    const failed = await until(({ what }) => what === "failed");
    expect(failed.said).toMatchObject([{ severity: "error" }]);
    engine.change(PACKED);
    await until((each) => each.what === "opened" && each !== heard[0]);
    const ask = engine.ask(LOOK);
    await until((each) => each.what === "whole" && each.ask === ask);
    expect(heard.some(({ what }) => what === "broke")).toBe(false);
    engine.close();
  });

  it("answers a view that has problems with them, and with no whole", async () => {
    const { engine, heard, until } = opened(PACKED);
    await until(({ what }) => what === "opened");
    const ask = engine.ask({ ...LOOK, reading: "nobody" });
    const answer = await until(({ what }) => what === "evidence");
    expect(answer).toEqual({ what: "evidence", ask, said: undefined });
    expect(heard.some(({ what }) => what === "whole")).toBe(false);
    engine.close();
  });
});
