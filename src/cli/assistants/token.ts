import { randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { reasonOf } from "../../case/folder.ts";
import { ParleyError } from "../../core/problems/index.ts";

/** The environment's token, where no file of one is named. */
export const TOKEN_VARIABLE = "PARLEY_MCP_TOKEN";

/** Shortest token on this machine alone, and where others can try theirs, in characters. */
const SHORTEST = { loopback: 16, beyond: 32 };
const LONGEST = 1000;

export interface OwnToken {
  readonly token: string;
  /** Whether it was made here and now, and nobody knows it yet. */
  readonly made: boolean;
}

/**
 * The token that clients are to bear: that of a file, of the environment, or on this machine alone a new one.
 *
 * @param note is told where others of this machine can read the file
 * @throws ParleyError where there is none, or it is too short or of another form; its text is in no message
 */
export function tokenFor(
  { file, loopback }: { readonly file?: string | undefined; readonly loopback: boolean },
  note: (text: string) => void,
): OwnToken {
  const from = file === undefined ? TOKEN_VARIABLE : "--token-file";
  const given = file === undefined ? process.env[TOKEN_VARIABLE] : fileText(file, note);
  const token = given?.trim();
  if (token === undefined || (token === "" && file === undefined)) {
    if (loopback) return { token: randomBytes(32).toString("base64url"), made: true };
    throw ParleyError.of("usage", {
      detail: "missing token: others than this machine are let in by a token of yours alone",
      hint: `give --token-file FILE or set ${TOKEN_VARIABLE}, with ${SHORTEST.beyond} characters or more`,
    });
  }
  const shortest = loopback ? SHORTEST.loopback : SHORTEST.beyond;
  if (token.length < shortest || token.length > LONGEST || !/^[\w.~+/-]+=*$/.test(token)) {
    const value = file ?? "what it holds";
    const expected = `a token of ${shortest} to ${LONGEST} letters, digits and -._~+/, such as openssl rand -hex 32 makes`;
    throw ParleyError.of("invalid-option", { option: from, value, expected });
  }
  return { token, made: false };
}

function fileText(path: string, note: (text: string) => void): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw ParleyError.of("file-not-found", { path });
  // On Windows the mode says nothing.
  if (process.platform !== "win32" && (stat.mode & 0o077) !== 0) {
    note(`${path} can be read by others on this machine: chmod 600 keeps them out.`);
  }
  try {
    return readFileSync(path, "utf8").slice(0, 10 * LONGEST);
  } catch (error) {
    throw ParleyError.of("file-unreadable", { path, reason: reasonOf(error) });
  }
}
