/** What a connection to a PostgreSQL server that is not there, or goes, fails with. */
const CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  // Shut down by its keeper, crashed, starting up; too many connections.
  "57P01",
  "57P02",
  "57P03",
  "53300",
]);

/** pg gives these no code. */
const WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Seconds after which whoever found no database may ask again. */
export const AWAY = 5;

/** Whether an error says that the database does not answer, and nothing of what was asked. */
export function isStoreAway(error: unknown): boolean {
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth += 1) {
    const { code = "", message } = each as NodeJS.ErrnoException;
    // Class 08 of PostgreSQL's codes: connection exceptions.
    if (CODES.has(code) || /^08[0-9A-Z]{3}$/.test(code) || WORDS.test(message)) return true;
    if (each instanceof AggregateError && each.errors.some(isStoreAway)) return true;
  }
  return false;
}
