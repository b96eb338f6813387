import { afterAll, describe, expect, it } from "vitest";
import { ParleyError } from "../../src/core/problems/index.ts";
import { Compute } from "../../src/server/compute/compute.ts";
import type { Task } from "../../src/server/compute/task.ts";
import { SMALL_WAR } from "../support/small-war.ts";

const simulable = (text: string): Task => ({
  kind: "simulable",
  texts: { main: "case.yaml", files: { "case.yaml": text } },
  view: {},
});
const assess = (text: string): Task => ({ ...simulable(text), kind: "assess", seed: 1 }) as Task;
const FINE = simulable(SMALL_WAR);

/** A case that takes minutes to weigh: many questions, each on many uncertain claims, with the most draws. */
const many = Array.from({ length: 60 }, (_, i) => i);
const SLOW = `parley: 1
title: Slow
asOf: 2024-01-31
settings: {draws: 1000000}
questions: {${many.map((i) => `q${i}: {text: Q., prior: 0.3 to 0.6, because: x}`).join(", ")}}
claims: {${many
  .map((i) => `c${i}: {text: C., credence: 0.2 to 0.8, because: x, bears: {${many.map((q) => `q${q}: 1 to 3`)}}}`)
  .join(", ")}}
`;
/** As large as a case may be. */
const HUGE = `parley: 1\ntitle: Huge\nclaims:\n${Array.from({ length: 30_000 }, (_, i) => `  c${i}: {text: Claim number ${i} says something of its own., because: x}\n`).join("")}`;
const DEEP = `parley: 1\ntitle: Deep\nclaims: ${"[".repeat(100_000)}${"]".repeat(100_000)}\n`;

const opened: Compute[] = [];
const open = (options: ConstructorParameters<typeof Compute>[0]) => {
  const compute = new Compute(options);
  opened.push(compute);
  return compute;
};
afterAll(() => Promise.all(opened.map((compute) => compute.close())));

const codeOf = (error: unknown) => (error instanceof ParleyError ? error.problems[0]?.code : error);

describe("threads that answer", () => {
  it("end a case that takes too long, and go on with the next", async () => {
    const compute = open({ threads: 1, seconds: 6 });
    await expect(compute.run("ann", assess(SLOW))).rejects.toSatisfy((error) => codeOf(error) === "compute-time");
    expect(await compute.run("ann", FINE)).toMatchObject({ ok: true });
  });

  it("end a case that takes too much memory, and go on with the next", async () => {
    const compute = open({ threads: 1, megabytes: 100 });
    await expect(compute.run("ann", assess(HUGE))).rejects.toSatisfy((error) => codeOf(error) === "compute-memory");
    expect(await compute.run("ann", FINE)).toMatchObject({ ok: true });
  });

  it("refuse a case that nests without end, and what has errors, with the place", async () => {
    const compute = open({ threads: 1 });
    expect(await compute.run("ann", assess(DEEP))).toMatchObject({ ok: false, problems: [{ code: "too-deep" }] });
    const broken = await compute.run("ann", assess(SMALL_WAR.replace("0.4", "x")));
    expect(broken).toMatchObject({ ok: false, problems: [{ file: "case.yaml", line: 7 }] });
    const peaceful = await compute.run("ann", simulable(SMALL_WAR.replace(/^war:.*\n/m, "")));
    expect(peaceful).toMatchObject({ ok: false, problems: [{ code: "not-simulable" }] });
  });

  it("let people take turns, whoever asked for more", async () => {
    const compute = open({ threads: 1 });
    const order: string[] = [];
    const ask = (person: string) => compute.run(person, FINE).then(() => order.push(person));
    await Promise.all(["ann", "ann", "ann", "ann", "bob", "cleo", "bob"].map(ask));
    expect(order).toEqual(["ann", "ann", "bob", "cleo", "ann", "bob", "ann"]);
  });

  it("keep a thread for others where there are more than one", async () => {
    const compute = open({ threads: 2, seconds: 60 });
    const stop = new AbortController();
    const slow = [1, 2].map(() => compute.run("ann", assess(SLOW), stop.signal));
    for (const each of slow) each.catch(() => {});
    expect(compute.counts).toEqual({ running: 1, waiting: 1 });
    expect(await compute.run("bob", FINE)).toMatchObject({ ok: true });
    stop.abort();
    for (const each of slow) await expect(each).rejects.toSatisfy((error) => codeOf(error) === "work-stopped");
    expect(await compute.run("ann", FINE)).toMatchObject({ ok: true });
    expect(compute.counts).toEqual({ running: 0, waiting: 0 });
  });

  it("let only so many wait, of one person and of all", async () => {
    const compute = open({ threads: 1, waitingOfOne: 2, waiting: 3 });
    const first = ["ann", "ann", "ann", "bob"].map((person) => compute.run(person, FINE));
    await expect(compute.run("ann", FINE)).rejects.toSatisfy((error) => codeOf(error) === "compute-waiting");
    await expect(compute.run("bob", FINE)).rejects.toSatisfy((error) => codeOf(error) === "compute-full");
    expect((await Promise.all(first)).every(({ ok }) => ok)).toBe(true);
  });

  it("stop what waits and what is under way when they are closed", async () => {
    const compute = open({ threads: 1 });
    const asked = [assess(SLOW), FINE].map((task) => compute.run("ann", task));
    const ends = asked.map((each) => expect(each).rejects.toSatisfy((error) => codeOf(error) === "work-stopped"));
    await compute.close();
    await Promise.all(ends);
    await expect(compute.run("ann", FINE)).rejects.toSatisfy((error) => codeOf(error) === "compute-closed");
  });
});
