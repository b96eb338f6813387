import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, Handler } from "hono";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { VERSION } from "../../version.ts";
import { isLoopback, type ServerConfig } from "../config/index.ts";
import { isUnremarkable, within } from "./health.ts";
import { connectionOf, type RequestWatcher } from "./requests.ts";

/** Bounds of times in seconds, from a kept answer to a slow report. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
const QUERY_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

/** Milliseconds that counting something may take while Prometheus waits. */
const PATIENCE = 1000;

/** What a statement does; others are `other`. */
const STATEMENTS = ["select", "insert", "update", "delete"] as const;

/** How a save ended: as it was sent, brought together with another's, or refused since both changed the same. */
export const SAVES = ["saved", "merged", "conflict"] as const;

/** Where a run can stand. */
export const RUN_STATES = ["waiting", "running", "done", "failed", "stopped"] as const;

/** Counted when Prometheus asks, by what the server keeps; nothing is told where it cannot be counted. */
export interface MetricsSources {
  /** Connections to the database. */
  readonly pool?: () => { readonly idle: number; readonly busy: number; readonly waiting: number };
  readonly runs?: () => Promise<Readonly<Partial<Record<(typeof RUN_STATES)[number], number>>>>;
  /** Sessions that have not ended. */
  readonly sessions?: () => Promise<number>;
}

/** Numbers about one server, for Prometheus. */
export interface Metrics {
  readonly requests: RequestWatcher;
  /** Counts a statement to the database and the seconds it took; of the statement, its first word counts. */
  readonly query: (sql: string, seconds: number) => void;
  readonly save: (outcome: (typeof SAVES)[number]) => void;
  /** Counts a stream of events that was opened; gives what to call when it ends. */
  readonly stream: () => () => void;
  /** Everything, in the text format of Prometheus. */
  readonly text: () => Promise<{ readonly type: string; readonly body: string }>;
}

/**
 * The numbers of one server, in a registry of its own.
 *
 * No label holds what a request brings: routes are patterns of the code, methods and kinds come from lists, statuses are
 * classes. So the number of series is bounded, whatever is asked.
 */
export function createMetrics(sources: MetricsSources = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({ name: "parley_build_info", help: "Version of Parley.", labelNames: ["version"], registers }).set(
    { version: VERSION },
    1,
  );
  const labelNames = ["method", "route", "status"] as const;
  const requests = new Histogram({
    name: "parley_http_request_duration_seconds",
    help: "Seconds from a request's head to the last byte of its answer, without streams of events.",
    labelNames,
    buckets: SECONDS,
    registers,
  });
  const counted = new Counter({
    name: "parley_http_requests_total",
    help: "Requests that have ended, by route, method and class of status; cut ones have status cut.",
    labelNames,
    registers,
  });
  const inFlight = new Gauge({
    name: "parley_http_requests_in_flight",
    help: "Requests under way, streams of events among them.",
    registers,
  });
  const queries = new Histogram({
    name: "parley_database_query_duration_seconds",
    help: "Seconds that statements to the database took.",
    labelNames: ["statement"],
    buckets: QUERY_SECONDS,
    registers,
  });
  const saves = new Counter({
    name: "parley_saves_total",
    help: "Saves of cases, by how they ended.",
    labelNames: ["outcome"],
    registers,
  });
  for (const outcome of SAVES) saves.inc({ outcome }, 0);
  const streams = new Gauge({ name: "parley_event_streams", help: "Streams of events that are open.", registers });
  addCounted(registry, sources);
  return {
    requests: {
      begun: () => inFlight.inc(),
      ended({ method, route, status, seconds, isStream, isCut }) {
        inFlight.dec();
        const labels = { method, route, status: isCut ? "cut" : `${Math.floor(status / 100)}xx` };
        counted.inc(labels);
        if (!isStream && !isUnremarkable(route)) requests.observe(labels, seconds);
      },
    },
    query(sql, seconds) {
      const first = /^\s*(\w{1,10})\b/.exec(sql)?.[1]?.toLowerCase() ?? "";
      queries.observe({ statement: STATEMENTS.find((each) => each === first) ?? "other" }, seconds);
    },
    save: (outcome) => saves.inc({ outcome }),
    stream() {
      streams.inc();
      let isOpen = true;
      return () => {
        if (isOpen) streams.dec();
        isOpen = false;
      };
    },
    text: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  };
}

/** Numbers that are counted when they are asked for. */
function addCounted(registry: Registry, { pool, runs, sessions }: MetricsSources): void {
  const registers = [registry];
  if (pool !== undefined) {
    new Gauge({
      name: "parley_database_connections",
      help: "Connections to the database by state, and requests waiting for one.",
      labelNames: ["state"],
      registers,
      collect() {
        this.reset();
        for (const [state, count] of Object.entries(pool())) this.set({ state }, count);
      },
    });
  }
  if (runs !== undefined) {
    new Gauge({
      name: "parley_runs",
      help: "Runs by state.",
      labelNames: ["state"],
      registers,
      async collect() {
        this.reset();
        const counts = await counting(runs);
        for (const state of RUN_STATES) if (counts !== undefined) this.set({ state }, counts[state] ?? 0);
      },
    });
  }
  if (sessions !== undefined) {
    new Gauge({
      name: "parley_sessions",
      help: "Sessions that have not ended.",
      labelNames: [],
      registers,
      async collect() {
        // NaN is how Prometheus has a number that is not known.
        this.set((await counting(sessions)) ?? Number.NaN);
      },
    });
  }
}

/** What is counted, or nothing where that fails or takes too long: the other numbers are still wanted. */
function counting<T>(count: () => Promise<T>): Promise<T | undefined> {
  return within(
    PATIENCE,
    Promise.resolve()
      .then(count)
      .catch(() => undefined),
    undefined,
  );
}

/**
 * `GET /metrics`: for this machine alone, or for whoever has the token where one is set.
 *
 * A reverse proxy on this machine makes everybody look like this machine, so that a request that came through one, or
 * asks for another host, is refused without a token.
 */
export function metricsHandler(metrics: Metrics, { metricsToken }: Pick<ServerConfig, "metricsToken">): Handler {
  return async (context) => {
    context.header("Cache-Control", "no-store");
    if (metricsToken === undefined && !isOwnMachine(context)) return context.text("Not for this machine.\n", 403);
    if (metricsToken !== undefined && !hasToken(context, metricsToken)) {
      context.header("WWW-Authenticate", 'Bearer realm="metrics"');
      return context.text("A token is needed.\n", 401);
    }
    const { type, body } = await metrics.text();
    return context.body(body, 200, { "Content-Type": type });
  };
}

function isOwnMachine(context: Context): boolean {
  const connection = connectionOf(context)?.replace(/^::ffff:/i, "");
  const host = /^(\[[^\]]+\]|[^:]+)(:\d+)?$/.exec(context.req.header("host") ?? "")?.[1];
  const isForwarded = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"].some(
    (name) => context.req.header(name) !== undefined,
  );
  return connection !== undefined && isLoopback(connection) && host !== undefined && isLoopback(host) && !isForwarded;
}

/** Compares hashes, which are of one length, so that the time it takes tells nothing of the token. */
function hasToken(context: Context, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(context.req.header("authorization") ?? "")?.[1] ?? "";
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(token));
}
