import { isIP } from "node:net";
import { z } from "zod";
import { type QueueAddress, queueAddress } from "../../queue/index.ts";
import { isLoopback, isNetwork, withoutBrackets } from "./addresses.ts";

/** The kinds of values that settings have, each read from a text that is not empty. */

/** At most this many characters of a secret are needed to be safe from guessing: 32 of hex digits are 128 bits. */
export const SHORTEST_SECRET = 32;

/** A whole number from one to another. */
export function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));
}

/** Yes or no. */
export const flag = z
  .string()
  .toLowerCase()
  .pipe(z.enum(["1", "0", "true", "false", "yes", "no"]))
  .transform((word) => word === "1" || word === "true" || word === "yes");

/** A name or address to listen on; brackets around an IPv6 address are dropped. */
export const listenHost = z
  .string()
  .transform(withoutBrackets)
  .refine(
    (host) =>
      isIP(host) !== 0 || /^(?=.{1,253}$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i.test(host),
  )
  // A number with dots that is no address, such as 127.0.0.256, would be looked up as a name.
  .refine((host) => isIP(host) !== 0 || !/^[\d.]+$/.test(host));

/** A secret that cannot be guessed: long enough, and of more than a few characters. */
export const secret = z
  .string()
  .min(SHORTEST_SECRET)
  .max(4096)
  .refine((text) => new Set(text).size >= 8);

/** A secret that somebody else chose: at least there, and on one line. */
export const foreignSecret = z
  .string()
  .max(4096)
  .regex(/^[\x21-\x7e]+$/);

/** The address under which people reach the server: scheme, host and port, and nothing else. */
export const origin = z
  .string()
  .refine((text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, username, password, pathname, search, hash, hostname } = new URL(text);
    const isWeb = protocol === "https:" || protocol === "http:";
    return isWeb && hostname !== "" && `${username}${password}${search}${hash}` === "" && pathname === "/";
  })
  .transform((text) => new URL(text).origin);

/**
 * The issuer of an OpenID Connect provider: https, or http on this machine. It stays as it is: some end in a slash, and
 * it has to be what the provider's document and its tokens say.
 */
export const issuer = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash, hostname } = new URL(text);
  const isSafe = protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
  return isSafe && `${username}${password}${search}${hash}` === "";
});

/** The URL of a PostgreSQL database. */
export const databaseUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, searchParams } = new URL(text);
  const isPostgres = protocol === "postgres:" || protocol === "postgresql:";
  // A socket's folder stands in ?host=.
  return isPostgres && (hostname !== "" || searchParams.has("host"));
});

/** The address of a queue of runs. */
export const cluster = z.string().transform((text, context): QueueAddress => {
  try {
    return queueAddress(text);
  } catch {
    context.addIssue("no address of a queue");
    return z.NEVER;
  }
});

/** Addresses and networks of proxies, parted by commas or spaces; `loopback` stands for this machine's. */
export const networks = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((word) => word !== ""))
  .pipe(
    z
      .array(z.string().refine((word) => word === "loopback" || isNetwork(word)))
      .min(1)
      .max(100),
  )
  .transform((words): readonly string[] =>
    Object.freeze(words.flatMap((word) => (word === "loopback" ? ["127.0.0.0/8", "::1"] : [word]))),
  );
