import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenAt } from "../../src/server/audit/log.ts";
import { newId } from "../../src/server/db/ids.ts";
import { describeWithPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { type Browser, browser, everything, STRONG, setUp } from "./accounts-support.ts";
import { type Team, team } from "./support.ts";

/** The same tests on both stores. */
function people(open: () => Promise<Team>, close: () => Promise<void>): void {
  let server: Team;
  let ann: Browser;
  let desk: string;

  const invite = async (offer: object, by = ann, workspace = desk) => {
    const made = await by.ask("POST", `/api/workspaces/${workspace}/invitations`, {
      days: 7,
      role: "editor",
      ...offer,
    });
    expect(made.status).toBe(201);
    return made.body as { token: string; invitation: { id: string; state: string } };
  };
  const use = (page: Browser, token: string, body: object = {}) =>
    page.ask("POST", "/api/invitation", body, { "x-parley-invitation": token });
  /** Somebody with a new account, by an invitation. */
  const join = async (name: string, role = "editor", by = ann, workspace = desk) => {
    const { token } = await invite({ role }, by, workspace);
    const page = browser(server);
    const joined = await use(page, token, { name, email: `${name}@example.org`, password: STRONG });
    expect(joined.status).toBe(200);
    return { page, id: joined.body.person.id as string };
  };
  const audited = async () => {
    const rows = await server.store.db.selectFrom("audit").select("action").orderBy("seq").execute();
    return rows.map(({ action }) => action);
  };

  beforeAll(async () => {
    server = await open();
    ann = await setUp(server);
    desk = (await ann.ask("GET", "/api/workspaces")).body.workspaces[0].id;
  }, 60_000);
  afterAll(async () => {
    await server.store.close();
    await close();
  });

  describe("invitations", () => {
    it("let somebody make an account and join, once", async () => {
      const { token } = await invite({ role: "commenter" });
      const page = browser(server);
      const header = { "x-parley-invitation": token };
      const offer = await page.ask("GET", "/api/invitation", undefined, header);
      expect(offer.body).toEqual({ ok: true, workspace: { name: "Desk" }, role: "commenter", email: null });
      const joined = await use(page, token, { name: "Bob", email: "bob@example.org", password: STRONG });
      expect(joined).toMatchObject({ status: 200, body: { person: { name: "Bob", keeper: false } } });
      expect((await page.ask("GET", "/api/workspaces")).body.workspaces).toMatchObject([{ role: "commenter" }]);
      const again = browser(server);
      expect((await again.ask("GET", "/api/invitation", undefined, header)).code).toBe("invitation-unknown");
      const late = { name: "Eve", email: "eve@example.org", password: STRONG };
      expect((await use(again, token, late)).code).toBe("invitation-unknown");
      expect(await server.store.db.selectFrom("users").select("id").where("name", "=", "Eve").execute()).toEqual([]);
    });

    it("make one account where many use one at the same moment", async () => {
      const { token } = await invite({});
      const tried = Array.from({ length: 6 }, (_, i) =>
        use(browser(server), token, { name: `Racer ${i}`, email: `racer-${i}@example.org`, password: STRONG }),
      );
      const answers = await Promise.all(tried);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404, 404]);
      const made = await server.store.db.selectFrom("users").select("id").where("name", "like", "Racer%").execute();
      expect(made).toHaveLength(1);
    });

    it("keep to the e-mail address that they name", async () => {
      const { token } = await invite({ email: "Cleo@Example.org" });
      const wrong = { name: "Mallory", email: "mallory@example.org", password: STRONG };
      expect(await use(browser(server), token, wrong)).toMatchObject({ status: 403, code: "invitation-other" });
      expect((await use(ann, token)).code).toBe("invitation-other");
      const right = { name: "Cleo", email: "cleo@example.org", password: STRONG };
      expect((await use(browser(server), token, right)).status).toBe(200);
    });

    it("make somebody with an account a member, and take no greater role away", async () => {
      const other = await ann.ask("POST", "/api/workspaces", { name: "Other" });
      const { page } = await join("dora", "reader", ann, other.body.workspace.id);
      const { token } = await invite({ role: "editor" });
      expect((await use(page, token)).body.workspace).toEqual({ id: desk, name: "Desk" });
      const roleHere = async () =>
        (await page.ask("GET", "/api/workspaces")).body.workspaces.find((each: { id: string }) => each.id === desk)
          .role;
      expect(await roleHere()).toBe("editor");
      expect((await use(page, (await invite({ role: "reader" })).token)).status).toBe(200);
      expect(await roleHere()).toBe("editor");
    });

    it("end when they are revoked, when their time is over, and with their workspace", async () => {
      const { token, invitation } = await invite({});
      const at = `/api/workspaces/${desk}/invitations/${invitation.id}`;
      expect((await ann.ask("DELETE", at)).status).toBe(200);
      expect((await ann.ask("DELETE", at)).status).toBe(404);
      expect((await use(ann, token)).code).toBe("invitation-unknown");
      const old = await invite({ days: 1 });
      await server.store.db
        .updateTable("invitations")
        .set({ expiresAt: new Date(Date.now() - 1000) })
        .where("id", "=", old.invitation.id)
        .execute();
      expect((await use(ann, old.token)).code).toBe("invitation-unknown");
      const { invitations } = (await ann.ask("GET", `/api/workspaces/${desk}/invitations`)).body;
      const stateOf = (id: string) => invitations.find((each: { id: string }) => each.id === id).state;
      expect([stateOf(invitation.id), stateOf(old.invitation.id)]).toEqual(["revoked", "expired"]);
      expect(JSON.stringify(invitations)).not.toContain(token);
      expect(await everything(server.store)).not.toContain(token);
    });

    it("end with the role that made them: whoever is no owner any more lets nobody in", async () => {
      const stateOf = async (id: string) => {
        const rows = server.store.db.selectFrom("invitations").select("revokedAt").where("id", "=", id);
        return (await rows.executeTakeFirst())?.revokedAt === null ? "open" : "revoked";
      };
      const lesser = await join("ursula", "owner");
      const removed = await join("viktor", "owner");
      const suspended = await join("wanda", "owner");
      const kept = await invite({ role: "owner" });
      const by = [lesser, removed, suspended];
      const made = await Promise.all(by.map(({ page }) => invite({ role: "owner" }, page)));
      const elsewhere = (await server.workspace("Ursula's own", lesser.id)).id;
      const other = await invite({ role: "owner" }, lesser.page, elsewhere);
      await ann.ask("PUT", `/api/workspaces/${desk}/members/${lesser.id}`, { role: "reader" });
      await ann.ask("DELETE", `/api/workspaces/${desk}/members/${removed.id}`);
      await ann.ask("PATCH", `/api/people/${suspended.id}`, { suspended: true });
      const late = browser(server);
      for (const { token, invitation } of made) {
        const body = { name: "Late", email: "late@example.org", password: STRONG };
        expect((await use(late, token, body)).code).toBe("invitation-unknown");
        expect(await stateOf(invitation.id)).toBe("revoked");
      }
      expect((await use(removed.page, made[1]?.token ?? "")).code).toBe("invitation-unknown");
      expect([await stateOf(kept.invitation.id), await stateOf(other.invitation.id)]).toEqual(["open", "open"]);
      expect((await audited()).filter((action) => action === "invitation.revoked").length).toBeGreaterThan(2);
    });

    it("are made by owners only, and cannot be taken back from another workspace", async () => {
      const { page } = await join("ed", "editor");
      const asked = { role: "reader", days: 7 };
      expect((await page.ask("POST", `/api/workspaces/${desk}/invitations`, asked)).status).toBe(403);
      expect((await page.ask("GET", `/api/workspaces/${desk}/invitations`)).status).toBe(403);
      const other = (await ann.ask("POST", "/api/workspaces", { name: "Third" })).body.workspace.id;
      expect((await page.ask("POST", `/api/workspaces/${other}/invitations`, asked)).status).toBe(404);
      const { invitation } = await invite({});
      expect((await ann.ask("DELETE", `/api/workspaces/${other}/invitations/${invitation.id}`)).status).toBe(404);
    });

    it("refuse weak passwords, addresses that are taken, and half a person", async () => {
      const { token } = await invite({});
      const page = browser(server);
      const made = { name: "Frank Miller", email: "frank@example.org", password: STRONG };
      for (const password of [
        "elevenchars",
        "1qaz2wsx3edc4rfv",
        "aaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "abcdefghijklmn",
        "98765432109876",
        "FrankMiller1987!",
        "frank@example.org",
        "x".repeat(129),
      ]) {
        expect(await use(page, token, { ...made, password }), password).toMatchObject({
          status: 422,
          code: "password-weak",
        });
      }
      expect((await use(page, token, { ...made, email: "ann@example.org" })).code).toBe("email-taken");
      expect((await use(page, token, { name: "Frank" })).status).toBe(400);
      expect((await use(page, token, { ...made, keeper: true })).status).toBe(400);
      expect((await use(page, token, { ...made, password: "pässe für Frösche 🐸" })).status).toBe(200);
    });
  });

  describe("those who look after the server", () => {
    it("suspend people, whose sessions end at once and who cannot sign in", async () => {
      const { page, id } = await join("gus");
      expect((await page.ask("GET", "/api/me")).status).toBe(200);
      expect((await page.ask("PATCH", `/api/people/${id}`, { keeper: true })).code).toBe("keeper-needed");
      expect((await ann.ask("PATCH", `/api/people/${id}`, { suspended: true })).status).toBe(200);
      expect((await page.ask("GET", "/api/me")).status).toBe(401);
      expect(await browser(server).signIn("gus@example.org")).toMatchObject({ status: 403, code: "person-suspended" });
      expect((await browser(server).signIn("gus@example.org", "not the password")).code).toBe("sign-in-failed");
      const { people: all } = (await ann.ask("GET", "/api/people")).body;
      expect(all.find((each: { id: string }) => each.id === id)).toMatchObject({ suspended: true, keeper: false });
      await ann.ask("PATCH", `/api/people/${id}`, { suspended: false });
      expect((await browser(server).signIn("gus@example.org")).status).toBe(200);
    });

    it("refuse a session that was left to somebody suspended", async () => {
      const { page, id } = await join("hal");
      await server.store.db.updateTable("users").set({ suspendedAt: new Date() }).where("id", "=", id).execute();
      server.services.accounts.sessions.forget(id);
      expect(await page.ask("GET", "/api/me")).toMatchObject({ status: 403, code: "person-suspended" });
    });

    it("are never nobody, also where two step down at the same moment", async () => {
      const me = (await ann.ask("GET", "/api/me")).body.person.id;
      expect((await ann.ask("PATCH", `/api/people/${me}`, { keeper: false })).code).toBe("keeper-last");
      expect((await ann.ask("PATCH", `/api/people/${me}`, { suspended: true })).code).toBe("keeper-last");
      expect((await ann.ask("PATCH", "/api/people/nobody", { keeper: true })).code).toBe("person-unknown");
      const { page, id } = await join("ivy");
      expect((await ann.ask("PATCH", `/api/people/${id}`, { keeper: true })).status).toBe(200);
      const both = await Promise.all([
        ann.ask("PATCH", `/api/people/${me}`, { keeper: false }),
        page.ask("PATCH", `/api/people/${id}`, { keeper: false }),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      await server.store.db.updateTable("users").set({ keeper: true }).where("id", "=", me).execute();
      await server.store.db.updateTable("users").set({ keeper: false }).where("id", "=", id).execute();
      server.services.accounts.sessions.forget(me);
      server.services.accounts.sessions.forget(id);
      expect((await page.ask("GET", "/api/people")).status).toBe(403);
    });
  });

  describe("a person's own account", () => {
    const age = async (id: string) => {
      const createdAt = new Date(Date.now() - 3600_000);
      await server.store.db.updateTable("sessions").set({ createdAt }).where("userId", "=", id).execute();
    };

    it("changes its name at once, and its e-mail address by who shows who they are", async () => {
      const { page, id } = await join("jan");
      expect((await page.ask("PATCH", "/api/me", { name: "Jan Jansen" })).status).toBe(200);
      // Nobody is shown under a name that turns a line around, breaks it, or does not show.
      for (const name of ["J\u202enaj", "a\nb", "a\u0007b", "\u200b", "\u200b \u2060"]) {
        expect((await page.ask("PATCH", "/api/me", { name })).status, JSON.stringify(name)).toBe(400);
        expect((await ann.ask("PATCH", `/api/workspaces/${desk}`, { name })).status, JSON.stringify(name)).toBe(400);
      }
      expect((await page.ask("GET", "/api/me")).body.person).toMatchObject({ name: "Jan Jansen", password: true });
      await age(id);
      const next = { email: "Jansen@example.org" };
      expect((await page.ask("PATCH", "/api/me", next)).code).toBe("confirm-needed");
      expect((await page.ask("PATCH", "/api/me", { ...next, password: "a wrong one" })).code).toBe("password-wrong");
      const taken = { email: "ann@example.org", password: STRONG };
      expect(await page.ask("PATCH", "/api/me", taken)).toMatchObject({ status: 409, code: "email-taken" });
      expect((await page.ask("PATCH", "/api/me", { ...next, password: STRONG })).status).toBe(200);
      expect((await browser(server).signIn("jansen@example.org")).status).toBe(200);
      expect((await browser(server).signIn("jan@example.org")).status).toBe(401);
    });

    it("changes its password, which ends all other sessions and renews this one", async () => {
      const { page } = await join("kim");
      const other = browser(server);
      await other.signIn("kim@example.org");
      const before = page.jar.get("parley.session_token");
      const next = "eight blue herons sing";
      expect((await page.ask("POST", "/api/me/password", { next })).code).toBe("confirm-needed");
      expect((await page.ask("POST", "/api/me/password", { current: "wrong", next })).code).toBe("password-wrong");
      const weak = { current: STRONG, next: "kim kim kim kim" };
      expect((await page.ask("POST", "/api/me/password", weak)).code).toBe("password-weak");
      expect((await other.ask("GET", "/api/me")).status).toBe(200);
      expect((await page.ask("POST", "/api/me/password", { current: STRONG, next })).status).toBe(200);
      expect(page.jar.get("parley.session_token")).not.toBe(before);
      expect((await page.ask("GET", "/api/me")).status).toBe(200);
      expect((await other.ask("GET", "/api/me")).status).toBe(401);
      expect((await other.signIn("kim@example.org")).status).toBe(401);
      expect((await other.signIn("kim@example.org", next)).status).toBe(200);
    });

    it("lists its sessions and ends them, but nobody else's", async () => {
      const { page, id } = await join("lea");
      const other = browser(server);
      await other.signIn("lea@example.org");
      const { sessions } = (await page.ask("GET", "/api/me/sessions")).body;
      expect(sessions).toHaveLength(2);
      expect(sessions.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
      expect(JSON.stringify(sessions)).not.toContain((other.jar.get("parley.session_token") ?? "").split(".")[0]);
      const theirs = sessions.find(({ current }: { current: boolean }) => !current).id;
      expect((await ann.ask("DELETE", `/api/me/sessions/${theirs}`)).code).toBe("session-unknown");
      expect((await page.ask("DELETE", `/api/me/sessions/${theirs}`)).status).toBe(200);
      expect((await other.ask("GET", "/api/me")).status).toBe(401);
      await other.signIn("lea@example.org");
      expect((await page.ask("DELETE", "/api/me/sessions")).status).toBe(200);
      expect((await other.ask("GET", "/api/me")).status).toBe(401);
      expect((await page.ask("GET", "/api/me")).status).toBe(200);
      const left = await server.store.db.selectFrom("sessions").select("id").where("userId", "=", id).execute();
      expect(left).toHaveLength(1);
    });

    it("takes everything along, and leaves nothing but an id in the log", async () => {
      const { db } = server.store;
      const shared = (await ann.ask("POST", "/api/workspaces", { name: "Shared" })).body.workspace.id;
      const { page, id } = await join("mona-lindqvist", "editor", ann, shared);
      const { id: alone } = await server.workspace("Mona's own", id);
      const make = async (workspace: string, title: string) =>
        (await page.ask("POST", `/api/workspaces/${workspace}/cases`, { template: "blank", title })).body.case.id;
      const [own, theirs] = [await make(alone, "Own"), await make(shared, "Theirs")];
      const named = await invite({ email: "mona-lindqvist@example.org" });
      expect((await use(page, named.token)).status).toBe(200);
      await invite({ email: "mona-lindqvist@example.org", role: "reader" });
      const later = new Date(Date.now() + 3600_000);
      const comment = { id: newId(), caseId: theirs, path: "", body: "A remark", authorId: id, version: 1 };
      await db.insertInto("comments").values(comment).execute();
      const run = { id: newId(), ownerId: id, caseId: theirs, state: "done", record: "{}" };
      await db.insertInto("runs").values(run).execute();
      const token = { id: newId(), userId: id, name: "laptop", tokenHash: "1f", scopes: "[]", expiresAt: later };
      await db.insertInto("apiTokens").values(token).execute();
      const share = { id: newId(), caseId: theirs, tokenHash: "2f", createdBy: id, expiresAt: later };
      await db.insertInto("shares").values(share).execute();
      await db.insertInto("presence").values({ caseId: theirs, page: "p", userId: id }).execute();
      await db.insertInto("caseMembers").values({ caseId: theirs, userId: id, role: "owner" }).execute();

      const exported = await page.ask("GET", "/api/me/export");
      expect(exported.body).toMatchObject({
        person: { id, name: "mona-lindqvist", email: "mona-lindqvist@example.org" },
        sessions: [{ userAgent: "a test" }],
        tokens: [{ name: "laptop" }],
        comments: [{ case: theirs, body: "A remark" }],
        versions: [
          { case: own, number: 1 },
          { case: theirs, number: 1 },
        ],
        runs: [{ case: theirs, state: "done" }],
        shares: [{ case: theirs }],
        caseRoles: [{ case: theirs, role: "owner" }],
        cases: [{ id: own, files: [{ name: "case.yaml", text: "parley: 1\ntitle: Own\n" }] }],
      });
      expect(exported.body.memberships).toHaveLength(3);
      expect(exported.body.audit.map(({ action }: { action: string }) => action)).toContain("case.made");
      const secrets = [page.jar.get("parley.session_token")?.split(".")[0] ?? "", "tokenHash", "$argon2", '"1f"'];
      for (const secret of secrets) expect(JSON.stringify(exported.body)).not.toContain(secret);

      await age(id);
      expect((await page.ask("DELETE", "/api/me", { confirm: true })).code).toBe("confirm-needed");
      expect((await page.ask("DELETE", "/api/me", {})).status).toBe(400);
      expect((await page.ask("DELETE", "/api/me", { password: "not this" })).code).toBe("password-wrong");
      const told: string[] = [];
      const stop = server.services.changes.listen(own, ({ kind }) => told.push(kind));
      expect((await page.ask("DELETE", "/api/me", { password: STRONG })).status).toBe(200);
      stop();
      expect(told).toEqual(["gone"]);
      expect([...page.jar]).toEqual([]);
      expect((await page.signIn("mona-lindqvist@example.org")).code).toBe("sign-in-failed");

      const rest = await everything(server.store);
      for (const trace of [id, "mona-lindqvist", own, alone]) expect(rest).not.toContain(trace);
      expect(rest).toContain("A remark");
      const kept = await db.selectFrom("comments").select("authorId").where("id", "=", comment.id).executeTakeFirst();
      expect(kept).toEqual({ authorId: null });
      const log = JSON.stringify(await db.selectFrom("audit").selectAll().execute());
      expect(log).toContain(id);
      expect(log).not.toContain("mona-lindqvist");
      expect(await brokenAt(db)).toBeUndefined();
      expect((await ann.ask("GET", `/api/cases/${theirs}/versions`)).body.versions[0].author).toBeNull();
    });

    it("stays where it is the last owner among others, and says of what", async () => {
      const { page, id } = await join("nils");
      const { id: workspace } = await server.workspace("Nils and friends", id);
      const { page: friend, id: friendId } = await join("olga", "editor", page, workspace);
      const refused = await page.ask("DELETE", "/api/me", { password: STRONG });
      expect([refused.status, refused.code]).toEqual([409, "workspace-left"]);
      expect(refused.body.problems[0].message).toContain("Nils and friends");
      expect((await page.ask("GET", "/api/me")).status).toBe(200);
      await server.store.db
        .updateTable("workspaceMembers")
        .set({ role: "owner" })
        .where("userId", "=", friendId)
        .execute();
      expect((await page.ask("DELETE", "/api/me", { confirm: true })).status).toBe(200);
      expect((await friend.ask("GET", "/api/workspaces")).body.workspaces).toMatchObject([
        { name: "Nils and friends" },
      ]);
    });

    it("stays where the only other owner is suspended", async () => {
      const { page, id } = await join("xaver");
      const { id: workspace } = await server.workspace("Xaver and yves", id);
      const other = await join("yves", "owner", page, workspace);
      expect((await ann.ask("PATCH", `/api/people/${other.id}`, { suspended: true })).status).toBe(200);
      expect((await page.ask("DELETE", "/api/me", { password: STRONG })).code).toBe("workspace-left");
      expect((await ann.ask("PATCH", `/api/people/${other.id}`, { suspended: false })).status).toBe(200);
      expect((await page.ask("DELETE", "/api/me", { password: STRONG })).status).toBe(200);
    });

    it("stays where nobody else looks after the server", async () => {
      expect((await ann.ask("DELETE", "/api/me", { password: STRONG })).code).toBe("keeper-last");
    });
  });

  it("writes every change down", async () => {
    const actions = new Set(await audited());
    for (const action of [
      "account.made",
      "account.name",
      "account.email",
      "account.password",
      "account.keeper",
      "account.suspended",
      "account.deleted",
      "invitation.made",
      "invitation.revoked",
      "invitation.accepted",
      "session.ended",
    ]) {
      expect(actions).toContain(action);
    }
  });
}

const LIMITS = { limits: { account: 100, address: 1000 } };

describe("people in the embedded store", () => {
  people(
    () => team(undefined, LIMITS),
    async () => {},
  );
});

describeWithPostgres("people on a PostgreSQL server", () => {
  let postgres: PostgresServer;
  people(
    async () => {
      postgres = await startPostgres("secret");
      return team({ url: postgres.url }, LIMITS);
    },
    () => postgres.stop(),
  );
});
