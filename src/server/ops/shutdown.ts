import type { Server } from "node:http";
import { within } from "./health.ts";
import type { Log } from "./log.ts";

/** Signals that come this close upon each other, in milliseconds, are one: a terminal and a launcher may both send them. */
const TOGETHER = 1000;

/** Milliseconds between looks for connections that have nothing more to do. */
const LOOK = 50;

/** Milliseconds that closing one part may take. */
export const CLOSING = 5000;

const LATE = Symbol("late");

const NUMBERS: Partial<Record<NodeJS.Signals, number>> = { SIGINT: 2, SIGTERM: 15 };

/** Something that is closed when no request is left. */
export interface Part {
  readonly name: string;
  close(): Promise<unknown>;
}

export interface ShutdownOptions {
  readonly server: Pick<Server, "close" | "closeIdleConnections" | "closeAllConnections">;
  /** Seconds of draining, and seconds that requests then have (PARLEY_STOP_DRAIN, PARLEY_STOP_DEADLINE). */
  readonly stop: { readonly drain: number; readonly deadline: number };
  /** Ends streams of events, which would last as long as somebody listens. */
  readonly endStreams: () => void;
  /** Closed one after the other, in this order: what puts runs out before the database they are kept in. */
  readonly parts: readonly Part[];
  readonly log: Log;
  readonly exit?: (code: number) => void;
}

/** The end of a server, in the making. */
export interface Shutdown {
  /** Whether it is about to stop, for /readyz. */
  readonly isStopping: () => boolean;
  /** Stops, as a signal does; a second call waits for the same end. */
  readonly stop: (reason: string) => Promise<void>;
  /** No longer listens to signals. */
  readonly forget: () => void;
}

/**
 * Ends a server in order at SIGTERM or SIGINT; a second signal, later, ends the process at once.
 *
 * First /readyz says no, for as long as draining takes, while requests are still answered; then no more connections are
 * taken and streams of events end; requests under way have until the deadline; then the parts are closed, and the process
 * ends with 0, or with 1 where a part could not be closed.
 */
export function shutdown(options: ShutdownOptions): Shutdown {
  const { log, exit = (code) => process.exit(code) } = options;
  let ending: Promise<void> | undefined;
  let first = 0;
  const stop = (reason: string): Promise<void> => {
    ending ??= end(reason, options).then(exit);
    return ending;
  };
  const listen = (signal: NodeJS.Signals): void => {
    if (ending === undefined) {
      first = performance.now();
      void stop(signal);
    } else if (performance.now() - first > TOGETHER) {
      log.write("warn", "ended at once", { signal });
      exit(128 + (NUMBERS[signal] ?? 0));
    }
  };
  process.on("SIGTERM", listen).on("SIGINT", listen);
  return {
    isStopping: () => ending !== undefined,
    stop,
    forget: () => {
      process.off("SIGTERM", listen).off("SIGINT", listen);
    },
  };
}

async function end(reason: string, { server, stop, endStreams, parts, log }: ShutdownOptions): Promise<number> {
  const { drain, deadline } = stop;
  log.write("info", "stopping", { reason, drain, deadline });
  if (drain > 0) await new Promise((resolve) => setTimeout(resolve, 1000 * drain));
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  attempt(endStreams, log);
  // A connection that is kept alive has nothing to do once its request is answered.
  const look = setInterval(() => server.closeIdleConnections(), LOOK);
  const outcome = await within(1000 * deadline, closed, LATE);
  clearInterval(look);
  if (outcome === LATE) {
    log.write("warn", "requests cut", { deadline });
    server.closeAllConnections();
  }
  let code = 0;
  for (const part of parts) {
    try {
      const done = await within(CLOSING, Promise.resolve(part.close()), LATE);
      if (done !== LATE) continue;
      log.write("error", "not closed in time", { part: part.name });
    } catch (error) {
      log.fault("not closed", error, { part: part.name });
    }
    code = 1;
  }
  log.write("info", "stopped", { reason });
  return code;
}

function attempt(work: () => void, log: Log): void {
  try {
    work();
  } catch (error) {
    log.fault("streams not ended", error);
  }
}
