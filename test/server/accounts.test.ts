import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { hashPassword } from "../../src/server/accounts/passwords.ts";
import { identityOf } from "../../src/server/accounts/sessions.ts";
import { describeWithPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { type Browser, browser, STRONG } from "./accounts-support.ts";
import { type Team, team } from "./support.ts";

/** The same tests on both stores. */
function accounts(open: () => Promise<Team>, close: () => Promise<void>): void {
  let server: Team;
  let ann: Browser;
  let code: string | undefined;

  const fetched = vi.spyOn(globalThis, "fetch");

  beforeAll(async () => {
    server = await open();
    code = await server.services.accounts.setup.code();
  }, 60_000);
  afterAll(async () => {
    await server.store.close();
    await close();
  });

  it("is set up once, by who reads its code, also where two try at the same moment", async () => {
    const first = { code, name: "Ann Archer", email: "Ann@Example.org", password: STRONG, workspace: "Desk" };
    const page = browser(server);
    expect((await page.ask("GET", "/api/session")).body).toMatchObject({ server: { setup: true }, person: null });
    expect((await page.ask("POST", "/api/setup", { ...first, code: "0000-0000-0000-0000" })).code).toBe("setup-code");
    expect((await page.ask("POST", "/api/setup", { ...first, password: "short" })).code).toBe("password-weak");
    const both = [browser(server), browser(server)];
    const answers = await Promise.all([
      both[0]?.ask("POST", "/api/setup", first),
      both[1]?.ask("POST", "/api/setup", { ...first, email: "other@example.org" }),
    ]);
    expect(answers.map((answer) => answer?.status).sort()).toEqual([201, 409]);
    const users = await server.store.db.selectFrom("users").select(["email", "keeper"]).execute();
    expect(users).toEqual([{ email: expect.any(String), keeper: true }]);
    await server.store.db.updateTable("users").set({ email: "ann@example.org", name: "Ann Archer" }).execute();
    expect(await server.services.accounts.setup.code()).toBeUndefined();
    expect((await page.ask("POST", "/api/setup", first)).code).toBe("setup-done");
    ann = answers[0]?.status === 201 ? (both[0] as Browser) : (both[1] as Browser);
    const session = (await ann.ask("GET", "/api/session")).body;
    expect(session).toMatchObject({ server: { setup: false }, person: { keeper: true } });
    expect((await ann.ask("GET", "/api/workspaces")).body.workspaces).toMatchObject([{ name: "Desk", role: "owner" }]);
  });

  it("signs in by password, with a new session each time, and the one before ends", async () => {
    const page = browser(server);
    expect(await page.signIn("ANN@example.org")).toMatchObject({ status: 200, body: { person: { keeper: true } } });
    const first = new Map(page.jar);
    await page.signIn("ann@example.org");
    expect([...page.jar.values()]).not.toEqual([...first.values()]);
    const stale = browser(server);
    for (const [key, value] of first) stale.jar.set(key, value);
    expect((await stale.ask("GET", "/api/workspaces")).status).toBe(401);
    expect((await page.ask("GET", "/api/workspaces")).status).toBe(200);
  });

  it("takes no session that the browser brings along: the one after signing in is another", async () => {
    const page = browser(server);
    page.jar.set("parley.session_token", "planted.by-somebody-else");
    await page.signIn("ann@example.org");
    expect(page.jar.get("parley.session_token")).not.toContain("planted");
    const rows = await server.store.db.selectFrom("sessions").select("token").execute();
    expect(rows.some(({ token }) => token.includes("planted"))).toBe(false);
  });

  it("sets a cookie that scripts do not read and other sites do not send", async () => {
    const page = browser(server);
    await page.signIn("ann@example.org");
    expect(page.said.at(-1)).toMatch(/^parley\.session_token=/);
    expect(page.said.at(-1)).toMatch(/; HttpOnly/);
    expect(page.said.at(-1)).toMatch(/; SameSite=Strict/);
    expect(page.said.at(-1)).not.toMatch(/Secure|Domain/);
  });

  it("refuses a forged cookie, and one whose signature was cut", async () => {
    const page = browser(server);
    await page.signIn("ann@example.org");
    const cookie = page.jar.get("parley.session_token") ?? "";
    for (const forged of [cookie.slice(0, -4), `x${cookie}`, cookie.split(".")[0] ?? "", "", "%", "a.b"]) {
      page.jar.set("parley.session_token", forged);
      expect((await page.ask("GET", "/api/workspaces")).status).toBe(401);
    }
  });

  it("answers the same to an unknown address and to a wrong password", async () => {
    const page = browser(server);
    const unknown = await page.signIn("nobody@example.org");
    const wrong = await page.signIn("ann@example.org", "seven red otters waltz");
    expect(unknown.status).toBe(401);
    expect(unknown.body).toEqual(wrong.body);
    expect(wrong.code).toBe("sign-in-failed");
    expect([...page.jar]).toEqual([]);
  });

  it("hashes a password for an address that nobody has, so that the answer takes as long", async () => {
    const spent = async (act: () => Promise<unknown>) => {
      const before = process.cpuUsage();
      for (let i = 0; i < 3; i += 1) await act();
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const hashing = await spent(() => hashPassword("seven red otters waltz"));
    const page = browser(server);
    expect(await spent(() => page.signIn("nobody-2@example.org"))).toBeGreaterThan(hashing / 2);
  });

  it("signs out for good", async () => {
    const page = browser(server);
    await page.signIn("ann@example.org");
    const kept = new Map(page.jar);
    expect((await page.ask("GET", "/api/workspaces")).status).toBe(200);
    expect((await page.ask("DELETE", "/api/session")).status).toBe(200);
    expect([...page.jar]).toEqual([]);
    for (const [key, value] of kept) page.jar.set(key, value);
    expect((await page.ask("GET", "/api/workspaces")).status).toBe(401);
    expect((await page.ask("DELETE", "/api/session")).status).toBe(200);
  });

  it("ends a session that was not used for a week, and any after thirty days", async () => {
    const { db } = server.store;
    const days = (count: number) => new Date(Date.now() - count * 24 * 3600_000);
    const page = browser(server);
    const age = async (set: { updatedAt?: Date; expiresAt?: Date }) => {
      await page.signIn("ann@example.org");
      const { id } = await db
        .selectFrom("sessions")
        .select("id")
        .orderBy("createdAt", "desc")
        .executeTakeFirstOrThrow();
      await db.updateTable("sessions").set(set).where("id", "=", id).execute();
      const { status } = await page.ask("GET", "/api/workspaces");
      const left = await db.selectFrom("sessions").select("updatedAt").where("id", "=", id).executeTakeFirst();
      return { status, left };
    };
    const used = await age({ updatedAt: days(6) });
    expect(used.status).toBe(200);
    expect(used.left?.updatedAt.getTime()).toBeGreaterThan(days(1).getTime());
    expect(await age({ updatedAt: days(8) })).toEqual({ status: 401, left: undefined });
    expect((await age({ expiresAt: days(0) })).status).toBe(401);
    await page.signIn("ann@example.org");
    const { createdAt, expiresAt } = await db
      .selectFrom("sessions")
      .select(["createdAt", "expiresAt"])
      .orderBy("createdAt", "desc")
      .executeTakeFirstOrThrow();
    expect(Math.round((expiresAt.getTime() - createdAt.getTime()) / 3600_000)).toBe(30 * 24);
  });

  it("keeps no network address, and the browser's name cut to size", async () => {
    const page = browser(server);
    await page.ask(
      "POST",
      "/api/session",
      { email: "ann@example.org", password: STRONG },
      {
        "user-agent": "x".repeat(2000),
        "x-forwarded-for": "203.0.113.7",
      },
    );
    const row = await server.store.db
      .selectFrom("sessions")
      .select(["ipAddress", "userAgent"])
      .orderBy("createdAt", "desc")
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ ipAddress: null, userAgent: "x".repeat(300) });
  });

  it("slows down who tries passwords on one account, and says for how long", async () => {
    const page = browser(server);
    const statuses: number[] = [];
    for (let i = 0; i < 6; i += 1) statuses.push((await page.signIn("target@example.org", `guess number ${i}`)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const refused = await page.signIn("target@example.org");
    expect(refused.code).toBe("request-often");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await page.signIn("ann@example.org")).status).toBe(200);
  });

  it("counts attempts that are made at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => browser(server).signIn("crowd@example.org", `guess number ${i}`)),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(7);
  });

  it("remembers for some seconds whose a cookie is, and not beyond what this server itself ends", async () => {
    const { db } = server.store;
    const page = browser(server);
    const { body } = await page.signIn("ann@example.org");
    expect((await page.ask("GET", "/api/me")).status).toBe(200);
    await db.deleteFrom("sessions").where("userId", "=", body.person.id).execute();
    // Another server process ended it.
    expect((await page.ask("GET", "/api/me")).status).toBe(200);
    server.services.accounts.sessions.forget(body.person.id);
    expect((await page.ask("GET", "/api/me")).status).toBe(401);
  });

  it("clears away what is left of sessions that are over", async () => {
    const { db } = server.store;
    await browser(server).signIn("ann@example.org");
    await db
      .updateTable("sessions")
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .execute();
    await browser(server).signIn("ann@example.org");
    expect(await db.selectFrom("sessions").select("id").execute()).toHaveLength(1);
  });

  it("goes by the bearer token where a request carries one, and takes none where there are none", async () => {
    const person = { id: "p", name: "P", email: "p@example.org", keeper: false };
    const token = { kind: "token", person, tokenId: "t", scopes: [], workspaceId: undefined } as const;
    const page = browser(server);
    await page.signIn("ann@example.org");
    const [cookie] = [...page.jar].map(([key, value]) => `${key}=${value}`);
    const both = new Headers({ cookie: cookie ?? "", authorization: "Bearer parley_x" });
    const { sessions } = server.services.accounts;
    expect(await identityOf({ sessions, tokens: { of: async () => token } }).of(both)).toBe(token);
    await expect(identityOf({ sessions }).of(both)).rejects.toThrow("invalid token");
    both.delete("authorization");
    expect(await identityOf({ sessions }).of(both)).toMatchObject({ kind: "person" });
  });

  it("asks nothing of any other machine", () => {
    expect(fetched).not.toHaveBeenCalled();
  });

  it("has none of the library's own routes", async () => {
    for (const path of ["sign-up/email", "sign-in/email", "get-session", "list-sessions", "callback/oidc", "ok"]) {
      for (const method of ["GET", "POST"]) {
        const body = method === "POST" ? {} : undefined;
        expect((await ann.ask(method, `/api/session/${path}`, body)).status).toBe(404);
        expect((await ann.ask(method, `/api/auth/${path}`, body)).status).toBe(404);
      }
    }
  });

  it("writes down who signed in and out, without a name", async () => {
    const rows = await server.store.db.selectFrom("audit").select(["action", "detail"]).execute();
    expect(rows.some(({ action }) => action === "session.started")).toBe(true);
    expect(rows.some(({ action }) => action === "session.ended")).toBe(true);
    expect(JSON.stringify(rows)).not.toMatch(/ann|example\.org/i);
  });
}

// What is remembered has to outlast a slow machine.
const LIMITS = { limits: { account: 5, address: 1000 }, remember: 600_000 };

describe("accounts in the embedded store", () => {
  accounts(
    () => team(undefined, LIMITS),
    async () => {},
  );
});

describeWithPostgres("accounts on a PostgreSQL server", () => {
  let postgres: PostgresServer;
  accounts(
    async () => {
      postgres = await startPostgres("secret");
      return team({ url: postgres.url }, LIMITS);
    },
    () => postgres.stop(),
  );
});
