import type { Handler } from "hono";

/** Where a load balancer, a container or Prometheus asks. */
export const PATHS = { live: "/healthz", ready: "/readyz", metrics: "/metrics" } as const;

/** Whether a route is asked for by machines, every few seconds. */
export function isUnremarkable(route: string): boolean {
  return Object.values<string>(PATHS).includes(route);
}

/** Milliseconds that a check may take. */
const PATIENCE = 1000;

/** Something that must hold for the server to do its work; it throws, or is rejected, where it does not. */
export type Check = () => Promise<unknown>;

/** How a check came out. */
export type CheckState = "ok" | "failed" | "timeout";

/** Whether the server can do its work, and which check says so. */
export interface Readiness {
  readonly ready: boolean;
  /** Whether it is about to stop; then nothing is checked. */
  readonly stopping: boolean;
  readonly checks: Readonly<Record<string, CheckState>>;
}

/**
 * What is asked before the server is sent requests.
 *
 * All checks run side by side. One that is still under way is not begun again, so that asking often costs a database
 * no more than asking once.
 *
 * @param checks by name, such as `database` and `migrations`
 * @param isStopping whether the server is about to stop
 * @param failed told what went wrong, for the log; the answer names the check alone
 */
export function readiness(
  checks: Readonly<Record<string, Check>>,
  isStopping: () => boolean,
  failed: (name: string, error: unknown) => void = () => {},
): () => Promise<Readiness> {
  const underWay = new Map<string, Promise<"ok" | "failed">>();
  const run = (name: string, check: Check): Promise<"ok" | "failed"> => {
    const pending = underWay.get(name);
    if (pending !== undefined) return pending;
    const begun = Promise.resolve()
      .then(check)
      .then(
        () => "ok" as const,
        (error: unknown) => {
          failed(name, error);
          return "failed" as const;
        },
      )
      .finally(() => underWay.delete(name));
    underWay.set(name, begun);
    return begun;
  };
  return async () => {
    if (isStopping()) return { ready: false, stopping: true, checks: {} };
    const states = await Promise.all(
      Object.entries(checks).map(
        async ([name, check]) => [name, await within(PATIENCE, run(name, check), "timeout" as const)] as const,
      ),
    );
    return {
      ready: states.every(([, state]) => state === "ok"),
      stopping: false,
      checks: Object.fromEntries(states),
    };
  };
}

/** What comes of a promise, or something else where it takes longer than so many milliseconds. */
export async function within<A, B>(milliseconds: number, promise: Promise<A>, otherwise: B): Promise<A | B> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<B>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** `GET /healthz`: 200 as long as the process answers at all. Nothing else is asked: a restart mends no database. */
export const live: Handler = (context) => context.json({ live: true }, 200, NOT_KEPT);

/** `GET /readyz`: 200 where every check holds, else 503 with the names of those that do not. */
export function ready(ask: () => Promise<Readiness>): Handler {
  return async (context) => {
    const answer = await ask();
    return context.json(answer, answer.ready ? 200 : 503, NOT_KEPT);
  };
}

const NOT_KEPT = { "Cache-Control": "no-store" };
