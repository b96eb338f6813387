import { serve } from "@hono/node-server";
import type { Browser as Chromium, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { browser, STRONG, setUp } from "./accounts-support.ts";
import { type Team, team } from "./support.ts";

/** Asks the server as a page of it does, and hands what it needs to the browser's own WebAuthn. */
const IN_PAGE = `
  globalThis.ask = async (method, path, body) => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    return { status: answer.status, body: await answer.json() };
  };
  globalThis.make = async (change = (options) => options) => {
    const { body } = await ask("POST", "/api/me/passkeys/options", {});
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(change(body.options));
    return (await navigator.credentials.create({ publicKey })).toJSON();
  };
  globalThis.use = async (change = (options) => options) => {
    const { body } = await ask("POST", "/api/session/passkey/options");
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(change(body.options));
    return (await navigator.credentials.get({ publicKey })).toJSON();
  };
`;

// biome-ignore lint/suspicious/noExplicitAny: what pages answer is of any shape.
type Any = any;

describe("passkeys, with a browser's own authenticator", () => {
  let server: Team;
  let http: ReturnType<typeof serve>;
  let chromium: Chromium;
  let page: Page;
  let port = 0;
  /** Milliseconds that the server's clock is ahead. */
  let late = 0;
  let authenticator: (answers: boolean) => Promise<unknown>;
  let credentials: () => Promise<Any[]>;
  let put: (credential: Any) => Promise<unknown>;

  const inPage = <T = Any>(code: string, given?: unknown): Promise<T> =>
    page.evaluate(`(async (given) => { ${code} })(${JSON.stringify(given) ?? "undefined"})`) as Promise<T>;
  const signIn = () =>
    inPage(`return ask("POST", "/api/session", given)`, { email: "ann@example.org", password: STRONG });
  const count = async () =>
    (await server.store.db.selectFrom("passkeys").select("counter").executeTakeFirstOrThrow()).counter;

  beforeAll(async () => {
    server = await team(undefined, {
      port: () => port,
      now: () => new Date(Date.now() + late),
      limits: { account: 100, address: 100 },
    });
    http = serve({ fetch: (request) => server.app.fetch(request), hostname: "127.0.0.1", port: 0 });
    await new Promise<void>((resolve) => http.once("listening", resolve));
    port = (http.address() as { port: number }).port;
    chromium = await launchBrowser();
    page = await chromium.newPage();
    // A page of the server's own address; what it says does not matter.
    await page.route("**/blank", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
    await page.goto(`http://localhost:${port}/blank`);
    await page.evaluate(IN_PAGE);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    authenticator = (isUserVerified) => cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    credentials = async () => (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
    put = async (credential) => {
      await cdp.send("WebAuthn.removeCredential", { authenticatorId, credentialId: credential.credentialId });
      await cdp.send("WebAuthn.addCredential", { authenticatorId, credential });
    };
  }, 90_000);
  afterAll(async () => {
    await chromium?.close();
    await new Promise((resolve) => http.close(resolve));
    await server.store.close();
  });

  it("are offered at localhost, and not at a bare address", async () => {
    const at = (host: string) => server.app.request(`http://${host}/api/session`, { headers: { host } });
    expect(await (await at(`localhost:${port}`)).json()).toMatchObject({ server: { passkey: true } });
    const bare = browser(server, `http://127.0.0.1:${port}`);
    expect((await bare.ask("GET", "/api/session")).body.server.passkey).toBe(false);
    expect((await bare.ask("POST", "/api/session/passkey/options")).code).toBe("passkey-off");
  });

  it("are kept once the browser made one and its person was verified", async () => {
    await setUp(server, `http://localhost:${port}`);
    expect((await signIn()).status).toBe(200);
    const kept = await inPage(`return ask("POST", "/api/me/passkeys", { name: "Laptop", response: await make() })`);
    expect(kept).toMatchObject({ status: 201, body: { passkey: { name: "Laptop" } } });
    const { body } = await inPage(`return ask("GET", "/api/me/passkeys")`);
    expect(body.passkeys).toEqual([kept.body.passkey]);
    expect(JSON.stringify(body)).not.toContain("publicKey");
  });

  it("are not made twice on one device", async () => {
    const again = await inPage(`return make().then(() => "made", ({ name }) => name)`);
    expect(again).toBe("InvalidStateError");
  });

  it("sign in without a name, and count up", async () => {
    expect((await inPage(`return ask("DELETE", "/api/session")`)).status).toBe(200);
    expect((await inPage(`return ask("GET", "/api/me")`)).status).toBe(401);
    const before = await count();
    const done = await inPage(`return ask("POST", "/api/session/passkey", { response: await use() })`);
    expect(done).toMatchObject({ status: 200, body: { person: { email: "ann@example.org" } } });
    expect((await inPage(`return ask("GET", "/api/me")`)).status).toBe(200);
    expect(Number(await count())).toBeGreaterThan(Number(before));
  });

  it("take one answer to a challenge, and none after its time", async () => {
    const [first, second] = await inPage(`
      const response = await use();
      return [await ask("POST", "/api/session/passkey", { response }), await ask("POST", "/api/session/passkey", { response })];
    `);
    expect([first.status, second.status]).toEqual([200, 401]);
    expect(second.body.problems[0].code).toBe("passkey-failed");
    await inPage(`globalThis.kept = await use();`);
    late = 6 * 60_000;
    const tooLate = await inPage(`return ask("POST", "/api/session/passkey", { response: kept })`);
    late = 0;
    expect(tooLate.status).toBe(401);
    expect((await inPage(`return ask("POST", "/api/session/passkey", { response: kept })`)).status).toBe(200);
    const forged = await inPage(
      `return ask("POST", "/api/session/passkey", { response: await use((options) => ({ ...options, challenge: given })) })`,
      Buffer.alloc(56, 255).toString("base64url"),
    );
    expect(forged.status).toBe(401);
  });

  it("take no challenge that was made for something else", async () => {
    await signIn();
    const crossed = await inPage(`
      const { body } = await ask("POST", "/api/me/passkeys/options", {});
      const response = await use((options) => ({ ...options, challenge: body.options.challenge }));
      return ask("POST", "/api/session/passkey", { response });
    `);
    expect(crossed.status).toBe(401);
  });

  it("refuse an answer without a check of whose hand it was", async () => {
    await authenticator(false);
    const loose = `(options) => ({ ...options, userVerification: "discouraged" })`;
    const used = await inPage(`return ask("POST", "/api/session/passkey", { response: await use(${loose}) })`);
    expect(used.status).toBe(401);
    await authenticator(true);
  });

  it("refuse an answer that was changed, or signed for another", async () => {
    const changed = await inPage(`
      const response = await use();
      const bad = (part) => ({ ...response, response: { ...response.response, ...part } });
      const flip = (text) => (text[0] === "A" ? "B" : "A") + text.slice(1);
      const cases = [
        bad({ signature: flip(response.response.signature) }),
        bad({ authenticatorData: flip(response.response.authenticatorData) }),
        bad({ clientDataJSON: btoa("{}") }),
        bad({ clientDataJSON: "@@" }),
        bad({ userHandle: btoa("somebody") }),
        { ...response, id: "AAAA", rawId: "AAAA" },
        bad({ signature: undefined }),
      ];
      const statuses = [];
      for (const each of cases) statuses.push((await ask("POST", "/api/session/passkey", { response: each })).status);
      return statuses;
    `);
    expect(changed).toEqual([401, 401, 401, 401, 401, 401, 401]);
  });

  it("refuse a copy, whose counter is behind", async () => {
    const [copy] = await credentials();
    await inPage(`return ask("POST", "/api/session/passkey", { response: await use() })`);
    await inPage(`return ask("POST", "/api/session/passkey", { response: await use() })`);
    await put({ ...copy, signCount: 0 });
    const old = await inPage(`return ask("POST", "/api/session/passkey", { response: await use() })`);
    expect(old.status).toBe(401);
  });

  it("let nobody in who is suspended, nor with one that was forgotten", async () => {
    const { db } = server.store;
    const [copy] = await credentials();
    await put({ ...copy, signCount: 1000 });
    const tried = () => inPage(`return ask("POST", "/api/session/passkey", { response: await use() })`);
    await db.updateTable("users").set({ suspendedAt: new Date() }).execute();
    expect((await tried()).body.problems[0].code).toBe("person-suspended");
    await db.updateTable("users").set({ suspendedAt: null }).execute();
    expect((await tried()).status).toBe(200);
    const { body } = await inPage(`return ask("GET", "/api/me/passkeys")`);
    const at = `/api/me/passkeys/${body.passkeys[0].id}`;
    expect((await inPage(`return ask("DELETE", given)`, at)).status).toBe(200);
    expect((await inPage(`return ask("DELETE", given)`, at)).body.problems[0].code).toBe("passkey-unknown");
    expect((await tried()).body.problems[0].code).toBe("passkey-failed");
  });

  it("are not added to a session that began long ago without the password", async () => {
    await signIn();
    await server.store.db
      .updateTable("sessions")
      .set({ createdAt: new Date(Date.now() - 3600_000) })
      .execute();
    const asked = (body: object) => inPage(`return ask("POST", "/api/me/passkeys/options", given)`, body);
    expect((await asked({})).body.problems[0].code).toBe("confirm-needed");
    expect((await asked({ password: "not this one" })).body.problems[0].code).toBe("password-wrong");
    expect((await asked({ password: STRONG })).status).toBe(200);
  });
});
