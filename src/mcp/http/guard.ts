import { createHash, timingSafeEqual } from "node:crypto";

/** Who may be asked for, and by which pages. */
export interface OwnNames {
  /** What Host may hold, in lower case: `127.0.0.1:7360`, `parley.example.org`. */
  readonly hosts: readonly string[];
  /** What Origin may hold where a browser sends one; pages of the hosts themselves unless given. */
  readonly origins?: readonly string[] | undefined;
}

/**
 * Whether a request is to this server by a name of its own, and comes from no other site's page.
 *
 * A foreign name in Host is a rebound name (DNS rebinding): a page of that name would be of one origin with this server.
 */
export function isForOwn({ headers, url }: Request, { hosts, origins }: OwnNames): boolean {
  const host = (headers.get("host") ?? new URL(url).host).toLowerCase();
  if (!hosts.includes(host)) return false;
  const origin = headers.get("origin");
  const known = origins ?? hosts.map((each) => `http://${each}`);
  if (origin !== null && !known.includes(origin.toLowerCase())) return false;
  const site = headers.get("sec-fetch-site");
  return site === null || site === "same-origin" || site === "none";
}

/** Longest token that is looked at, in characters. */
const LONGEST = 4096;

/** The token that a request carries in Authorization; undefined where it carries none, or one of another form. */
export function bearerOf({ headers }: Request): string | undefined {
  const given = headers.get("authorization") ?? "";
  if (given.length > LONGEST) return undefined;
  return /^bearer +([\w.~+/-]+=*)$/i.exec(given)?.[1];
}

/** Whether two tokens are the same; how long it takes tells nothing of either, not even how long it is. */
export function sameToken(given: string, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
