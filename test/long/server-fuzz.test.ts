import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fuzz } from "../server/fuzz.ts";
import { type Team, team } from "../server/support.ts";

let server: Team;
beforeAll(async () => {
  server = await team();
}, 60_000);
afterAll(() => server.store.close());

/** Routes that chance never calls rightly, and why. */
const NEVER_RIGHT: ReadonlyMap<string, string> = new Map([
  ["post /api/session", "it needs the right password"],
  ["post /api/setup", "somebody has an account already"],
  ["post /api/session/passkey/options", "there are no passkeys at an address without a name"],
  ["post /api/session/passkey", "it needs a signature"],
  ["post /api/me/passkeys/options", "there are no passkeys at an address without a name"],
  ["post /api/me/passkeys", "it needs a signature"],
  ["get /api/session/oidc", "no provider is set"],
  ["post /api/session/oidc", "no provider is set"],
  ["get /api/session/oidc/callback", "no provider is set"],
  ["post /api/me/password", "it needs the right password"],
  ["post /api/people/{person}/reset", "it needs the right password, or a sign-in within ten minutes"],
  ["put /api/ownerless/{workspace}", "the workspace has an owner"],
  ["get /mcp", "it is asked by posts alone"],
  ["delete /mcp", "it is asked by posts alone"],
  ["delete /api/me", "it needs the right password, or a sign-in within ten minutes"],
]);

describe("ten thousand requests of every kind", () => {
  it("get an answer or a refusal, never an error of the server's own, and reach every route", async () => {
    const { requests, faults, statuses, neverRight } = await fuzz(server, 10_000, 20241129);
    expect(faults, String(server.errors[0])).toEqual([]);
    // What an assistant asked wrongly is noted as a text.
    expect(server.errors.filter((error) => typeof error !== "string")).toEqual([]);
    expect(requests).toBe(10_000);
    expect(statuses[200]).toBeGreaterThan(500);
    expect(neverRight.filter((route) => !NEVER_RIGHT.has(route))).toEqual([]);
  });
});
