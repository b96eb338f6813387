import {
  createReadStream,
  createWriteStream,
  existsSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { Readable, Writable } from "node:stream";
import type { Command } from "commander";
import { reasonOf } from "../../case/folder.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { lock } from "../../formats/bundle/index.ts";
import { loadConfig, type ServerConfig } from "../../server/config/index.ts";
import { helpWithExamples } from "../help.ts";
import type { Output } from "../output.ts";
import { isSecret, type LockOptions, lockFor } from "./pack.ts";
import { withTeamStore } from "./team-store.ts";

interface BackupOptions extends LockOptions {
  readonly force?: boolean;
}

/** `parley backup FILE`: everything that the team server keeps as one file, also while it runs. */
export function addBackup(program: Command, outputOf: (command: Command) => Output): void {
  const command = program
    .command("backup")
    .argument("<file>", "the file to write; only you can read it")
    .description("write all that the team server keeps into one file, also while it runs")
    .option("--encrypt", "encrypt it in the age format: with a passphrase, or --to")
    .option("--to <recipient>", "encrypt it for a public key, age1... (repeatable)", collected)
    .option("--passphrase-file <file>", "encrypt it with the passphrase in a file; - for standard input")
    .option("--force", "overwrite a file that is there")
    .action((file: string, options: BackupOptions) => backup(file, options, outputOf(command)));
  helpWithExamples(command, [
    "parley backup team.backup",
    "DATABASE_URL_FILE=/run/secrets/url parley backup team.backup.age --to age1...",
  ]);
}

const collected = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

async function backup(file: string, options: BackupOptions, output: Output): Promise<void> {
  if (existsSync(file) && options.force !== true) {
    throw ParleyError.of("usage", {
      detail: `${file} is there already`,
      hint: "--force overwrites it; nothing was written",
    });
  }
  // A name tells what is in it: nobody is to take a file for encrypted that is not.
  if (isSecret(options) !== /\.age$/i.test(file)) {
    const expected = isSecret(options)
      ? "one such as team.backup.age"
      : "one such as team.backup; --encrypt or --to makes a .age file";
    throw ParleyError.of("invalid-option", { option: "name", value: file, expected });
  }
  const config = loadConfig(process.env, false);
  const how = isSecret(options) ? await lockFor(options) : undefined;
  const { checkBackup } = await import("../../server/backup/restore.ts");
  const part = `${file}.${process.pid}.part`;
  const chunks: Buffer[] = [];
  // What is to be encrypted never stands on a disk as it is.
  const sink = (): Writable =>
    how === undefined
      ? createWriteStream(part, { fd: openSync(part, "wx", 0o600) })
      : new Writable({
          write(chunk: Buffer, _, done) {
            chunks.push(chunk);
            done();
          },
        });
  try {
    await take(config, sink());
    const read = await checkBackup(how === undefined ? createReadStream(part) : Readable.from(chunks), file);
    if (how !== undefined) writeFileSync(part, await lock(Buffer.concat(chunks), how), { mode: 0o600, flag: "wx" });
    renameSync(part, file);
    const { size } = statSync(file);
    const { rows, tables, head } = read;
    output.printJson({ ok: true, file, bytes: size, encrypted: how !== undefined, at: head.at, rows, tables });
    output.print(
      [
        `wrote ${file} (${Math.ceil(size / 1e3)} kB): ${tables["cases"]} cases, ${tables["versions"]} versions, ${tables["users"]} people`,
        how === undefined
          ? "not encrypted: whoever has the file has all cases; keep it where only you can read it"
          : "encrypted",
        "the server's secret is not in it: with another one everybody signs in again",
      ].join("\n"),
    );
  } catch (error) {
    if (error instanceof ParleyError || (error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw ParleyError.of("write-failed", { path: file, reason: reasonOf(error) });
  } finally {
    rmSync(part, { force: true });
  }
}

/** Takes a backup from the store, or from the server that uses it. */
async function take(config: ServerConfig, sink: Writable): Promise<void> {
  const [{ writeBackup }, { backupFromServer }] = await Promise.all([
    import("../../server/backup/write.ts"),
    import("../../server/backup/socket.ts"),
  ]);
  await withTeamStore<unknown>(
    config,
    (db) => writeBackup(db, sink),
    (folder) => backupFromServer(folder, sink),
  );
}
