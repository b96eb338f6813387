import { afterAll, beforeAll, describe } from "vitest";
import { describeWithPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts";
import { type Team, team } from "./support.ts";

/** The same tests on the embedded store and on a PostgreSQL server; each opened once. */
export function onBothStores(
  name: string,
  tests: (server: () => Team) => void,
  options: Parameters<typeof team>[1] = {},
): void {
  describe(`${name} in the embedded store`, () => {
    opened(() => team({ folder: undefined }, options), tests);
  });
  describeWithPostgres(`${name} on a PostgreSQL server`, () => {
    let postgres: PostgresServer;
    opened(async () => {
      postgres = await startPostgres("secret");
      return team({ url: postgres.url }, options);
    }, tests);
    afterAll(() => postgres?.stop());
  });
}

function opened(open: () => Promise<Team>, tests: (server: () => Team) => void): void {
  let server: Team | undefined;
  beforeAll(async () => {
    server = await open();
  }, 60_000);
  // Hooks run backwards: this one comes before those that the caller registered earlier, and after its tests.
  afterAll(async () => {
    await server?.store.close();
  });
  tests(() => {
    if (server === undefined) throw new Error("the store is not open");
    return server;
  });
}

/** Puts people into a workspace with roles. */
export async function join(server: Team, workspaceId: string, roles: Readonly<Record<string, string>>): Promise<void> {
  for (const [userId, role] of Object.entries(roles)) {
    const values = { workspaceId, userId, role: role as "reader" };
    await server.store.db.insertInto("workspaceMembers").values(values).execute();
  }
}

/** A new case in a workspace. */
export async function newCase(server: Team, as: string, workspaceId: string, title: string, text?: string) {
  const files = text === undefined ? undefined : { "case.yaml": text };
  const request = files === undefined ? { template: "blank", title } : { files };
  const made = await server.ask(as, "POST", `/api/workspaces/${workspaceId}/cases`, request);
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body.case as { id: string; hash: string; path: string };
}

/** The news of a case, as they come. */
export function newsOf(server: Team, caseId: string): string[] {
  const news: string[] = [];
  server.services.changes.listen(caseId, ({ kind }) => news.push(kind));
  return news;
}

/** The actions in the log on a workspace or case, oldest first. */
export async function actionsOf(
  server: Team,
  of: { readonly workspaceId: string } | { readonly caseId: string },
): Promise<readonly string[]> {
  const all = server.store.db.selectFrom("audit").select("action").orderBy("seq");
  const rows = await ("caseId" in of
    ? all.where("caseId", "=", of.caseId)
    : all.where("workspaceId", "=", of.workspaceId)
  ).execute();
  return rows.map(({ action }) => action);
}
