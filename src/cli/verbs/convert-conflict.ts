import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname } from "node:path";
import { reasonOf } from "../../case/folder.ts";
import type { View } from "../../case/index.ts";
import { nearest, ParleyError } from "../../core/problems/index.ts";
import { type ReadConflict, writeGmcr } from "../../formats/gmcr/index.ts";
import { writeNfg } from "../../formats/nfg.ts";
import { compileModel, type OptionForm } from "../../stability/index.ts";
import { isConflictFile, openConflictFile } from "../conflict-file.ts";
import type { Output } from "../output.ts";
import { openStability } from "../stability/target.ts";

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

/** Whether a conflict is asked for: a file of GMCR+ is one, and of a case its section graph where the format is one of conflicts. */
export function asksForConflict(from: string, to: string, format = extname(to).slice(1).toLowerCase()): boolean {
  return isConflictFile(from) || CONFLICT_FORMATS.includes(format);
}

/** The graph model of a case, and what of it no file of conflicts holds. */
function conflictOfCase(from: string, view: View): Read {
  const { conflict, situations, statusQuo, uncertain, views, names } = openStability(from, view);
  const left = [
    situations.length === 0 ? "" : `The names of ${situations.length} situations.`,
    statusQuo === undefined ? "" : "Which state is the status quo.",
    uncertain.length === 0 ? "" : "What else decision makers may want.",
    views.length === 0 ? "" : "The conflict as single decision makers see it.",
    "Sources, reasons and readings.",
  ].filter((text) => text !== "");
  let option = 0;
  const named = {
    ...conflict,
    decisionMakers: conflict.decisionMakers.map((each) => ({
      ...each,
      options: each.options.map((own) => ({ ...own, name: names.options[option++] ?? own.name })),
    })),
  };
  return { conflict: named, problems: [], notes: left };
}

/** Writes a file of GMCR+ or the graph model of a case as a file of GMCR+, or as a game in normal form; the format is that of `--to`, else of the name's ending. */
export function convertConflict(
  from: string,
  to: string,
  { to: format = extname(to).slice(1).toLowerCase(), force }: { readonly to?: string; readonly force?: boolean },
  view: View,
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
  const read = isConflictFile(from) ? openConflictFile(from) : conflictOfCase(from, view);
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
