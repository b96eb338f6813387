import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browser, STRONG, setUp } from "../accounts-support.ts";
import { type Team, team } from "../support.ts";

/** What a session is good for from one request to the next. */
let server: Team;
let workspace: string;
let caseId: string;

beforeAll(async () => {
  server = await team();
  const ann = await setUp(server);
  workspace = (await ann.ask("GET", "/api/workspaces")).body.workspaces[0].id;
  const made = await ann.ask("POST", `/api/workspaces/${workspace}/cases`, { template: "blank", title: "A case" });
  caseId = made.body.case.id;
});
afterAll(() => server.store.close());

const signedIn = async () => {
  const own = browser(server);
  await own.signIn("ann@example.org", STRONG);
  return own;
};

/** Bob, with a role in the workspace and a browser of his own. */
const bob = async (role: string) => {
  const ann = await signedIn();
  const email = `bob-${role}-${Math.floor(performance.now() * 1000)}@example.org`;
  const { body } = await ann.ask("POST", `/api/workspaces/${workspace}/invitations`, { role, days: 1 });
  const own = browser(server);
  const name = "Bob Baker";
  const headers = { "x-parley-invitation": body.token as string };
  const joined = await own.ask("POST", "/api/invitation", { name, email, password: STRONG }, headers);
  return { ann, own, email, id: joined.body.person.id as string };
};

describe("a session", () => {
  it("that is signed out while it is looked up is nobody's afterwards", async () => {
    for (let i = 0; i < 5; i += 1) {
      const ann = await signedIn();
      const cookie = [...ann.jar].map(([key, value]) => `${key}=${value}`).join("; ");
      const asked = Array.from({ length: 8 }, () => ann.ask("GET", "/api/me", undefined, { cookie }));
      await ann.ask("DELETE", "/api/session", undefined, { cookie });
      await Promise.all(asked);
      const after = await browser(server).ask("GET", "/api/me", undefined, { cookie });
      expect([after.status, after.code]).toEqual([401, "sign-in-needed"]);
    }
  });

  it("that ends while it is looked up is not remembered", async () => {
    const ann = await signedIn();
    const headers = new Headers({ cookie: [...ann.jar].map(([key, value]) => `${key}=${value}`).join("; ") });
    const { db } = server.store;
    const { sessions } = server.services.accounts;
    const { id } = await db
      .selectFrom("users")
      .select("id")
      .where("email", "=", "ann@example.org")
      .executeTakeFirstOrThrow();
    const asked = sessions.of(headers);
    sessions.forget(id);
    expect((await asked).kind).toBe("person");
    await db.deleteFrom("sessions").where("userId", "=", id).execute();
    expect((await sessions.of(headers)).kind).toBe("nobody");
  });

  it("that is signed out is so however its cookie is written", async () => {
    const ann = await signedIn();
    const [name, value = ""] = [...ann.jar][0] ?? [];
    const ways = [value, encodeURIComponent(decodeURIComponent(value)), `${value} `].map((each) => `${name}=${each}`);
    for (const cookie of ways) await browser(server).ask("GET", "/api/me", undefined, { cookie });
    await ann.ask("DELETE", "/api/session");
    for (const cookie of [...ways, `other=1; ${ways[0]}`, `${ways[0]}; ${ways[0]}`]) {
      const { status } = await browser(server).ask("GET", "/api/me", undefined, { cookie });
      expect([cookie.length > 10, status]).toEqual([true, 401]);
    }
  });

  it("has the role of the moment: one taken away is gone at the next request", async () => {
    const { ann, own, id } = await bob("editor");
    const save = () => own.ask("PATCH", `/api/cases/${caseId}`, { restricted: false });
    const comment = () => own.ask("POST", `/api/cases/${caseId}/comments`, { path: "title", body: "A remark." });
    expect((await comment()).status).toBe(201);
    await ann.ask("PUT", `/api/workspaces/${workspace}/members/${id}`, { role: "owner" });
    expect((await save()).status).toBe(200);
    await ann.ask("PUT", `/api/workspaces/${workspace}/members/${id}`, { role: "reader" });
    expect([(await save()).code, (await comment()).code]).toEqual(["role-needed", "role-needed"]);
    expect((await own.ask("GET", `/api/cases/${caseId}`)).status).toBe(200);
    await ann.ask("DELETE", `/api/workspaces/${workspace}/members/${id}`);
    expect((await own.ask("GET", `/api/cases/${caseId}`)).code).toBe("case-unknown");
  });

  it("whose person is no keeper any more is none at the next request", async () => {
    const { ann, own, id } = await bob("reader");
    await ann.ask("PATCH", `/api/people/${id}`, { keeper: true });
    expect((await own.ask("GET", "/api/people")).status).toBe(200);
    await ann.ask("PATCH", `/api/people/${id}`, { keeper: false });
    expect((await own.ask("GET", "/api/people")).code).toBe("keeper-needed");
  });

  /** What a person hears of the case, piece by piece. */
  async function heard(own: ReturnType<typeof browser>) {
    const cookie = [...own.jar].map(([key, value]) => `${key}=${value}`).join("; ");
    const stream = await server.app.request(`http://127.0.0.1:7350/api/cases/${caseId}/events`, {
      headers: { cookie },
    });
    const reader = stream.body?.getReader();
    const next = async () => new TextDecoder().decode((await reader?.read())?.value);
    return { reader, next };
  }

  it("hears nothing more of a case once its person is suspended, or signed out", async () => {
    const { ann, own, email, id } = await bob("reader");
    const first = await heard(own);
    expect(await first.next()).toContain("event: now");
    const hers = await heard(ann);
    expect(await hers.next()).toContain("event: now");
    const begun = performance.now();
    await ann.ask("PATCH", `/api/people/${id}`, { suspended: true });
    while ((await first.reader?.read())?.done !== true);
    await ann.ask("PATCH", `/api/people/${id}`, { suspended: false });
    await own.signIn(email, STRONG);
    const second = await heard(own);
    expect(await second.next()).toContain("event: now");
    expect((await own.ask("DELETE", "/api/session")).status).toBe(200);
    while ((await second.reader?.read())?.done !== true);
    // At once, not with the next sign of life, which comes every 25 seconds.
    expect(performance.now() - begun).toBeLessThan(20_000);
    // Others hear on.
    await ann.ask("POST", `/api/cases/${caseId}/comments`, { path: "title", body: "Still here." });
    expect(await hers.next()).toContain("event: comments");
    await hers.reader?.cancel();
  });

  it("hears nothing more of a case once its person may not read it", async () => {
    const { ann, own, id } = await bob("reader");
    const { reader, next } = await heard(own);
    expect(await next()).toContain("event: now");
    await ann.ask("DELETE", `/api/workspaces/${workspace}/members/${id}`);
    expect(await next()).toContain("event: gone");
    await ann.ask("POST", `/api/cases/${caseId}/comments`, { path: "title", body: "Without Bob." });
    expect((await reader?.read())?.done).toBe(true);
  });

  it("cannot be brought along in an address or a body", async () => {
    const ann = await signedIn();
    const [[name = "", value = ""] = []] = [...ann.jar];
    const away = browser(server);
    for (const path of [`/api/me?${name}=${value}`, `/api/me?token=${value}`, `/api/me?session=${value}`]) {
      expect((await away.ask("GET", path)).status).toBe(401);
    }
    const plain = decodeURIComponent(value);
    for (const authorization of [`Bearer ${plain}`, `Basic ${btoa(`ann@example.org:${STRONG}`)}`]) {
      expect((await away.ask("GET", "/api/me", undefined, { authorization })).code).toBe("token-unknown");
    }
  });
});

describe("a parameter", () => {
  it("asked for twice is refused, not chosen from", async () => {
    const ann = await signedIn();
    for (const query of ["limit=1&limit=200", "before=1&before=2", "limit[]=1&limit[]=2"]) {
      const { status } = await ann.ask("GET", `/api/cases/${caseId}/versions?${query}`);
      expect([query, status]).toEqual([query, query.includes("[]") ? 200 : 400]);
    }
  });
});
