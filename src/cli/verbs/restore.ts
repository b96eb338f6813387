import { closeSync, createReadStream, openSync, readFileSync, readSync } from "node:fs";
import { Readable } from "node:stream";
import type { Command } from "commander";
import { reasonOf } from "../../case/folder.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { lockOf } from "../../formats/bundle/index.ts";
import { loadConfig } from "../../server/config/index.ts";
import { helpWithExamples } from "../help.ts";
import type { Output } from "../output.ts";
import { type UnpackOptions, unlocked } from "./unpack.ts";

/** `parley restore FILE`: a backup into an empty store, all of it or nothing. */
export function addRestore(program: Command, outputOf: (command: Command) => Output): void {
  const command = program
    .command("restore")
    .argument("<file>", "a file that parley backup wrote")
    .description("put a backup into the team server's store, which must be empty: all of it or nothing")
    .option("--identity <file>", "your secret key, as age-keygen writes it (repeatable)", collected)
    .option("--passphrase-file <file>", "the passphrase, in a file; - for standard input")
    .action((file: string, options: UnpackOptions) => restore(file, options, outputOf(command)));
  helpWithExamples(command, [
    "parley restore team.backup",
    "DATABASE_URL_FILE=/run/secrets/url parley restore team.backup.age --identity k",
  ]);
}

const collected = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

async function restore(file: string, options: UnpackOptions, output: Output): Promise<void> {
  const source = await sourceOf(file, options);
  const [{ checkBackup, prepareFor, restoreBackup }, { openStore }, { MIGRATION_NAMES }, { placeOf }, { brokenAt }] =
    await Promise.all([
      import("../../server/backup/restore.ts"),
      import("../../server/db/open.ts"),
      import("../../server/db/migrate.ts"),
      import("../../server/serve.ts"),
      import("../../server/audit/log.ts"),
    ]);
  const read = await checkBackup(source(), file);
  const config = loadConfig();
  const place = placeOf(config);
  // A new folder begins with the tables that the backup had.
  const isOlder = read.head.migrations.join() !== MIGRATION_NAMES.join();
  const store = await openStore("url" in place || !isOlder ? place : { ...place, template: undefined }, {
    prepare: (db) => prepareFor(db, read.head),
  });
  let broken: string | undefined;
  try {
    await restoreBackup(store.db, source(), file, read);
    broken = await brokenAt(store.db);
  } finally {
    await store.close();
  }
  const { rows, tables, head } = read;
  output.printJson({ ok: true, file, store: store.kind, rows, tables, at: head.at, audit: broken ?? "whole" });
  output.print(
    [
      `restored ${file}, of ${head.at}: ${tables["cases"]} cases, ${tables["versions"]} versions, ${tables["users"]} people`,
      broken === undefined ? "the audit log is whole" : `the audit log in the backup is broken at entry ${broken}`,
      "everybody signs in again; next: parley serve",
    ].join("\n"),
  );
}

/** What gives a backup from its beginning, decrypted where it is encrypted. */
async function sourceOf(file: string, options: UnpackOptions): Promise<() => Readable> {
  try {
    const secret = lockOf(headOf(file));
    if (secret === undefined) return () => createReadStream(file);
    const plain = await unlocked(readFileSync(file), secret, file, options);
    return () => Readable.from([Buffer.from(plain)]);
  } catch (error) {
    if (error instanceof ParleyError) throw error;
    throw ParleyError.of("file-unreadable", { path: file, reason: reasonOf(error) });
  }
}

function headOf(file: string): Buffer {
  const head = Buffer.alloc(400);
  const opened = openSync(file, "r");
  try {
    return head.subarray(0, readSync(opened, head, 0, head.length, 0));
  } finally {
    closeSync(opened);
  }
}
