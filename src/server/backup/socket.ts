import { randomUUID } from "node:crypto";
import { chmodSync, createReadStream, createWriteStream, rmSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { ParleyError, type Problem } from "../../core/problems/index.ts";
import { makeResetAtMachine } from "../accounts/resets.ts";
import type { Db } from "../db/open.ts";
import type { Log } from "../ops/index.ts";
import { writeBackup } from "./write.ts";

/** Longest path of a socket that every system takes, in bytes. */
const LONGEST = 100;

const socketIn = (folder: string): string => join(folder, "backup.sock");

/**
 * Gives backups of an embedded store, and links by which people set a new password, while the server runs: over a socket
 * in the store's folder.
 *
 * Nobody reaches it over a network; whoever may open it may read the store's files, too.
 *
 * @returns what ends it, or undefined where there can be no such socket.
 */
export async function offerAtMachine(db: Db, folder: string, log: Log): Promise<(() => Promise<void>) | undefined> {
  const path = socketIn(folder);
  if (process.platform === "win32" || Buffer.byteLength(path) > LONGEST) return undefined;
  let isBusy = false;
  const server = createServer(async (asked, answer) => {
    if (asked.method === "POST" && asked.url === "/reset") return giveReset(db, log, asked, answer);
    if (asked.method !== "GET" || asked.url !== "/backup" || isBusy) {
      answer.writeHead(isBusy ? 503 : 404).end();
      return;
    }
    isBusy = true;
    // Into a file first: requests to the server wait while its rows are read, and need not wait for who takes them.
    const aside = join(folder, `backup-${randomUUID()}.part`);
    try {
      const { rows } = await writeBackup(db, createWriteStream(aside, { mode: 0o600, flags: "wx" }));
      const { size } = statSync(aside);
      answer.writeHead(200, { "Content-Type": "application/gzip", "Content-Length": size });
      await pipeline(createReadStream(aside), answer);
      log.write("info", "backed up", { rows, bytes: size });
    } catch (error) {
      log.fault("not backed up", error);
      if (answer.headersSent) answer.destroy();
      else answer.writeHead(500).end();
    } finally {
      isBusy = false;
      rmSync(aside, { force: true });
    }
  });
  // The folder is this process's alone: what stands there was left by one that is gone.
  rmSync(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}

/** Longest e-mail address, in bytes of its body. */
const LONGEST_EMAIL = 1000;

async function giveReset(db: Db, log: Log, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  const say = (status: number, said: object): void => {
    answer.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(said));
  };
  try {
    if (!(Number(asked.headers["content-length"]) <= LONGEST_EMAIL)) return say(413, {});
    const token = await makeResetAtMachine(db, await text(asked), new Date());
    log.write("info", "reset link made", {});
    say(201, { token });
  } catch (error) {
    if (error instanceof ParleyError) return say(409, { problems: error.problems });
    log.fault("no reset link made", error);
    say(500, {});
  }
}

/**
 * Has the server that has a folder in use make a link by which somebody sets a new password.
 *
 * @returns its secret.
 * @throws ParleyError where it makes none: no account has the address, or the server does not answer.
 */
export async function resetFromServer(folder: string, email: string): Promise<string> {
  const refused = (detail: string) => ParleyError.of("reset-server", { detail });
  const said = await new Promise<string>((resolve, reject) => {
    const headers = { "Content-Length": Buffer.byteLength(email) };
    const asked = request({ socketPath: socketIn(folder), path: "/reset", method: "POST", headers }, (answer) => {
      text(answer).then(resolve, () => reject(refused("it ended half-way")));
    });
    asked.on("error", (error: NodeJS.ErrnoException) => reject(refused(error.code ?? "no answer")));
    asked.end(email);
  });
  // A server of an older version answers nothing that is JSON.
  const { token, problems } = (said.startsWith("{") ? JSON.parse(said) : {}) as {
    readonly token?: string;
    readonly problems?: readonly Problem[];
  };
  if (problems !== undefined) throw new ParleyError(problems);
  if (token === undefined) throw refused("it could not make one");
  return token;
}

/**
 * Takes a backup from the server that has a folder in use.
 *
 * @throws ParleyError where it gives none.
 */
export async function backupFromServer(folder: string, sink: Writable): Promise<void> {
  const refused = (detail: string) => ParleyError.of("backup-server", { detail });
  await new Promise<void>((resolve, reject) => {
    const asked = request({ socketPath: socketIn(folder), path: "/backup" }, (answer) => {
      if (answer.statusCode === 200) pipeline(answer, sink).then(resolve, () => reject(refused("it ended half-way")));
      else reject(refused(answer.statusCode === 503 ? "it gives one to somebody else" : "it could not make one"));
    });
    asked.on("error", (error: NodeJS.ErrnoException) => reject(refused(error.code ?? "no answer")));
    asked.end();
  });
}
