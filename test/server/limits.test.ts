import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { depthOf } from "../../src/server/http/limits.ts";
import { Streams } from "../../src/server/http/streams.ts";
import { type Team, team } from "./support.ts";

const FEW = { requests: 3, seconds: 60 };

describe("limits of requests", () => {
  let server: Team;
  let address = "192.0.2.1";
  let workspace: string;

  beforeAll(async () => {
    const rates = {
      person: { requests: 40, seconds: 60 },
      token: { requests: 5, seconds: 60 },
      address: { requests: 20, seconds: 60 },
      signIn: FEW,
      make: FEW,
    };
    server = await team({ folder: undefined }, { rates, streams: { person: 2, all: 3 }, address: () => address });
    const ann = await server.person("ann", true);
    const bob = await server.person("bob");
    ({ id: workspace } = await server.workspace("Desk", ann));
    const person = { id: bob, name: "bob", email: "bob@example.org", keeper: false };
    server.people.set("bob's token", {
      kind: "token",
      person,
      tokenId: "t",
      scopes: ["cases:read"],
      workspaceId: undefined,
    });
  }, 60_000);
  afterAll(() => server.store.close());

  const statuses = async (count: number, as: string | undefined, method: string, path: string, body?: unknown) => {
    const found = [];
    for (let i = 0; i < count; i += 1) found.push(await server.ask(as, method, path, body));
    return found;
  };
  const signIn = { email: "nobody@example.org", password: "no such password" };

  it("are for each address apart where somebody signs in, and say when to ask again", async () => {
    address = "192.0.2.10";
    const tries = await statuses(4, undefined, "POST", "/api/session", signIn);
    expect(tries.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
    const last = tries[3];
    expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(last?.headers.get("retry-after"))).toBeLessThanOrEqual(60);
    expect(last?.body.problems[0].code).toBe("request-often");
    expect(last?.headers.get("cache-control")).toBe("no-store");
    // In another way of writing the same path, too.
    expect((await server.ask(undefined, "POST", "/api/sessio%6e", signIn)).status).toBe(429);
    // Setting a password by a link counts with it.
    const reset = await server.app.request("http://127.0.0.1:7350/api/reset", {
      method: "POST",
      headers: { "content-type": "application/json", "x-parley-reset": "a guess" },
      body: JSON.stringify({ password: "eight violet trains hum" }),
    });
    expect(reset.status).toBe(429);
    // Other requests, and other addresses, go on.
    expect((await server.ask(undefined, "GET", "/api/session")).status).toBe(200);
    address = "192.0.2.11";
    expect((await server.ask(undefined, "POST", "/api/session", signIn)).status).toBe(401);
  });

  it("count whoever is not signed in by address, also those who show what is not known", async () => {
    address = "192.0.2.20";
    const guesses = [];
    for (let i = 0; i < 21; i += 1) {
      const response = await server.app.request("http://127.0.0.1:7350/api/cases", {
        headers: { authorization: `Bearer parley_${i}` },
      });
      guesses.push(response.status);
    }
    expect(guesses.slice(0, 20).every((status) => status === 401)).toBe(true);
    expect(guesses[20]).toBe(429);
    expect((await server.ask(undefined, "GET", "/api/session")).status).toBe(429);
    // Somebody signed in at the same address is not held up by it.
    expect((await server.ask("ann", "GET", "/api/cases")).status).toBe(200);
  });

  it("count tokens apart from the person who made them", async () => {
    const asked = await statuses(6, "bob's token", "GET", "/api/cases");
    expect(asked.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect((await server.ask("bob", "GET", "/api/cases")).status).toBe(200);
  });

  it("are stricter for what makes much, and count people apart", async () => {
    const path = `/api/workspaces/${workspace}/cases`;
    const made = await statuses(4, "ann", "POST", path, { template: "blank", title: "One of many" });
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201, 429]);
    expect((await server.ask("ann", "GET", "/api/cases")).status).toBe(200);
    expect((await server.ask("bob", "POST", path, { template: "blank", title: "x" })).status).toBe(404);
  });

  it("hold streams of events, of one person and of all, and free their places", async () => {
    const { cases } = (await server.ask("ann", "GET", "/api/cases")).body;
    const open = () =>
      server.app.request(`http://127.0.0.1:7350/api/cases/${cases[0].id}/events`, {
        headers: { "x-test-person": "ann" },
      });
    const [first, second] = [await open(), await open()];
    expect([first.status, second.status, (await open()).status]).toEqual([200, 200, 429]);
    await first.body?.cancel();
    while (server.services.streams.count > 1) await new Promise((resolve) => setTimeout(resolve, 5));
    const third = await open();
    expect(third.status).toBe(200);
    server.services.streams.endAll();
    while (server.services.streams.count > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await third.body?.cancel();
    await second.body?.cancel();
  });
});

describe("streams of events", () => {
  it("are counted once each, whatever is called how often", () => {
    const counted: number[] = [];
    const streams = new Streams({ person: 1, all: 2 }, (change) => counted.push(change));
    const done = streams.open("a", () => {});
    streams.open("b", () => {});
    expect(() => streams.open("a", () => {})).toThrow(/too many/);
    expect(() => streams.open("c", () => {})).toThrow(/too many/);
    done();
    done();
    expect(streams.count).toBe(1);
    expect(counted).toEqual([1, 1, -1]);
  });
});

describe("the depth of a body", () => {
  it("is that of its value, whatever stands in its strings", () => {
    const depth = (value: unknown): number =>
      typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;
    const hard = fc.oneof(
      fc.jsonValue(),
      fc.array(fc.string({ unit: fc.constantFrom("[", "]", "{", "}", '"', "\\", "a") })),
    );
    fc.assert(fc.property(hard, (value) => depthOf(JSON.stringify(value)) === depth(value)));
    expect(depthOf("[".repeat(100_000))).toBe(100_000);
    expect(depthOf("[".repeat(100_000), 100)).toBe(101);
  });
});
