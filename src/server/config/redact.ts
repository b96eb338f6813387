/** How a value may be shown: as it is, as a URL without its password, or not at all. */
export type Showing = "plain" | "url" | "secret";

/** A value as a person may see it, in a log or a message. */
export function shown(value: string, showing: Showing): string {
  if (showing === "plain") return value;
  return showing === "url" ? withoutPassword(value) : `set (${countOf(value)})`;
}

/** What a message says of a value that cannot be used: nothing of a secret but its length. */
export function told(value: string, showing: Showing): string {
  if (showing === "url" && URL.canParse(value)) return withoutPassword(value);
  return showing === "plain" ? value : countOf(value);
}

const countOf = (value: string): string => `${value.length} ${value.length === 1 ? "character" : "characters"}`;

/**
 * A URL without its password and options; nothing but its length where it is no URL, or where a part of the password may
 * have slipped into another part, as an unescaped / or # in it makes it.
 *
 * @example
 * withoutPassword("postgres://parley:secret@db:5432/cases?sslmode=require"); // "postgres://parley@db:5432/cases"
 */
export function withoutPassword(value: string): string {
  if (!URL.canParse(value)) return `set (${countOf(value)})`;
  const { protocol, username, host, pathname, search, hash } = new URL(value);
  // One @ at most, before the host: another may be a part of a password that was not escaped.
  const split = /^[^:]+:\/\/(?:[^/?#@]*@)?[^/?#@]*(?:[/?][^@#]*)?$/.test(value);
  if (!split || hash !== "" || `${pathname}${search}`.includes("@")) return `set (${countOf(value)})`;
  return `${protocol}//${username === "" ? "" : `${username}@`}${host}${pathname === "/" ? "" : pathname}`;
}
