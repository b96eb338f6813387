import { openSimulationDesk, type SimulationDeskOptions } from "../../src/cli/cluster/desk.ts";
import { type Accounts, type AccountsOptions, accounts } from "../../src/server/accounts/accounts.ts";
import { identityOf } from "../../src/server/accounts/sessions.ts";
import { Answers } from "../../src/server/answers/answers.ts";
import { teamApi } from "../../src/server/app.ts";
import { teamAssistants } from "../../src/server/assistants/assistants.ts";
import { Changes } from "../../src/server/cases/changes.ts";
import { Versions } from "../../src/server/cases/versions.ts";
import { Compute } from "../../src/server/compute/compute.ts";
import { newId } from "../../src/server/db/ids.ts";
import { openStore, type Store, type StorePlace } from "../../src/server/db/open.ts";
import { Limits, type RateLimits } from "../../src/server/http/limits.ts";
import type { Services } from "../../src/server/http/services.ts";
import { type StreamLimits, Streams } from "../../src/server/http/streams.ts";
import type { Identity, Who } from "../../src/server/http/who.ts";
import { makeWorkspace } from "../../src/server/routes/workspaces.ts";
import { TeamRuns } from "../../src/server/runs/runs.ts";
import { teamRunStore } from "../../src/server/runs/store.ts";

export const PORT = 7350;

export const SECRET = "a secret of the tests, of more than 32 characters";

/** A team server in this process, in which a request says whose it is by the header `x-test-person`, or by cookie. */
export async function team(
  place: StorePlace = { folder: undefined },
  options: Partial<Omit<AccountsOptions, "store">> & {
    /** Limits of requests; none unless given. */
    readonly rates?: Partial<RateLimits>;
    readonly streams?: Partial<StreamLimits>;
    /** The desk of long runs. */
    readonly desk?: Partial<SimulationDeskOptions>;
  } = {},
) {
  const port = options.port ?? (() => PORT);
  const opened = await openStore(place);
  // Threads start when they are needed, and end with the store.
  const compute = new Compute({ threads: 1 });
  const changes = new Changes();
  const simulations = await openSimulationDesk({ store: teamRunStore(opened.db), threads: 1, ...options.desk });
  const store: Store = {
    ...opened,
    close: async () => {
      await Promise.all([assistants.close(), compute.close(), simulations.close()]);
      await opened.close();
    },
  };
  const people = new Map<string, Who>();
  const errors: unknown[] = [];
  const own: Accounts = accounts({ store, origin: undefined, secret: SECRET, port: () => PORT, ...options });
  const bySession = identityOf({ sessions: own.sessions });
  const identity: Identity = {
    of: async (headers) => people.get(headers.get("x-test-person") ?? "") ?? bySession.of(headers),
  };
  const versions = new Versions(store.db);
  const assistants = teamAssistants({
    db: store.db,
    versions,
    changes,
    compute,
    origin: options.origin,
    port,
    address: () => "192.0.2.1",
    note: (text) => errors.push(text),
  });
  const services: Services = {
    store,
    identity,
    accounts: own,
    versions,
    answers: new Answers(store.db, compute),
    runs: await TeamRuns.open({ db: store.db, simulations, compute, changes, most: 2_000_000 }),
    assistants,
    changes,
    streams: new Streams(options.streams),
    origin: options.origin,
    report: (error) => errors.push(error),
    now: options.now ?? (() => new Date()),
  };
  const address = options.address ?? (() => "192.0.2.1");
  const limits = options.rates === undefined ? undefined : new Limits(address, options.rates);
  const app = teamApi(services, port, { limits });
  const ask = async (as: string | undefined, method: string, path: string, body?: unknown) => {
    const response = await app.request(`http://127.0.0.1:${port()}${path}`, {
      method,
      headers: {
        ...(as === undefined ? {} : { "x-test-person": as }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
      body: (text === "" ? undefined : JSON.parse(text)) as any,
    };
  };
  /** A request with any text as its body; the answer as text. */
  const raw = async (
    as: string | undefined,
    method: string,
    path: string,
    text?: string,
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const response = await app.request(`http://127.0.0.1:${port()}${path}`, {
      method,
      headers: {
        ...headers,
        ...(as === undefined ? {} : { "x-test-person": as }),
        ...(text === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(text === undefined || method === "GET" ? {} : { body: text }),
    });
    return { status: response.status, type: response.headers.get("content-type") ?? "", text: await response.text() };
  };
  const person = async (name: string, keeper = false): Promise<string> => {
    const id = newId();
    const email = `${name}@example.org`;
    await store.db.insertInto("users").values({ id, name, email, keeper }).execute();
    people.set(name, { kind: "person", person: { id, name, email, keeper }, sessionId: newId() });
    return id;
  };
  return {
    store,
    services,
    compute,
    app,
    ask,
    raw,
    person,
    people,
    /** Errors of the server's own. */
    errors,
    workspace: (name: string, owner: string) => makeWorkspace(store.db, name, owner),
  };
}

export type Team = Awaited<ReturnType<typeof team>>;
export type { Store };
