import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fuzz } from "./fuzz.ts";
import { type Team, team } from "./support.ts";

let server: Team;
beforeAll(async () => {
  server = await team();
}, 60_000);
afterAll(() => server.store.close());

describe("requests of every kind", () => {
  it("get an answer or a refusal, never an error of the server's own", async () => {
    const { requests, faults, statuses } = await fuzz(server, 800, 20241128);
    expect(faults, String(server.errors[0])).toEqual([]);
    expect(requests).toBe(800);
    // It came through to the routes, and was refused by them, too.
    expect(statuses[200]).toBeGreaterThan(20);
    expect(statuses[400]).toBeGreaterThan(20);
  });
});
