import { createHash, randomBytes } from "node:crypto";

const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

/** A new name for a row: 80 bits of chance in letters that nobody mistakes (Crockford's base 32). */
export function newId(): string {
  return Array.from(randomBytes(16), (byte) => LETTERS[byte % 32]).join("");
}

/** A new secret for an address or a header: 256 bits of chance. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of a secret: its SHA-256. With 256 bits of chance nobody finds the one from the other. */
export function secretHash(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
