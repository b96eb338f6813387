import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname } from "node:path";
import { reasonOf } from "../../case/folder.ts";
import { nearest, ParleyError } from "../../core/problems/index.ts";
import { type ReadConflict, writeGmcr } from "../../formats/gmcr/index.ts";
import { writeNfg } from "../../formats/nfg.ts";
import { compileModel, type OptionForm } from "../../stability/index.ts";
import { openConflictFile } from "../conflict-file.ts";
import type { Output } from "../output.ts";

/** A conflict in another format, and what was lost. */
interface Written {
  readonly text: string;
  readonly lost: readonly string[];
}

type Read = ReadConflict & { readonly conflict: OptionForm };

const WRITERS: Readonly<Record<string, (read: Read, path: string) => Written>> = {
  gmcr: ({ conflict, coalitions }) => {
    const { text, losses } = writeGmcr(conflict, { coalitions });
    return { text, lost: losses };
  },
  nfg: ({ conflict, coalitions }, path) => {
    const { text, problems, losses } = writeNfg(compileModel(conflict));
    // The model is the file's; no line of it is at fault.
    if (text === undefined) throw new ParleyError(problems.map((each) => ({ ...each, file: path })));
    const joint = coalitions === undefined ? [] : ["Who acts together: every decision maker is a player."];
    return { text, lost: [...losses, ...joint] };
  },
};

/** Formats that a conflict can be written in, as `--to` and as ends of file names. */
export const CONFLICT_FORMATS: readonly string[] = Object.keys(WRITERS);

/** Writes a file of GMCR+ anew, or as a game in normal form; the format is that of `--to`, else of the name's ending. */
export function convertConflict(
  from: string,
  to: string,
  { to: format = extname(to).slice(1).toLowerCase(), force }: { readonly to?: string; readonly force?: boolean },
  output: Output,
): void {
  const writer = Object.hasOwn(WRITERS, format) ? WRITERS[format] : undefined;
  if (writer === undefined) {
    throw ParleyError.of("unknown-reference", {
      kind: "format of conflicts",
      value: format,
      near: nearest(format, CONFLICT_FORMATS),
      known: `end the name in .gmcr or .nfg, or give --to ${CONFLICT_FORMATS.join(" or --to ")}`,
    });
  }
  const read = openConflictFile(from);
  const { text, lost } = writer(read, from);
  if (existsSync(to) && statSync(to).isDirectory()) {
    throw ParleyError.of("usage", {
      detail: `${to} is a folder`,
      hint: `name a file, such as ${to}/conflict.${format}`,
    });
  }
  if (existsSync(to) && force !== true) {
    throw ParleyError.of("usage", {
      detail: `${to} is there already`,
      hint: "--force overwrites it; nothing was written",
    });
  }
  try {
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, text);
  } catch (error) {
    throw ParleyError.of("write-failed", { path: to, reason: reasonOf(error) });
  }
  output.printJson({ format, files: [to], lost, notes: [...read.notes] });
  output.print([`wrote ${to}`, ...[...read.notes, ...lost].map((note) => `lost or changed: ${note}`)].join("\n"));
}
