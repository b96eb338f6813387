import { beforeAll, expect, it } from "vitest";
import { leave } from "../../src/server/accounts/leave.ts";
import { brokenAt } from "../../src/server/audit/log.ts";
import { newId, secretHash } from "../../src/server/db/ids.ts";
import { type Browser, browser, STRONG, setUp } from "./accounts-support.ts";
import { onBothStores } from "./both-stores.ts";
import type { Team } from "./support.ts";

const OTHER = "eight violet trains hum";
const HOUR = 3600_000;

let shift = 0;
const now = () => new Date(Date.now() + shift);

onBothStores(
  "links for a new password",
  (server: () => Team) => {
    let ann: Browser;
    beforeAll(async () => {
      ann = await setUp(server());
    });
    /** Somebody with an account, and a password if one is told. */
    const somebody = async (password?: string) => {
      const id = newId();
      const email = `${id}@example.org`;
      const { db } = server().store;
      await db.insertInto("users").values({ id, name: "Bob Baker", email }).execute();
      const page = browser(server());
      if (password === undefined) return { id, email, page };
      const link = await linkFor(id);
      expect((await use(link, password)).status).toBe(200);
      expect((await page.signIn(email, password)).status).toBe(200);
      return { id, email, page };
    };
    const make = async (id: string, body: object = {}, by = ann) => by.ask("POST", `/api/people/${id}/reset`, body);
    const linkFor = async (id: string, body: object = {}) => {
      const made = await make(id, body);
      expect([made.status, made.code]).toEqual([201, undefined]);
      return made.body.token as string;
    };
    const use = (token: string, password: string, page = browser(server())) =>
      page.ask("POST", "/api/reset", { password }, { "x-parley-reset": token });

    it("set it once, end every session, and leave what else the account has", async () => {
      const { id, email, page } = await somebody(STRONG);
      const elsewhere = browser(server());
      await elsewhere.signIn(email);
      const token = await linkFor(id);
      // Making one changes nothing yet.
      expect((await page.ask("GET", "/api/me")).status).toBe(200);
      const used = await use(token, OTHER);
      expect(used).toMatchObject({ status: 200, body: { ok: true } });
      expect(used.headers.getSetCookie()).toEqual([]);
      for (const each of [page, elsewhere]) expect((await each.ask("GET", "/api/me")).status).toBe(401);
      expect((await page.signIn(email, STRONG)).code).toBe("sign-in-failed");
      expect((await page.signIn(email, OTHER)).status).toBe(200);
      const again = await use(token, "another nine slow canals");
      expect([again.status, again.code]).toEqual([404, "reset-unknown"]);
      expect((await browser(server()).signIn(email, OTHER)).status).toBe(200);
    });

    it("work for who signed in by an identity provider or a passkey alone, and leave those ways open", async () => {
      const { id, email, page } = await somebody();
      const { db } = server().store;
      const row = { id: newId(), userId: id, accountId: newId(), providerId: "https://id.example.org" };
      await db.insertInto("accounts").values(row).execute();
      await db
        .insertInto("passkeys")
        .values({
          id: newId(),
          userId: id,
          publicKey: "AA",
          credentialId: newId(),
          counter: 0,
          deviceType: "singleDevice",
          backedUp: false,
        })
        .execute();
      expect((await page.signIn(email, OTHER)).code).toBe("sign-in-failed");
      expect((await use(await linkFor(id), OTHER)).status).toBe(200);
      expect((await page.signIn(email, OTHER)).status).toBe(200);
      const ways = await db.selectFrom("accounts").select("providerId").where("userId", "=", id).execute();
      expect(ways.map(({ providerId }) => providerId).sort()).toEqual(["credential", "https://id.example.org"]);
      expect(await db.selectFrom("passkeys").select("id").where("userId", "=", id).execute()).toHaveLength(1);
    });

    it("give one answer where they are unknown, used, replaced, expired, or of who is suspended", async () => {
      const { id } = await somebody();
      const replaced = await linkFor(id);
      const used = await linkFor(id);
      expect((await use(used, OTHER)).status).toBe(200);
      const late = (await somebody()).id;
      const expired = await linkFor(late, { hours: 1 });
      const out = (await somebody()).id;
      const suspended = await linkFor(out);
      const changed = await somebody(STRONG);
      const needless = await linkFor(changed.id);
      expect((await changed.page.ask("POST", "/api/me/password", { current: STRONG, next: OTHER })).status).toBe(200);
      await ann.ask("PATCH", `/api/people/${out}`, { suspended: true });
      shift = HOUR;
      try {
        const answers = [];
        for (const token of ["no such secret", replaced, used, expired, suspended, needless]) {
          const { status, body } = await use(token, OTHER);
          answers.push(JSON.stringify({ status, body }));
        }
        expect(new Set(answers).size).toBe(1);
        expect(answers[0]).toContain('"status":404');
      } finally {
        shift = 0;
      }
      // One moment before its end, it is good.
      const fresh = await linkFor(late, { hours: 1 });
      shift = HOUR - 60_000;
      try {
        expect((await use(fresh, OTHER)).status).toBe(200);
      } finally {
        shift = 0;
      }
      // Let in again, they need another.
      expect((await make(out)).code).toBe("reset-suspended");
      await ann.ask("PATCH", `/api/people/${out}`, { suspended: false });
      expect((await use(suspended, OTHER)).status).toBe(404);
      expect((await use(await linkFor(out), OTHER)).status).toBe(200);
    });

    it("are good still after a password that is refused", async () => {
      const { id, email } = await somebody();
      const token = await linkFor(id);
      for (const weak of ["short", "password1234", "bobbaker2024", "x".repeat(200)]) {
        expect((await use(token, weak)).code).toBe("password-weak");
      }
      expect((await use(token, OTHER)).status).toBe(200);
      expect((await browser(server()).signIn(email, OTHER)).status).toBe(200);
    });

    it("are used by one of many who use one at once", async () => {
      const { id } = await somebody();
      const token = await linkFor(id);
      const tries = await Promise.all(Array.from({ length: 5 }, (_, i) => use(token, `${OTHER} ${i}`)));
      expect(tries.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404]);
    });

    it("are made by keepers alone, who show again who they are where they signed in long ago", async () => {
      const { id, page } = await somebody(STRONG);
      expect((await make(id, {}, page)).code).toBe("keeper-needed");
      expect((await make(id, {}, browser(server()))).code).toBe("sign-in-needed");
      const { db } = server().store;
      const before = new Date(Date.now() - HOUR);
      const own = browser(server());
      await own.signIn("ann@example.org");
      await db.updateTable("sessions").set({ createdAt: before }).execute();
      expect((await make(id, {}, own)).code).toBe("confirm-needed");
      expect((await make(id, { password: "not hers at all" }, own)).code).toBe("password-wrong");
      expect((await make(id, { password: STRONG }, own)).status).toBe(201);
      await ann.signIn("ann@example.org");
    });

    it("are for people that there are, and for 1 to 72 hours", async () => {
      expect(await make(newId())).toMatchObject({ status: 404, code: "person-unknown" });
      const { id } = await somebody();
      for (const hours of [0, 73, 1.5, "24"]) expect((await make(id, { hours })).status).toBe(400);
      const rows = async () => (await server().store.db.selectFrom("resets").selectAll().execute()).length;
      const before = await rows();
      const token = await linkFor(id, { hours: 72 });
      await linkFor(id);
      expect(await rows()).toBe(before + 1);
      const again = await linkFor(id, { hours: 72 });
      const row = await server()
        .store.db.selectFrom("resets")
        .selectAll()
        .where("userId", "=", id)
        .executeTakeFirstOrThrow();
      expect(row.expiresAt.getTime() - row.createdAt.getTime()).toBe(72 * HOUR);
      // The hash alone is kept, of the newest.
      expect(row.tokenHash).toBe(secretHash(again));
      expect(JSON.stringify(row)).not.toContain(again);
      expect(row.tokenHash).not.toBe(secretHash(token));
    });

    it("are written down, both when made and when used, and go with their account", async () => {
      const { id, email } = await somebody();
      const token = await linkFor(id, { hours: 5 });
      await use(token, OTHER);
      const { db } = server().store;
      const rows = await db
        .selectFrom("audit")
        .select(["actorId", "action", "detail"])
        .orderBy("seq", "desc")
        .limit(2)
        .execute();
      const annId = (await ann.ask("GET", "/api/me")).body.person.id;
      expect(rows.reverse()).toEqual([
        { actorId: annId, action: "reset.made", detail: { person: id, hours: 5 } },
        { actorId: id, action: "reset.used", detail: {} },
      ]);
      expect(await brokenAt(db)).toBeUndefined();
      await linkFor(id);
      await leave(db, { id, email, name: "Bob Baker", keeper: false });
      expect(await db.selectFrom("resets").selectAll().where("userId", "=", id).execute()).toEqual([]);
    });
  },
  { now, limits: { account: 100, address: 1000 } },
);
