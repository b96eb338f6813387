import type { Server } from "node:http";
import { type AddressInfo, isIPv6 } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Context } from "hono";
import { every } from "hono/combine";
import { etag } from "hono/etag";
import { strictHeaders } from "../api/index.ts";
import { ParleyError } from "../core/problems/index.ts";
import type { QueueAddress } from "../queue/index.ts";
import type { RunStore } from "../runs/desk/index.ts";
import { accounts } from "./accounts/accounts.ts";
import { identityOf } from "./accounts/sessions.ts";
import { Answers } from "./answers/answers.ts";
import { teamApi } from "./app.ts";
import { teamAssistants } from "./assistants/assistants.ts";
import { offerAtMachine } from "./backup/socket.ts";
import { Changes } from "./cases/changes.ts";
import { Versions } from "./cases/versions.ts";
import { Compute } from "./compute/compute.ts";
import type { ServerConfig } from "./config/index.ts";
import { MIGRATION_NAMES, migrationsOf } from "./db/migrate.ts";
import { type Db, openStore, type Store, type StorePlace } from "./db/open.ts";
import { Limits, PATIENCE } from "./http/limits.ts";
import { ownOriginOnly } from "./http/origin.ts";
import type { TeamApp } from "./http/route.ts";
import type { Services } from "./http/services.ts";
import { Streams } from "./http/streams.ts";
import { personOf } from "./http/who.ts";
import {
  addressOf,
  CLOSING,
  createLog,
  createMetrics,
  type Log,
  live,
  logRequests,
  metricsHandler,
  PATHS,
  readiness,
  ready,
  shutdown,
  watchRequests,
} from "./ops/index.ts";
import { identityOfTokens } from "./people/tokens.ts";
import { type Simulations, TeamRuns } from "./runs/runs.ts";
import { teamRunStore } from "./runs/store.ts";
import { pageHeaders, workbenchFiles } from "./site/pages.ts";

export interface ServingOptions {
  /** The folder that the workbench was built into; without it there is the API alone. */
  readonly web?: string | undefined;
  /** Opens the desk of long runs; without it there are none. */
  readonly openDesk?: OpenDesk | undefined;
  readonly log?: Log | undefined;
  /** Ends the process when the server has ended. */
  readonly exit?: ((code: number) => void) | undefined;
}

/** Opens a desk of simulations over a store of runs, on threads and, where one is given, on a cluster. */
export type OpenDesk = (options: {
  readonly store: RunStore;
  readonly threads: number;
  readonly cluster: QueueAddress | undefined;
  readonly limits: { readonly queued: number; readonly running: number };
  /** Milliseconds that closing it waits for shards under way; they are computed anew after. */
  readonly grace: number;
}) => Promise<Simulations & { close(): Promise<void> }>;

/** A team server that answers. */
export interface ServingTeam {
  /** Where people reach it. */
  readonly address: string;
  readonly port: number;
  readonly store: "embedded" | "server";
  /** What makes the first account; undefined where somebody has one. */
  readonly setupCode: string | undefined;
  /** Ends it in order, as a signal does. */
  stop(reason: string): Promise<void>;
}

/** Which store a configuration names. */
export function placeOf({ database }: Pick<ServerConfig, "database">): StorePlace {
  return database.kind === "embedded" ? { folder: database.folder } : { url: database.url, connections: database.pool };
}

/** Where people reach a server, without a slash at its end. */
export function publicAddress({ origin, host }: Pick<ServerConfig, "origin" | "host">, port: number): string {
  return origin ?? `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/**
 * Starts the team server: store, accounts, API, pages, logs, metrics and an end in order.
 *
 * @throws ParleyError where the store cannot be opened or the address cannot be listened on; nothing is left running.
 */
export async function serveTeam(config: ServerConfig, options: ServingOptions = {}): Promise<ServingTeam> {
  const log = options.log ?? createLog(config.log);
  let port = config.port;
  const caller = (context: Context): string => addressOf(context, config.trustProxy) ?? "unknown";
  const { services, metrics, db, kind, parts, close } = await servicesOf(config, log, () => port, caller, options);
  let isStopping = (): boolean => false;
  try {
    const app = teamApi(services, () => port, {
      limits: new Limits(caller),
      first: (own) => {
        own.use(watchRequests([logRequests(log, config.log), metrics.requests], config, userOf) as never);
        // Before the others, whose patterns then are the last that a request meets, as the log has them.
        if (options.web !== undefined) addPages(own, options.web, config.origin, () => port);
        const asked = readiness(
          checksOf(db),
          () => isStopping(),
          (check, error) => log.fault("not ready", error, { check }),
        );
        for (const path of Object.values(PATHS)) own.use(path, strictHeaders(config.origin?.startsWith("https://")));
        own.get(PATHS.live, live).get(PATHS.ready, ready(asked)).get(PATHS.metrics, metricsHandler(metrics, config));
      },
    });
    const server = await listening(app, config);
    port = (server.address() as AddressInfo).port;
    const { database } = config;
    const socket =
      database.kind === "embedded" ? await offerAtMachine(db, database.folder, log).catch(() => undefined) : undefined;
    const setupCode = await services.accounts.setup.code();
    const ending = shutdown({
      server,
      stop: config.stop,
      endStreams: () => services.streams.endAll(),
      parts: [...(socket === undefined ? [] : [{ name: "socket", close: socket }]), ...parts],
      log,
      ...(options.exit === undefined ? {} : { exit: options.exit }),
    });
    isStopping = ending.isStopping;
    const address = publicAddress(config, port);
    log.write("info", "listening", { port, store: kind, workbench: options.web !== undefined });
    return {
      address,
      port,
      store: kind,
      setupCode,
      async stop(reason) {
        await ending.stop(reason);
        ending.forget();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the routes work with, over a store that was opened for them. */
async function servicesOf(
  config: ServerConfig,
  log: Log,
  port: () => number,
  address: (context: Context) => string,
  { openDesk }: ServingOptions,
) {
  let counts = { total: 0, idle: 0, waiting: 0 };
  let count = (): typeof counts => counts;
  let sessions = async (): Promise<number> => 0;
  let runs = async (): Promise<Record<string, number>> => ({});
  const metrics = createMetrics({
    pool: () => {
      counts = count();
      return { idle: counts.idle, busy: counts.total - counts.idle, waiting: counts.waiting };
    },
    sessions: () => sessions(),
    runs: () => runs(),
  });
  const onWait = (holder: string) => log.write("warn", "store in use, waiting", { process: holder, seconds: 30 });
  const store = await openStore(placeOf(config), { onQuery: metrics.query, onWait });
  const { db } = store;
  count = () => store.pool();
  sessions = async () => {
    const row = await db
      .selectFrom("sessions")
      .select((select) => select.fn.countAll<string>().as("count"))
      .where("expiresAt", ">", new Date())
      .executeTakeFirst();
    return Number(row?.count ?? 0);
  };
  runs = async () => {
    const rows = await db
      .selectFrom("runs")
      .select((select) => ["state", select.fn.countAll<string>().as("count")])
      .groupBy("state")
      .execute();
    return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
  };
  if (store.migrated.length > 0) log.write("info", "tables brought up to date", { changes: store.migrated.length });
  const ended: (() => void)[] = [];
  const streams = new Streams({}, (change) => {
    if (change === 1) ended.push(metrics.stream());
    else ended.pop()?.();
  });
  return orClosed(store, async () => {
    const own = accounts({
      store,
      origin: config.origin,
      port,
      secret: config.secret,
      oidc: config.oidc,
      address,
    });
    const compute = new Compute();
    const changes = new Changes();
    const simulations = await openDesk?.({
      store: teamRunStore(db),
      threads: config.runs.threads,
      cluster: config.cluster,
      limits: { queued: config.runs.limit, running: Math.min(2, config.runs.limit) },
      // A shard of a very long run may take longer; that is no reason to end in disorder.
      grace: CLOSING - 1000,
    });
    const versions = new Versions(db);
    const saving = { db, versions, changes, counted: metrics.save };
    const note = (text: string) => log.write("warn", "assistants", { note: text });
    const assistants = teamAssistants({ ...saving, compute, origin: config.origin, port, address, note });
    const services: Services = {
      store,
      identity: identityOf({ sessions: own.sessions, tokens: identityOfTokens(db) }),
      accounts: own,
      versions,
      answers: new Answers(db, compute),
      runs: simulations && (await TeamRuns.open({ db, simulations, compute, changes })),
      assistants,
      changes,
      streams,
      origin: config.origin,
      // The line of the request itself tells where it was thrown.
      report: () => {},
      counted: metrics.save,
      now: () => new Date(),
    };
    // What works on the store ends before it.
    const parts = [
      { name: "runs", close: async () => simulations?.close() },
      { name: "assistants", close: () => assistants.close() },
      { name: "computing", close: () => compute.close() },
      { name: "store", close: () => store.close() },
    ];
    const close = async (): Promise<void> => {
      for (const part of parts) await part.close();
    };
    return { services, metrics, db, kind: store.kind, parts, close };
  });
}

/** What is made over a store, which is closed where that cannot be made. */
async function orClosed<T>(store: Store, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** What must hold for the server to do its work. */
function checksOf(db: Db) {
  return {
    database: async () => db.selectFrom("users").select("id").limit(1).execute(),
    migrations: async () => {
      const have = await migrationsOf(db);
      if (have?.join() !== MIGRATION_NAMES.join()) throw new Error("the tables are of another version");
    },
  };
}

function userOf(context: Context): string | undefined {
  const who = context.get("who") as Parameters<typeof personOf>[0] | undefined;
  return who === undefined ? undefined : personOf(who)?.id;
}

/** The workbench's pages, at every path that is not the API's or a machine's. */
function addPages(app: TeamApp, web: string, origin: string | undefined, port: () => number): void {
  const files = workbenchFiles(web);
  const others = new Set<string>([...Object.values(PATHS), "/openapi.json"]);
  const pages = every(
    pageHeaders(origin?.startsWith("https://") === true),
    ownOriginOnly(origin, port),
    etag(),
    async (context, next) => files(context) ?? next(),
  );
  app.get("/*", (context, next) => {
    const { path } = context.req;
    const isOther = others.has(path) || path.startsWith("/api/") || path.startsWith("/mcp");
    return isOther ? next() : (pages(context, next) as Promise<Response>);
  });
}

/** A server that listens; it waits for nobody longer than it should. */
async function listening(app: TeamApp, { host, port }: Pick<ServerConfig, "host" | "port">): Promise<Server> {
  const { timeout, maxConnections, ...serverOptions } = PATIENCE;
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions }) as Server;
  server.timeout = timeout;
  server.maxConnections = maxConnections;
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(ParleyError.of("server-listen", { where: `${host}:${port}`, detail: error.code ?? error.message })),
    );
    server.listen(port, host, () => resolve(server));
  });
}
