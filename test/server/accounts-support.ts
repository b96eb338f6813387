import type { Store } from "../../src/server/db/open.ts";
import { PORT, type Team } from "./support.ts";

export const STRONG = "seven green otters waltz";

/** Somebody's browser: keeps the cookies that the server sets, and sends them. */
export function browser(server: Team, origin = `http://127.0.0.1:${PORT}`) {
  const jar = new Map<string, string>();
  const said: string[] = [];
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await server.app.request(`${origin}${path}`, {
      method,
      headers: {
        ...(jar.size === 0 ? {} : { cookie: [...jar].map(([key, value]) => `${key}=${value}`).join("; ") }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        "user-agent": "a test",
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      said.push(cookie);
      const [pair = "", ...attributes] = cookie.split("; ");
      const at = pair.indexOf("=");
      const isGone = attributes.some((each) => each.toLowerCase() === "max-age=0");
      if (isGone) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      code: text.startsWith("{") ? (JSON.parse(text).problems?.[0]?.code as string | undefined) : undefined,
      // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
      body: (text.startsWith("{") ? JSON.parse(text) : text) as any,
    };
  };
  return {
    ask,
    jar,
    said,
    signIn: (email: string, password = STRONG) => ask("POST", "/api/session", { email, password }),
  };
}

export type Browser = ReturnType<typeof browser>;

/** Sets a server up; its first person is Ann. */
export async function setUp(server: Team, origin?: string): Promise<Browser> {
  const ann = browser(server, origin);
  const code = await server.services.accounts.setup.code();
  const first = { code, name: "Ann Archer", email: "ann@example.org", password: STRONG, workspace: "Desk" };
  const made = await ann.ask("POST", "/api/setup", first);
  if (made.status !== 201) throw new Error(`not set up: ${JSON.stringify(made.body)}`);
  return ann;
}

/** Every row of every table but the audit log, as one text. */
export async function everything({ db }: Store): Promise<string> {
  const tables = await db.introspection.getTables();
  const names = tables.map(({ name }) => name).filter((name) => name !== "audit" && !name.startsWith("parley_"));
  const rows = [];
  for (const name of names)
    rows.push([
      name,
      await db
        .selectFrom(name as "users")
        .selectAll()
        .execute(),
    ]);
  return JSON.stringify(rows);
}
