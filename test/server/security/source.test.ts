import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** What holds by how the server is written: no test of a request could show that something is nowhere done. */
const FOLDER = new URL("../../../src/server/", import.meta.url);

const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name: name.replaceAll("\\", "/"), text: readFileSync(new URL(name, FOLDER), "utf8") }));

/** Files in which something stands, outside comments. */
function where(pattern: RegExp): readonly string[] {
  return files
    .filter(({ text }) => pattern.test(text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "")))
    .map(({ name }) => name)
    .toSorted();
}

describe("the server's own code", () => {
  it("is looked at, all of it", () => {
    expect(files.length).toBeGreaterThan(60);
    expect(where(/export function teamApi\(/)).toEqual(["app.ts"]);
  });

  it("runs no text as code, and no other program", () => {
    expect(where(/\beval\(|new Function\b|node:vm|child_process|new RegExp\(/)).toEqual([]);
  });

  it("puts no value into SQL by hand", () => {
    // Statements that are constants; and those of the library that counts tries, with its parameters apart.
    expect(where(/\bsql\.raw\(|CompiledQuery\.raw\(/)).toEqual(["accounts/failures.ts", "db/migrations/0001-base.ts"]);
    // Names of tables and columns, of a list of ours or of the database itself.
    expect(where(/\bsql\.(table|ref|id|lit)\(/)).toEqual(["backup/restore.ts", "backup/write.ts", "runs/store.ts"]);
  });

  it("takes chance for secrets from the system alone", () => {
    expect(where(/Math\.random/)).toEqual([]);
    expect(where(/\brandomBytes\(/)).toEqual(["accounts/passkeys.ts", "config/secret.ts", "db/ids.ts", "db/lock.ts"]);
    const ids = files.find(({ name }) => name === "db/ids.ts")?.text ?? "";
    expect(ids).toContain('randomBytes(32).toString("base64url")');
  });

  it("hashes by SHA-256 alone", () => {
    const used = files.flatMap(({ text }) =>
      [...text.matchAll(/create(?:Hash|Hmac)\(\s*"([^"]+)"/g)].map(([, name]) => name),
    );
    expect(new Set(used)).toEqual(new Set(["sha256"]));
    expect(where(/create(?:Hash|Hmac)\((?!\s*")/)).toEqual([]);
  });

  it("compares what is secret in constant time, or by the hash of what was sent", () => {
    // What is looked up by a hash: nothing but a hash is ever compared with it.
    for (const { name, text } of files) {
      for (const [, compared = ""] of text.matchAll(/"(?:\w+\.)?tokenHash",\s*"=",\s*([^)]+)/g)) {
        expect([name, /^(secretHash\(|tokenHash$)/.test(compared)]).toEqual([name, true]);
      }
    }
    const names = /\b((?!statusCode)\w*(?:secret|password|Token|token|code|signature|given))\s*[!=]==?\s*(\w+)/gi;
    const plain = new Set(["undefined", "null", "false", "true"]);
    const compared = files.flatMap(({ name, text }) =>
      [...text.matchAll(names)].filter(([, , other = ""]) => !plain.has(other)).map(([whole]) => `${name}: ${whole}`),
    );
    expect(compared.filter((each) => !COMPARED.has(each))).toEqual([]);
    expect(where(/\btimingSafeEqual\(/)).toEqual(["accounts/passkeys.ts", "accounts/setup.ts", "ops/metrics.ts"]);
  });

  it("asks no other machine but those of its settings", () => {
    // The identity provider's address is a setting, its issuer compared, and redirects are refused.
    expect(where(/\bfetch\(/)).toEqual(["accounts/oidc.ts"]);
    const oidc = files.find(({ name }) => name === "accounts/oidc.ts")?.text ?? "";
    expect(oidc).toMatch(/fetch\(discoveryUrl, \{ redirect: "error"/);
    // The server's own socket, to be asked for a backup or a reset link.
    expect(where(/import \{[^}]*\brequest\b[^}]*\} from "node:https?"|\bconnect\(/)).toEqual(["backup/socket.ts"]);
    expect(where(/node:(tls|dgram|dns)|WebSocket\(|EventSource\(/)).toEqual([]);
  });

  it("writes no file but in the store's folder", () => {
    expect(where(/\b(writeFile|writeFileSync|appendFile|createWriteStream|writeSync)\(/)).toEqual(WRITING);
  });
});

/** Comparisons that sound like secrets and are none. */
const COMPARED: ReadonlySet<string> = new Set([
  // One of our own words for what went wrong.
  "accounts/oidc.ts: code === said",
  // Two settings, when the server starts: whether they are the same.
  "config/read.ts: secret === metricsToken",
]);

/** What of the server writes files: a backup, its own secret, and that it is there. */
const WRITING: readonly string[] = ["backup/socket.ts", "config/secret.ts", "db/lock.ts"];
