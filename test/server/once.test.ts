import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Once } from "../../src/server/answers/once.ts";

/** Work that ends when it is told to, and counts how often it was begun and stopped. */
function work() {
  const seen = { begun: 0, stopped: 0 };
  let end = (_: string): void => {};
  const act = (signal: AbortSignal) => {
    seen.begun += 1;
    return new Promise<string>((resolve, reject) => {
      end = resolve;
      signal.addEventListener("abort", () => {
        seen.stopped += 1;
        reject(new Error("stopped"));
      });
    });
  };
  return { seen, act, end: (value: string) => end(value) };
}

describe("work that is done once", () => {
  it("is begun once for all who ask at a time, and anew for who asks later", async () => {
    const once = new Once<string>();
    const { seen, act, end } = work();
    const asked = [1, 2, 3].map(() => once.do("a", undefined, act));
    end("x");
    expect(await Promise.all(asked)).toEqual(["x", "x", "x"]);
    const later = once.do("a", undefined, act);
    end("y");
    expect([await later, seen.begun]).toEqual(["y", 2]);
  });

  it("goes on while anybody waits, and is stopped when nobody has for a while", async () => {
    const once = new Once<string>(1);
    const { seen, act } = work();
    const [one, two] = [new AbortController(), new AbortController()];
    const asked = [one, two].map(({ signal }) => once.do("a", signal, act));
    const ends = asked.map((each) => expect(each).rejects.toThrow("stopped"));
    one.abort();
    await sleep(20);
    expect(seen).toEqual({ begun: 1, stopped: 0 });
    two.abort();
    await Promise.all(ends);
    while (seen.stopped === 0) await sleep(1);
    const gone = AbortSignal.abort();
    await expect(once.do("a", gone, act)).rejects.toThrow("stopped");
    expect(seen.begun).toBe(1);
  });

  it("tells everybody who waits what went wrong, and is tried anew", async () => {
    const once = new Once<string>();
    let tries = 0;
    const fail = async () => {
      tries += 1;
      throw new Error(`no ${tries}`);
    };
    const asked = [1, 2].map(() => once.do("a", undefined, fail));
    for (const each of asked) await expect(each).rejects.toThrow("no 1");
    await expect(once.do("a", undefined, fail)).rejects.toThrow("no 2");
  });
});
