import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isStoreAway } from "../../src/server/http/away.ts";
import { describeWithPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { type Team, team } from "./support.ts";

describe("an error", () => {
  const coded = (code: string, message = "x") => Object.assign(new Error(message), { code });

  it("says that the database is away by its code, its words, or what caused it", () => {
    for (const code of ["ECONNREFUSED", "57P01", "57P03", "08006", "53300"])
      expect(isStoreAway(coded(code))).toBe(true);
    expect(isStoreAway(new Error("Connection terminated unexpectedly"))).toBe(true);
    expect(isStoreAway(new Error("timeout exceeded when trying to connect"))).toBe(true);
    expect(isStoreAway(new Error("failed", { cause: coded("ECONNRESET") }))).toBe(true);
    expect(isStoreAway(new AggregateError([coded("ECONNREFUSED")]))).toBe(true);
  });

  it("says no such thing where the database answers, or another thing failed", () => {
    for (const code of ["23505", "42P01", "22021", "ENOENT", "40P01"]) expect(isStoreAway(coded(code))).toBe(false);
    expect(isStoreAway(new Error("a case on why the Connection terminated"))).toBe(false);
    const round = new Error("round");
    round.cause = round;
    for (const other of [round, undefined, null, "ECONNREFUSED", { code: "ECONNREFUSED" }]) {
      expect(isStoreAway(other)).toBe(false);
    }
  });
});

describeWithPostgres("a server whose PostgreSQL goes away", () => {
  let postgres: PostgresServer;
  let server: Team;
  beforeAll(async () => {
    postgres = await startPostgres("secret");
    server = await team({ url: postgres.url });
    await server.person("ann");
  }, 60_000);
  afterAll(async () => {
    await server.store.close();
    await postgres.stop();
  });

  it("goes on where the connection breaks between two statements of a transaction", async () => {
    const { db } = server.store;
    const broken = db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(tx);
      await sql`SELECT pg_terminate_backend(${rows[0]?.pid})`.execute(db);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await sql`SELECT 1`.execute(tx);
    });
    expect(isStoreAway(await broken.catch((error: unknown) => error))).toBe(true);
    expect((await server.ask("ann", "GET", "/api/cases")).status).toBe(200);
  });

  it("says so and when to ask again, not that Parley is broken, and goes on when it is back", async () => {
    expect((await server.ask("ann", "GET", "/api/cases")).status).toBe(200);
    const back = postgres.crash();
    const answers = [];
    for (;;) {
      const answer = await server.ask("ann", "GET", "/api/cases");
      answers.push(answer);
      if (answers.some(({ status }) => status !== 200) && answer.status === 200) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await back;
    const refused = answers.filter(({ status }) => status !== 200);
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503]));
    expect(refused[0]?.body.problems[0].code).toBe("store-away");
    expect(refused[0]?.headers.get("retry-after")).toBe("5");
    expect(server.errors).toHaveLength(refused.length);
  }, 60_000);
});
