import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { type Check, live, readiness, ready } from "../../../src/server/ops/index.ts";

function appWith(
  checks: Readonly<Record<string, Check>>,
  isStopping = () => false,
  failed?: (name: string, error: unknown) => void,
) {
  const app = new Hono();
  app.get("/healthz", live);
  app.get("/readyz", ready(readiness(checks, isStopping, failed)));
  return app;
}

const holds = async () => {};
const fails = async () => {
  throw new Error("connect postgres://parley:hunter2@db failed");
};

describe("health", () => {
  it("lives whatever its checks say", async () => {
    const answer = await appWith({ database: fails }, () => true).request("/healthz");
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ live: true });
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  it("is ready where every check holds", async () => {
    const answer = await appWith({ database: holds, migrations: holds }).request("/readyz");
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ ready: true, stopping: false, checks: { database: "ok", migrations: "ok" } });
  });

  it("says which check failed, and nothing of why; that goes to the log", async () => {
    const told: string[] = [];
    const thrown = () => {
      throw new Error("at once");
    };
    const app = appWith(
      { database: fails, migrations: holds, queue: thrown },
      () => false,
      (name, error) => told.push(`${name}: ${(error as Error).message}`),
    );
    const answer = await app.request("/readyz");
    expect(answer.status).toBe(503);
    const text = await answer.text();
    expect(JSON.parse(text)).toEqual({
      ready: false,
      stopping: false,
      checks: { database: "failed", migrations: "ok", queue: "failed" },
    });
    expect(text).not.toContain("hunter2");
    expect(told.toSorted()).toEqual(["database: connect postgres://parley:hunter2@db failed", "queue: at once"]);
  });

  it("gives up on a check that hangs, and does not begin it again beside itself", async () => {
    let begun = 0;
    let finish = () => {};
    const app = appWith({
      database: () => {
        begun++;
        return new Promise<void>((resolve) => {
          finish = resolve;
        });
      },
      migrations: holds,
    });
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.request("/readyz")));
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ checks: { database: "timeout", migrations: "ok" } });
    }
    expect(begun).toBe(1);
    finish();
    await new Promise((resolve) => setTimeout(resolve, 0));
    const again = app.request("/readyz");
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(begun).toBe(2);
    finish();
    expect((await again).status).toBe(200);
  });

  it("is not ready where the server is about to stop, without asking the database", async () => {
    let asked = 0;
    const app = appWith({ database: async () => asked++ }, () => true);
    const answer = await app.request("/readyz");
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ ready: false, stopping: true, checks: {} });
    expect(asked).toBe(0);
  });
});
