import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Oidc } from "../../src/server/accounts/oidc.ts";
import { createLog } from "../../src/server/ops/index.ts";
import { describeWithPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { type Browser, browser, everything, STRONG, setUp } from "./accounts-support.ts";
import { identityProvider } from "./oidc-provider.ts";
import { SECRET, type Team, team } from "./support.ts";

const ORIGIN = "https://parley.example.org";
const CLIENT = { id: "parley", secret: "of the client" };

type Provider = Awaited<ReturnType<typeof identityProvider>>;

/** The same tests on both stores. */
function oidc(open: (provider: Provider) => Promise<Team>, close: () => Promise<void>): void {
  let server: Team;
  let provider: Provider;
  let ann: Browser;
  let desk: string;
  let initial: Provider["state"];

  beforeAll(async () => {
    provider = await identityProvider(CLIENT);
    initial = structuredClone(provider.state);
    server = await open(provider);
    ann = await setUp(server, ORIGIN);
    desk = (await ann.ask("GET", "/api/workspaces")).body.workspaces[0].id;
  }, 60_000);
  afterAll(async () => {
    await server.store.close();
    await provider.close();
    await close();
  });
  afterEach(() => {
    Object.assign(provider.state, structuredClone(initial));
  });

  /** Goes to the provider and back, and says where the page ends up. */
  const signIn = async (page = browser(server, ORIGIN), change: (query: URLSearchParams) => void = () => {}) => {
    const sent = await page.ask("GET", "/api/session/oidc");
    expect(sent.status).toBe(302);
    const query = provider.authorize(sent.headers.get("location") ?? "");
    change(query);
    const back = await page.ask("GET", `/api/session/oidc/callback?${query}`);
    expect(back.status).toBe(302);
    return { page, query, at: back.headers.get("location") };
  };
  const person = async (page: Browser) => (await page.ask("GET", "/api/session")).body.person;
  const refused = (code: string) => `/#/sign-in?problem=${code}`;

  it("is named, and asks the provider nothing until somebody signs in by it", async () => {
    const page = browser(server, ORIGIN);
    const { oidc: named } = (await page.ask("GET", "/api/session")).body.server;
    expect(named).toEqual({ name: new URL(provider.issuer).host });
    expect(provider.asked).toEqual([]);
  });

  it("says so where the provider is down or is another, and goes on once it is right", async () => {
    provider.state.isDown = true;
    const page = browser(server, ORIGIN);
    expect(await page.ask("GET", "/api/session/oidc")).toMatchObject({ status: 502, code: "oidc-failed" });
    provider.state.isDown = false;
    provider.state.issuerInDiscovery = "https://elsewhere.example.org";
    expect((await page.ask("GET", "/api/session/oidc")).code).toBe("oidc-failed");
  });

  it("goes there with state, nonce and PKCE, and back to an address of ours", async () => {
    const page = browser(server, ORIGIN);
    const sent = await page.ask("GET", "/api/session/oidc");
    const { searchParams } = new URL(sent.headers.get("location") ?? "");
    expect(Object.fromEntries(searchParams)).toMatchObject({
      client_id: "parley",
      response_type: "code",
      redirect_uri: `${ORIGIN}/api/session/oidc/callback`,
      code_challenge_method: "S256",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^.{16,}$/),
      state: expect.stringMatching(/^.{16,}$/),
      scope: expect.stringContaining("openid"),
    });
    expect(page.said.at(-1)).toMatch(/^__Host-parley\.state=.*HttpOnly/);
    expect(page.said.at(-1)).toMatch(/Secure/);
    expect(page.said.at(-1)).toMatch(/SameSite=Lax/);
  });

  it("signs in whose address has an account that somebody vouched for, and keeps no token of the provider", async () => {
    const { page, at } = await signIn();
    expect(at).toBe("/#/");
    expect(await person(page)).toMatchObject({ email: "ann@example.org", name: "Ann Archer" });
    const cookie = page.said.find((each) => each.startsWith("__Host-parley.session_token="));
    expect(cookie).toMatch(/Path=\//);
    expect(cookie).toMatch(/Secure/);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(await everything(server.store)).not.toMatch(/access-secret|refresh-secret|eyJ/);
    const { db } = server.store;
    const rows = await db.selectFrom("audit").select(["action", "detail"]).orderBy("seq", "desc").limit(2).execute();
    expect(rows).toEqual([
      { action: "session.started", detail: { method: "oidc" } },
      { action: "account.tied", detail: expect.anything() },
    ]);
  });

  it("knows them afterwards by their subject, whatever their address there", async () => {
    provider.state.saying = { sub: "s-1", email: "new@elsewhere.org", email_verified: false, name: "Other" };
    const { page, at } = await signIn();
    expect(at).toBe("/#/");
    expect(await person(page)).toMatchObject({ email: "ann@example.org", name: "Ann Archer" });
  });

  const stranger = { sub: "s-9", email: "stranger@example.org", email_verified: true };

  it.each([
    ["nonce", (state: Provider["state"]) => Object.assign(state, { claims: { nonce: "another" } })],
    ["issuer", (state: Provider["state"]) => Object.assign(state, { claims: { iss: "https://elsewhere.org" } })],
    ["audience", (state: Provider["state"]) => Object.assign(state, { claims: { aud: "another-client" } })],
    ["time", (state: Provider["state"]) => Object.assign(state, { claims: { exp: 1_700_000_000 } })],
    ["signature", (state: Provider["state"]) => Object.assign(state, { isForged: true })],
    ["missing signature", (state: Provider["state"]) => Object.assign(state, { isUnsigned: true })],
    ["missing nonce", (state: Provider["state"]) => Object.assign(state, { claims: { nonce: undefined } })],
    ["missing token", (state: Provider["state"]) => Object.assign(state, { hasNoIdToken: true })],
    ["missing subject", (state: Provider["state"]) => Object.assign(state, { claims: { sub: undefined } })],
  ])("takes no ID token with a wrong %s", async (_, change) => {
    change(provider.state);
    const { page, at } = await signIn();
    expect(at).toBe(refused("oidc-failed"));
    expect(await person(page)).toBeNull();
  });

  it("takes no answer with another state, to another browser, from another issuer, or twice", async () => {
    const other = await signIn(undefined, (query) => query.set("state", "made-up"));
    expect(other.at).toBe(refused("oidc-failed"));
    const mixed = await signIn(undefined, (query) => query.set("iss", "https://elsewhere.org"));
    expect(mixed.at).toBe(refused("oidc-failed"));
    const victim = browser(server, ORIGIN);
    const sent = await browser(server, ORIGIN).ask("GET", "/api/session/oidc");
    const query = provider.authorize(sent.headers.get("location") ?? "");
    const planted = await victim.ask("GET", `/api/session/oidc/callback?${query}`);
    expect(planted.headers.get("location")).toBe(refused("oidc-failed"));
    expect(await person(victim)).toBeNull();
    const once = await signIn();
    const twice = await once.page.ask("GET", `/api/session/oidc/callback?${once.query}`);
    expect(twice.headers.get("location")).toBe(refused("oidc-failed"));
    const denied = await signIn(undefined, (params) => {
      params.delete("code");
      params.set("error", "access_denied");
    });
    expect(denied.at).toBe(refused("oidc-failed"));
    expect((await victim.ask("GET", "/api/session/oidc/callback")).headers.get("location")).toBe(
      refused("oidc-failed"),
    );
  });

  it("lets nobody in without an invitation, and makes nothing of them", async () => {
    provider.state.saying = stranger;
    const { page, at } = await signIn();
    expect(at).toBe(refused("oidc-uninvited"));
    expect(await person(page)).toBeNull();
    expect(await everything(server.store)).not.toContain("stranger");
  });

  it.each([false, "false", undefined])("lets nobody in whose address is not verified (%s)", async (verified) => {
    provider.state.saying = { sub: "s-8", email: "ann@example.org", email_verified: verified as boolean };
    expect((await signIn()).at).toBe(refused("oidc-email"));
    provider.state.saying = { sub: "s-8", email_verified: true };
    expect((await signIn()).at).toBe(refused("oidc-email"));
  });

  it("lets nobody walk into an account that gave their address to itself", async () => {
    const offer = { role: "reader", days: 1 };
    const { token } = (await ann.ask("POST", `/api/workspaces/${desk}/invitations`, offer)).body;
    const header = { "x-parley-invitation": token };
    const made = { name: "Mallory", email: "victim@example.org", password: STRONG };
    expect((await browser(server, ORIGIN).ask("POST", "/api/invitation", made, header)).status).toBe(200);
    provider.state.saying = { sub: "s-7", email: "victim@example.org", email_verified: true };
    expect((await signIn()).at).toBe(refused("oidc-unvouched"));
  });

  it("makes an account for whose address is invited, with their name, and uses the invitation", async () => {
    const offer = { email: "Bea@example.org", role: "editor", days: 1 };
    await ann.ask("POST", `/api/workspaces/${desk}/invitations`, offer);
    provider.state.saying = { sub: "s-2", email: "bea@example.org", email_verified: "true", name: "Bea\u202e Blum\n" };
    const { page, at } = await signIn();
    expect(at).toBe("/#/");
    expect(await person(page)).toMatchObject({ name: "Bea Blum", email: "bea@example.org", keeper: false });
    expect((await page.ask("GET", "/api/workspaces")).body.workspaces).toMatchObject([{ id: desk, role: "editor" }]);
    expect((await page.ask("GET", "/api/me")).body.person.password).toBe(false);
    expect((await browser(server, ORIGIN).signIn("bea@example.org")).code).toBe("sign-in-failed");
    const weak = await page.ask("POST", "/api/me/password", { next: "short" });
    expect(weak.code).toBe("password-weak");
    expect((await page.ask("POST", "/api/me/password", { next: STRONG })).status).toBe(200);
    expect((await browser(server, ORIGIN).signIn("bea@example.org")).status).toBe(200);
  });

  it("makes an account for who holds an invitation without an address, once", async () => {
    const offer = { role: "commenter", days: 1 };
    const { token } = (await ann.ask("POST", `/api/workspaces/${desk}/invitations`, offer)).body;
    const header = { "x-parley-invitation": token };
    const enter = async (saying: typeof stranger) => {
      provider.state.saying = saying;
      const page = browser(server, ORIGIN);
      const sent = await page.ask("POST", "/api/session/oidc", undefined, header);
      if (sent.status !== 200) return sent.code;
      const query = provider.authorize(sent.body.url);
      return (await page.ask("GET", `/api/session/oidc/callback?${query}`)).headers.get("location");
    };
    expect(await enter({ sub: "s-3", email: "cara@example.org", email_verified: true })).toBe("/#/");
    expect(await enter(stranger)).toBe("invitation-unknown");
    expect(await everything(server.store)).not.toContain(token);
  });

  it("uses no invitation that names an address which an account gave to itself", async () => {
    const known = { sub: "s-3", email: "cara@example.org", email_verified: true };
    provider.state.saying = known;
    const { page } = await signIn();
    expect((await page.ask("PATCH", "/api/me", { email: "chief@example.org" })).status).toBe(200);
    const offer = { email: "chief@example.org", role: "owner", days: 1 };
    const made = await ann.ask("POST", `/api/workspaces/${desk}/invitations`, offer);
    const again = await signIn();
    expect(again.at).toBe("/#/");
    expect((await again.page.ask("GET", "/api/workspaces")).body.workspaces).toMatchObject([{ role: "commenter" }]);
    const { invitations } = (await ann.ask("GET", `/api/workspaces/${desk}/invitations`)).body;
    const kept = invitations.find(({ id }: { id: string }) => id === made.body.invitation.id);
    expect(kept.state).toBe("open");
  });

  it("lets nobody in who is suspended", async () => {
    const { db } = server.store;
    await db.updateTable("users").set({ suspendedAt: new Date() }).where("email", "=", "bea@example.org").execute();
    provider.state.saying = { sub: "s-2", email: "bea@example.org", email_verified: true };
    expect((await signIn()).at).toBe(refused("person-suspended"));
  });

  it("lets everybody of the provider in where it is open, without a workspace", async () => {
    const { db } = server.store;
    const options = { issuer: provider.issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret, open: true };
    const around = { db, origin: ORIGIN, secret: SECRET, now: () => new Date() };
    const wide = new Oidc(options, around);
    provider.state.saying = stranger;
    const { url, cookies } = await wide.start(undefined);
    const cookie = cookies.getSetCookie().map((each) => each.split(";")[0]);
    const outcome = await wide.finish(provider.authorize(url), new Headers({ cookie: cookie.join("; ") }));
    expect(outcome.ok).toBe(true);
    const made = await db
      .selectFrom("users")
      .select("id")
      .where("email", "=", stranger.email)
      .executeTakeFirstOrThrow();
    const member = await db.selectFrom("workspaceMembers").select("role").where("userId", "=", made.id).execute();
    expect(member).toEqual([]);
  });
}

const options = (issuer: string) => ({
  origin: ORIGIN,
  limits: { account: 100, address: 1000 },
  oidc: { issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret },
});

describe("OpenID Connect in the embedded store", () => {
  oidc(
    ({ issuer }) => team(undefined, options(issuer)),
    async () => {},
  );
});

describeWithPostgres("OpenID Connect on a PostgreSQL server", () => {
  let postgres: PostgresServer;
  oidc(
    async ({ issuer }) => {
      postgres = await startPostgres("secret");
      return team({ url: postgres.url }, options(issuer));
    },
    () => postgres.stop(),
  );
});

describe("the configuration of an identity provider", () => {
  const around = { db: undefined as never, secret: SECRET, now: () => new Date() };
  const client = { clientId: "parley" };

  it("says in the log, by a code, why the provider could not be used", async () => {
    const lines: string[] = [];
    const log = createLog({ level: "info" }, { write: (line) => lines.push(line), isTerminal: false });
    const causeWith = async (issuer: string): Promise<unknown> => {
      const own = new Oidc({ ...client, issuer }, { ...around, origin: ORIGIN });
      log.fault("request", await own.start(undefined).catch((error: unknown) => error));
      return JSON.parse(lines.at(-1) ?? "{}").cause;
    };
    const provider = await identityProvider(CLIENT);
    provider.state.issuerInDiscovery = "https://elsewhere.example.org";
    expect(await causeWith(provider.issuer)).toBe("ISSUER_DIFFERS");
    await provider.close();
    expect(await causeWith(provider.issuer)).toBe("ECONNREFUSED");
  });

  it("needs the server's own address, and an issuer over TLS", () => {
    const make = (issuer: string, origin: string | undefined) => () =>
      new Oidc({ ...client, issuer }, { ...around, origin });
    expect(make("https://id.example.org", undefined)).toThrow("PARLEY_ORIGIN");
    expect(make("http://id.example.org", ORIGIN)).toThrow("https");
    expect(make("id.example.org", ORIGIN)).toThrow("https");
    expect(make("https://id.example.org", ORIGIN)).not.toThrow();
    expect(make("http://127.0.0.1:9000", ORIGIN)).not.toThrow();
  });
});
