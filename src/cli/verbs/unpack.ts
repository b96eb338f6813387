import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { reasonOf } from "../../case/folder.ts";
import { filesInMemory, readDossier } from "../../case/index.ts";
import { oneLine, ParleyError } from "../../core/problems/index.ts";
import { type Bundle, identitiesIn, lockOf, openBundle, unlock } from "../../formats/bundle/index.ts";
import { VERSION } from "../../version.ts";
import { readBundleFile } from "../bundle/open-bundle.ts";
import { askPassphrase, passphraseIn } from "../bundle/passphrase.ts";
import { refuseTaken, writeFolder } from "../bundle/unpack-folder.ts";
import { helpWithExamples } from "../help.ts";
import type { Output } from "../output.ts";

/** Options that say how a file is opened. */
export interface UnpackOptions {
  readonly identity?: readonly string[];
  readonly passphraseFile?: string;
}

/** `parley unpack FILE FOLDER`: what was packed as a case folder again, all of it or nothing. */
export function addUnpack(program: Command, outputOf: (command: Command) => Output): void {
  const command = program
    .command("unpack")
    .argument("<file>", "a file that parley pack or the workbench made")
    .argument("<folder>", "a folder that is not there yet, or an empty one")
    .description("unpack a packed case into a new folder, all of it or nothing")
    .option("--identity <file>", "your secret key, as age-keygen writes it (repeatable)", collected)
    .option("--passphrase-file <file>", "the passphrase, in a file; - for standard input")
    .action((file: string, folder: string, options: UnpackOptions) => unpack(file, folder, options, outputOf(command)));
  helpWithExamples(command, [
    "parley unpack my-case.parley.zip my-case/",
    "parley unpack my-case.parley.zip.age my-case/ --identity key.txt",
  ]);
}

const collected = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

async function unpack(file: string, folder: string, options: UnpackOptions, output: Output): Promise<void> {
  const packed = readBundleFile(file);
  refuseTaken(folder);
  const secret = lockOf(packed);
  const opened = openBundle(secret === undefined ? packed : await unlocked(packed, secret, file, options), file);
  const { title, note } = caseIn(opened, file);
  writeFolder(folder, opened.files, secret !== undefined);
  const { manifest, files } = opened;
  const redacted = manifest.redacted ?? null;
  output.printJson({
    ok: true,
    folder,
    encrypted: secret !== undefined,
    case: { title, main: manifest.main, hash: manifest.case ?? null },
    parley: manifest.parley,
    redacted,
    files: [...files.keys()],
  });
  const count = `${files.size} ${files.size === 1 ? "file" : "files"}`;
  const lines = [
    `wrote ${folder} (${count}, packed by Parley ${oneLine(manifest.parley)})`,
    ...(manifest.case === undefined ? [] : [`case ${manifest.case.slice(0, 12)}  ${oneLine(title)}`]),
    ...(redacted === null ? [] : [`redacted by who packed it: ${redacted.rules.map(oneLine).join(", ")}`]),
    ...note,
    `next: parley check ${folder}`,
  ];
  output.print(lines.join("\n"));
}

/** What is in an encrypted file. */
export async function unlocked(
  packed: Uint8Array,
  secret: "passphrase" | "keys",
  file: string,
  { identity = [], passphraseFile }: UnpackOptions,
): Promise<Uint8Array> {
  if (secret === "keys") {
    if (identity.length === 0) throw ParleyError.of("lock-needs-key", { file });
    return unlock(packed, { identities: identity.flatMap(identitiesOf) }, file);
  }
  const passphrase = passphraseFile === undefined ? await askPassphrase(false) : passphraseIn(passphraseFile);
  return unlock(packed, { identities: [], passphrase }, file);
}

function identitiesOf(file: string): readonly string[] {
  try {
    return identitiesIn(readFileSync(file, "utf8"), file);
  } catch (error) {
    if (error instanceof ParleyError) throw error;
    throw ParleyError.of("file-unreadable", { path: file, reason: reasonOf(error) });
  }
}

/**
 * The case in a bundle: its own title, and whether it is the one whose hash the manifest names. Another version of Parley may
 * take the hash of other things: then it is only told.
 *
 * @throws ParleyError bundle-refused
 */
function caseIn(
  { manifest, files }: Bundle,
  file: string,
): { readonly title: string; readonly note: readonly string[] } {
  const { dossier } = readDossier(filesInMemory(Object.fromEntries(files), manifest.main));
  const title = String(dossier?.raw["title"] ?? manifest.title);
  if (manifest.case === undefined || dossier?.hash === manifest.case) return { title, note: [] };
  if (manifest.parley === VERSION) throw ParleyError.of("bundle-refused", { file, why: "case-changed" });
  return { title, note: [`this version of Parley (${VERSION}) gives the case another hash`] };
}
