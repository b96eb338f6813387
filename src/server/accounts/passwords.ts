import { ParleyError } from "../../core/problems/index.ts";
import { COMMON_PASSWORDS } from "./common-passwords.ts";

/** Fewest and most characters of a password. */
export const PASSWORD_LENGTH = { least: 12, most: 128 } as const;

/** Argon2id as OWASP's Password Storage Cheat Sheet (2023) gives it: 19 MiB, two passes, one lane. */
const ARGON2 = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Argon2id with a salt of its own, as a PHC string. */
export async function hashPassword(password: string): Promise<string> {
  const { hash } = await argon2();
  return hash(password.normalize("NFC"), ARGON2);
}

/** Whether a password is the one that was hashed; the comparison takes the same time wherever they differ. */
export async function isPassword(hashed: string, password: string): Promise<boolean> {
  const { verify } = await argon2();
  return verify(hashed, password.normalize("NFC"));
}

async function argon2() {
  try {
    return await import("@node-rs/argon2");
  } catch {
    // Its binary is a package of its own for each platform, which an installation without optional packages lacks.
    throw ParleyError.of("store-missing", { packages: "@node-rs/argon2 and its binary for this platform" });
  }
}

/**
 * Refuses a password that is easily guessed: a common one, a repetition, a run, or little beside the person's own name
 * or e-mail address. Which kinds of characters it is made of does not matter.
 *
 * @throws ParleyError that says why.
 */
export function demandStrong(password: string, { name, email }: { readonly name: string; readonly email: string }) {
  const length = [...password].length;
  if (length < PASSWORD_LENGTH.least) {
    throw ParleyError.of("password-weak", { reason: `it has ${length} characters, and at least 12 are needed` });
  }
  if (length > PASSWORD_LENGTH.most) {
    throw ParleyError.of("password-weak", { reason: `it has ${length} characters, and at most 128 are taken` });
  }
  const plain = password.toLowerCase();
  if (COMMON_PASSWORDS.has(plain)) throw ParleyError.of("password-weak", { reason: "it is one of the commonest" });
  if (isRepeated(plain) || isRun(plain)) {
    throw ParleyError.of("password-weak", { reason: "it is a repetition or a run of characters" });
  }
  if (rest(plain, wordsOf(name, email)).length < 6) {
    throw ParleyError.of("password-weak", { reason: "it is little more than your name or e-mail address" });
  }
}

/** Whether a text is a short piece again and again, or made of two or three characters alone. */
function isRepeated(text: string): boolean {
  return new Set(text).size < 4 || /^(.{1,11})\1+.{0,5}$/su.test(text);
}

/** Whether each character follows its neighbour, as in `abcdefghijkl` or `987654321098`. */
function isRun(text: string): boolean {
  const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, i) => code - (codes[i] ?? 0));
  const most = steps.length - 2;
  return [1, -1].some((step) => steps.filter((each) => each === step).length >= most);
}

function wordsOf(name: string, email: string): readonly string[] {
  const parts = [email, ...email.split(/[@.+_-]/), ...name.split(/\s+/), name.replaceAll(/\s/g, ""), "parley"];
  return parts
    .map((part) => part.toLowerCase())
    .filter((part) => part.length >= 3)
    .sort((a, b) => b.length - a.length);
}

/** What is left of a text without some words, digits and punctuation. */
function rest(text: string, words: readonly string[]): string {
  const left = words.reduce((all, word) => all.replaceAll(word, ""), text);
  return left === text ? text : left.replaceAll(/[\d\p{P}\p{S}\s]/gu, "");
}
