import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { ParleyError } from "../../core/problems/index.ts";
import { reasonOf } from "./files.ts";
import { secret as secretValue } from "./values.ts";

/** The secret of a store, and whether it was made just now. */
export interface KeptSecret {
  readonly secret: string;
  readonly path: string;
  readonly made: boolean;
}

/**
 * The secret that a store keeps in its file `secret`; it is made (32 random bytes) where there is none.
 *
 * The file is its owner's alone (mode 0600). Of two servers that start at once, one makes it and both read the same.
 *
 * @throws ParleyError secret-kept where the file cannot be used, write-failed where it cannot be made
 */
export function keptSecret(store: string): KeptSecret {
  const path = join(store, "secret");
  const there = readKept(path);
  if (there !== undefined) return { secret: there, path, made: false };
  const made = randomBytes(32).toString("base64url");
  const beside = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  let won = true;
  try {
    mkdirSync(store, { recursive: true, mode: 0o700 });
    writeFileSync(beside, `${made}\n`, { mode: 0o600, flag: "wx", flush: true });
    try {
      // A link to a name that is taken fails, where a rename would take its place.
      linkSync(beside, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      won = false;
    } finally {
      rmSync(beside, { force: true });
    }
  } catch (error) {
    throw ParleyError.of("write-failed", { path, reason: reasonOf(error) });
  }
  const secret = readKept(path);
  if (secret === undefined) throw refused(path, "it is gone again", "look at what else writes into PARLEY_STORE");
  return { secret, path, made: won };
}

function readKept(path: string): string | undefined {
  let file: number;
  try {
    // A link could lead to a file that others can read.
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw refused(path, reasonOf(error), "it is a file that the server's user alone can read");
  }
  try {
    const { mode, size } = fstatSync(file);
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      throw refused(path, "others can read or write it", `chmod 600 it; if others may have read it, delete it instead`);
    }
    const text = size > 65_536 ? "" : readFileSync(file, "utf8").trim();
    if (!secretValue.safeParse(text).success) {
      throw refused(path, "it is damaged", "delete it: a new one is made, and everybody signs in anew");
    }
    return text;
  } catch (error) {
    if (error instanceof ParleyError) throw error;
    throw refused(path, reasonOf(error), "it is a file that the server's user alone can read");
  } finally {
    closeSync(file);
  }
}

function refused(path: string, why: string, hint: string): ParleyError {
  return ParleyError.of("secret-kept", { path, why, hint });
}
