import { ParleyError } from "../../core/problems/index.ts";

/** For whom a file is encrypted: those who have the secret keys of these public ones, or who know the passphrase. */
export type Lock = { readonly recipients: readonly string[] } | { readonly passphrase: string };

/** What is tried to open a file. */
export interface Keys {
  /** Secret keys, `AGE-SECRET-KEY-1...`. */
  readonly identities: readonly string[];
  readonly passphrase?: string | undefined;
}

const ARMOR = "-----BEGIN AGE ENCRYPTED FILE-----";
const BINARY = "age-encryption.org/v1\n";

/** How a file is encrypted in the age format, binary or as text in armour; undefined where it is not. */
export function lockOf(bytes: Uint8Array): "passphrase" | "keys" | undefined {
  const begin = headOf(bytes);
  if (begin.startsWith(BINARY)) return begin.startsWith(`${BINARY}-> scrypt `) ? "passphrase" : "keys";
  if (!begin.trimStart().startsWith(ARMOR)) return undefined;
  const line = begin.trimStart().split(/\r?\n/)[1] ?? "";
  // The first 48 bytes: the version and the beginning of the first stanza.
  const inside = new TextDecoder("latin1").decode(base64Of(line));
  return inside.startsWith(`${BINARY}-> scrypt `) ? "passphrase" : "keys";
}

const headOf = (bytes: Uint8Array): string => new TextDecoder("latin1").decode(bytes.subarray(0, 400));

function base64Of(line: string): Uint8Array {
  try {
    return Uint8Array.from(atob(line), (mark) => mark.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

/**
 * Encrypts a file in the age format (age-encryption.org/v1), binary.
 *
 * @param work base-2 logarithm of the work of trying a passphrase; 18 unless given, about a second
 * @throws ParleyError lock-recipient, lock-mixed
 */
export async function lock(bytes: Uint8Array, how: Lock, work = 18): Promise<Uint8Array> {
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  if ("passphrase" in how) {
    if (how.passphrase === "") throw ParleyError.of("lock-passphrase", { why: "it is empty" });
    encrypter.setScryptWorkFactor(work);
    encrypter.setPassphrase(how.passphrase);
    return encrypter.encrypt(bytes);
  }
  const [first] = how.recipients;
  if (first === undefined) throw ParleyError.of("lock-recipient", { value: "none" });
  // One that a quantum computer could open would undo the others: the format forbids it.
  const after = how.recipients.filter((each) => /^age1(?:tag)?pq1/.test(each));
  if (after.length > 0 && after.length < how.recipients.length) throw ParleyError.of("lock-mixed", undefined);
  for (const value of how.recipients) {
    try {
      encrypter.addRecipient(value);
    } catch {
      throw ParleyError.of("lock-recipient", { value });
    }
  }
  return encrypter.encrypt(bytes);
}

/**
 * Decrypts a file in the age format, whole or not at all: nothing of it is given where any part of it was changed, cut or added to.
 *
 * @throws ParleyError lock-shut where no key fits or the file is not as it was encrypted
 */
export async function unlock(bytes: Uint8Array, { identities, passphrase }: Keys, file: string): Promise<Uint8Array> {
  const { armor, Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  for (const identity of identities) {
    try {
      decrypter.addIdentity(identity);
    } catch {
      throw ParleyError.of("lock-identity", { file, why: "it holds a line that is no secret key" });
    }
  }
  if (passphrase !== undefined) decrypter.addPassphrase(passphrase);
  try {
    const isText = headOf(bytes).trimStart().startsWith(ARMOR);
    const text = isText ? new TextDecoder("utf-8", { fatal: true }).decode(bytes) : "";
    return await decrypter.decrypt(isText ? armor.decode(text) : bytes);
  } catch (error) {
    throw ParleyError.of("lock-shut", { file, detail: reasonOf(error, passphrase !== undefined) });
  }
}

/** Why a file does not open, without a word of what is in it. */
function reasonOf(error: unknown, byPassphrase: boolean): string {
  const message = error instanceof Error ? error.message : "";
  if (/no identity matched/.test(message)) {
    return byPassphrase ? "the passphrase is not right" : "it was encrypted for other keys";
  }
  if (/work factor/.test(message)) return "its passphrase would take too long to try";
  return "it was changed or cut short since it was encrypted, or is no age file";
}

/**
 * The secret keys in an identity file as `age-keygen` writes it: one a line, with remarks behind #.
 *
 * @throws ParleyError lock-identity
 */
export function identitiesIn(text: string, file: string): readonly string[] {
  const refused = (why: string) => ParleyError.of("lock-identity", { file, why });
  if (text.startsWith(BINARY) || text.trimStart().startsWith(ARMOR)) {
    throw refused("it is encrypted itself: decrypt it with age first");
  }
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const kept = lines.filter((line) => line !== "" && !line.startsWith("#"));
  if (kept.some((line) => line.startsWith("AGE-PLUGIN-"))) throw refused("keys of plugins are not read");
  if (kept.some((line) => /^(ssh-|-----BEGIN)/.test(line))) throw refused("keys of SSH are not read");
  const wrong = kept.findIndex((line) => !/^AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]+$/.test(line));
  if (wrong >= 0) throw refused("it holds a line that is no secret key");
  if (kept.length === 0) throw refused("it holds no key");
  return kept;
}
