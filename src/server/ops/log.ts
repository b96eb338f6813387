import { destination, pino, stdTimeFunctions } from "pino";
import { isControl, oneLine } from "../../core/problems/index.ts";
import type { LogLevel, ServerConfig } from "../config/index.ts";
import { isUnremarkable } from "./health.ts";
import type { RequestWatcher } from "./requests.ts";

type Grade = Exclude<LogLevel, "silent">;

/** What a line may say beside its event: numbers, yes or no, and words of the program's own, never of a case. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** A log of what happens, not of what it is about: no titles, no texts, no addresses of people. */
export interface Log {
  /** Writes one line where its grade is grave enough. */
  readonly write: (grade: Grade, event: string, fields?: LogFields) => void;
  /** Writes one line on something that was thrown: its kind and where it was thrown, not its words, which may hold a case's. */
  readonly fault: (event: string, error: unknown, fields?: LogFields) => void;
}

/** Where lines go: as they are, or made readable. */
export interface LogTarget {
  write(line: string): unknown;
  readonly isTerminal: boolean;
}

/** Standard error, written before the call returns, so that nothing is lost when the process ends. */
export function standardError(): LogTarget {
  const sink = destination({ dest: 2, sync: true });
  // A reader that has gone, or a full disk, is no reason to stop serving.
  sink.on("error", () => {});
  return { write: (line) => sink.write(line), isTerminal: process.stderr.isTTY === true };
}

/**
 * A log: a JSON object a line, or on a terminal a line for a person.
 *
 * Control characters, line separators and marks that turn text are escaped, so that nothing in a request can end a line,
 * begin another, or write on a terminal.
 */
export function createLog({ level }: Pick<ServerConfig["log"], "level">, target: LogTarget = standardError()): Log {
  const logger = pino(
    {
      level,
      base: null,
      messageKey: "event",
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => target.write(target.isTerminal ? forPerson(line) : escaped(line)) },
  );
  const write: Log["write"] = (grade, event, fields = {}) => logger[grade](fields, event);
  return {
    write,
    fault: (event, error, fields = {}) => write("error", event, { ...fields, ...faultOf(error) }),
  };
}

/** Logs every request when it has ended: route, status, time, bytes, account; those for health and metrics at level debug. */
export function logRequests(log: Log, { addresses }: Pick<ServerConfig["log"], "addresses">): RequestWatcher {
  return {
    ended({ id, method, route, status, seconds, bytes, user, isCut, address, error }) {
      const fields = {
        request: id,
        method,
        route,
        status,
        ms: Math.round(seconds * 1e5) / 100,
        bytes,
        // An account's id tells nobody who it is; anything else, such as an e-mail address, is no such id.
        user: user !== undefined && /^[\w-]{1,64}$/.test(user) ? user : undefined,
        cut: isCut ? true : undefined,
        address: addresses ? address : undefined,
      };
      if (status >= 500 && error !== undefined) log.fault("request", error, fields);
      else if (status >= 500 && !isUnremarkable(route)) log.write("error", "request", fields);
      else log.write(isUnremarkable(route) ? "debug" : "info", "request", fields);
    },
  };
}

/** What may be said of a thrown thing: its kind, its code, and the places it came through. */
function faultOf(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const { name, message, stack = "", cause } = error;
  const { code, syscall } = error as NodeJS.ErrnoException;
  // A stack begins with the message, and a message may have lines that look like places.
  const from = stack.indexOf(message);
  const places = stack.slice(from === -1 ? 0 : from + message.length).match(/^ {4}at .+$/gm) ?? [];
  const at = from === -1 ? "" : places.slice(0, 8).map((place) => place.trim().slice(3, 200));
  return {
    error: word(name) ?? "Error",
    code: word(code),
    syscall: word(syscall),
    cause: cause instanceof Error ? (word((cause as NodeJS.ErrnoException).code) ?? word(cause.name)) : undefined,
    at: at === "" || at.length === 0 ? undefined : at.join(" < "),
  };
}

function word(text: unknown): string | undefined {
  return typeof text === "string" && /^[\w.-]{1,60}$/.test(text) ? text : undefined;
}

/** A line of JSON without a control character in it; it reads as the same JSON. */
export function escaped(line: string): string {
  let out = "";
  for (const character of line.replace(/\n$/, "")) {
    const code = character.codePointAt(0) ?? 0;
    out += isControl(code) ? `\\u${code.toString(16).padStart(4, "0")}` : character;
  }
  return `${out}\n`;
}

/** A line of the log for a person at a terminal: `09:04:01 info  request GET /api/cases/:id 200 12 ms`. */
function forPerson(line: string): string {
  const { time, level, event, method, route, status, ms, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const words = [method, route, status, ms === undefined ? undefined : `${ms} ms`];
  const fields = Object.entries(rest).map(([name, value]) => `${name}=${value}`);
  const said = [String(time).slice(11, 19), String(level).padEnd(5), event, ...words, ...fields];
  return `${oneLine(said.filter((each) => each !== undefined).join(" "))}\n`;
}
