import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { openSimulationDesk, type SimulationDesk } from "../../src/cli/cluster/desk.ts";
import { folderRunStore, isOver, memoryRunStore, type RunRecord } from "../../src/runs/desk/index.ts";
import { folderWith, parley } from "../support/cli.ts";
import { SMALL_WAR } from "../support/small-war.ts";

const target = folderWith({ "case.yaml": SMALL_WAR });
const folder = mkdtempSync(join(tmpdir(), "parley-desk-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const request = { texts: { main: "case.yaml", files: { "case.yaml": SMALL_WAR } }, view: {}, prior: true, seed: 3 };
const told = (runs: number): { readonly digest: string } => {
  const { stdout } = parley([
    "simulate",
    target,
    "--runs",
    String(runs),
    "--prior",
    "--seed",
    "3",
    "--no-cache",
    "--json",
  ]);
  return { ...(JSON.parse(stdout) as { digest: string }), ...{ perSecond: 0 } };
};

async function ended({ desk }: SimulationDesk, id: string): Promise<RunRecord> {
  for (;;) {
    const record = desk.get(id);
    if (record !== undefined && isOver(record)) return record;
    await sleep(5);
  }
}

describe("a desk of simulations", () => {
  it("gives what parley simulate gives, also when it was closed half-way and opened again", async () => {
    const store = folderRunStore(folder);
    const first = await openSimulationDesk({ store, threads: 2 });
    const text = first.planOf({ ...request, runs: 60_000 });
    const { id } = await first.desk.submit({ owner: "anna", label: "the war", text });
    while ((first.desk.get(id)?.shards.done ?? 0) < 4) await sleep(5);
    await first.close();
    expect(first.desk.get(id)?.state).toBe("running");
    const second = await openSimulationDesk({ store: folderRunStore(folder), threads: 2 });
    const record = await ended(second, id);
    const simulated = told(60_000);
    expect(record).toMatchObject({ state: "done", digest: simulated.digest, done: 60_000 });
    expect(record.shards.resumed).toBeGreaterThanOrEqual(4);
    expect({ ...(await second.answer(id)), perSecond: 0 }).toEqual(simulated);
    expect(await second.answer("absent")).toBeUndefined();
    await second.close();
  });

  it("computes the runs of two cases on the same threads in turn, each to its own digest", async () => {
    const desk = await openSimulationDesk({ store: memoryRunStore(), threads: 1 });
    const other = { ...request, view: { sets: ["war.clock.horizon=12"] } };
    const ids: string[] = [];
    for (const [owner, each] of [
      ["anna", request],
      ["bert", other],
    ] as const) {
      const text = desk.planOf({ ...each, runs: 4000 });
      ids.push((await desk.desk.submit({ owner, label: owner, text })).id);
    }
    const [a, b] = await Promise.all(ids.map((id) => ended(desk, id)));
    expect(a?.digest).toBe(told(4000).digest);
    expect(b).toMatchObject({ state: "done" });
    expect(b?.digest).not.toBe(a?.digest);
    await desk.close();
  });

  it("refuses what cannot be simulated, with its place, and reads no file of this machine", async () => {
    const desk = await openSimulationDesk({ store: memoryRunStore(), threads: 1 });
    const planOf = (texts: typeof request.texts) => () => desk.planOf({ ...request, texts, runs: 100 });
    expect(planOf({ main: "case.yaml", files: { "case.yaml": SMALL_WAR.replace("0.4", "x") } })).toThrow(
      /case\.yaml:7/,
    );
    expect(planOf({ main: join(target, "case.yaml"), files: {} as never })).toThrow();
    await expect(desk.desk.submit({ owner: "a", label: "b", text: "{}" })).rejects.toThrow(/invalid plan: the plan/);
    await desk.close();
  });
});
