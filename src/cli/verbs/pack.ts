import { existsSync, statSync } from "node:fs";
import type { Command } from "commander";
import { ParleyError } from "../../core/problems/index.ts";
import { bundle, type Lock, lock } from "../../formats/bundle/index.ts";
import { VERSION } from "../../version.ts";
import { ownFiles } from "../bundle/case-files.ts";
import { askPassphrase, passphraseIn } from "../bundle/passphrase.ts";
import { redactedCase, rulesOf, toldOf } from "../bundle/redacted.ts";
import { helpWithExamples } from "../help.ts";
import type { Output } from "../output.ts";
import { saveAll } from "../save.ts";
import { filesOf } from "../target.ts";

/** Options that say how a file is encrypted. */
export interface LockOptions {
  readonly encrypt?: boolean;
  readonly to?: readonly string[];
  readonly passphraseFile?: string;
}

interface PackOptions extends LockOptions {
  readonly withRecord?: boolean;
  readonly redact?: string | true;
  readonly force?: boolean;
}

/** `parley pack CASE OUT`: a case as one file, with a manifest; encrypted and redacted where that is asked for. */
export function addPack(program: Command, outputOf: (command: Command) => Output): void {
  const command = program
    .command("pack")
    .argument("<case>", "a case folder, a case.yaml, or a bundled case")
    .argument("<out>", "the file: .parley.zip, or .parley.zip.age where encrypted")
    .description("pack a case into one file that the workbench and parley unpack open")
    .option("--with-record", "also its record of forecasts")
    .option("--encrypt", "encrypt it in the age format: with a passphrase, or --to")
    .option("--to <recipient>", "encrypt it for a public key, age1... (repeatable)", collected)
    .option("--passphrase-file <file>", "encrypt it with the passphrase in a file; - for standard input")
    .option(
      "--redact [rules]",
      "take out sources,names,comments, or those you list: also text, parties (which become letters)",
    )
    .option("--force", "overwrite a file that is there")
    .action((target: string, out: string, options: PackOptions) => pack(target, out, options, outputOf(command)));
  helpWithExamples(command, [
    "parley pack my-case/ my-case.parley.zip",
    "parley pack my-case/ my-case.parley.zip.age --to age1...",
    "parley pack my-case/ for-the-room.parley.zip --redact sources,names,text",
  ]);
}

const collected = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

async function pack(target: string, out: string, options: PackOptions, output: Output): Promise<void> {
  checkNames(target, out, options);
  const rules = options.redact === undefined ? undefined : rulesOf(options.redact);
  const own = ownFiles(filesOf(target), options.withRecord === true);
  const redacted = rules === undefined ? undefined : redactedCase(own.dossier, rules);
  const { main, files: content, dossier } = redacted ?? own;
  const title = String(dossier.raw["title"] ?? "");
  const { hash } = dossier;
  const redaction = redacted === undefined ? undefined : { rules: [...(rules ?? [])], dropped: redacted.dropped };
  const made = bundle(content, { parley: VERSION, title, main, case: hash, redacted: redaction });
  const how = await lockFor(options);
  const bytes = how === undefined ? made : await lock(made, how);
  saveAll(new Map([[out, bytes]]));
  const files = Object.keys(content).toSorted();
  const encrypted = how === undefined ? false : "recipients" in how ? "recipients" : "passphrase";
  output.printJson({
    ok: true,
    file: out,
    bytes: bytes.length,
    encrypted,
    case: { title, hash },
    files,
    redacted: redaction === undefined ? null : { ...redaction, left: redacted?.left ?? [] },
  });
  output.print(
    [
      `wrote ${out} (${size(bytes.length)}, ${files.length} ${files.length === 1 ? "file" : "files"} of the case)`,
      `case ${hash.slice(0, 12)}  ${title}`,
      how === undefined ? "not encrypted: whoever has the file has all that is in it" : `encrypted ${forWhom(how)}`,
      ...(redacted === undefined || rules === undefined ? [] : [toldOf(redacted, rules, output.terminal.width)]),
    ].join("\n"),
  );
}

/** Whether options ask for encryption. */
export const isSecret = ({ encrypt, to = [], passphraseFile }: LockOptions): boolean =>
  encrypt === true || to.length > 0 || passphraseFile !== undefined;

/** @throws ParleyError where options do not go together, or the file's name would say something else than it is. */
function checkNames(target: string, out: string, options: PackOptions): void {
  const { to = [], passphraseFile, withRecord, redact, force } = options;
  const alone = (detail: string, hint: string) => ParleyError.of("usage", { detail, hint });
  if (target === "-") throw alone("invalid case: standard input has no files", "give a folder or a case.yaml");
  if (to.length > 0 && passphraseFile !== undefined) {
    throw alone("invalid options: --to beside --passphrase-file", "the age format takes public keys or a passphrase");
  }
  if (withRecord === true && redact !== undefined) {
    throw alone(
      "invalid options: --with-record beside --redact",
      "a record holds names, reasons and questions in words",
    );
  }
  const [ending, example] = isSecret(options)
    ? [/\.age$/i, "case.parley.zip.age"]
    : [/\.parley\.zip$/i, "case.parley.zip"];
  if (!ending.test(out)) {
    throw ParleyError.of("invalid-option", { option: "name", value: out, expected: `one such as ${example}` });
  }
  if (!existsSync(out)) return;
  if (!statSync(out).isFile()) throw ParleyError.of("write-failed", { path: out, reason: "it is no file" });
  if (force !== true) throw alone(`${out} is there already`, "--force overwrites it; nothing was written");
}

/** How options want a file encrypted; asks for a passphrase where they name none. */
export async function lockFor(options: LockOptions): Promise<Lock | undefined> {
  const { to = [], passphraseFile } = options;
  if (!isSecret(options)) return undefined;
  if (to.length > 0) return { recipients: to };
  if (passphraseFile !== undefined) return { passphrase: passphraseIn(passphraseFile) };
  return { passphrase: await askPassphrase(true) };
}

function forWhom(how: Lock): string {
  if ("passphrase" in how) return "with a passphrase: pass it on by another way than the file";
  const { length } = how.recipients;
  return `for ${length} ${length === 1 ? "recipient" : "recipients"}: nobody else can open it, you neither unless you are one`;
}

/** Bytes for a person. */
const size = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
