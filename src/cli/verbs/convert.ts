import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import type { Command } from "commander";
import { reasonOf } from "../../case/folder.ts";
import { nearest, ParleyError } from "../../core/problems/index.ts";
import { type WrittenDomain, writeGenius, writeGeniusWeb, writeNegmas } from "../../formats/negotiation/index.ts";
import type { Domain } from "../../terms/index.ts";
import { helpWithExamples } from "../help.ts";
import type { Output } from "../output.ts";
import { openTerms } from "../terms/target.ts";
import { type ViewOptions, withViewOptions } from "../view-options.ts";
import { convertToCase } from "./convert-case.ts";
import { asksForConflict, CONFLICT_FORMATS, convertConflict } from "./convert-conflict.ts";

interface ConvertOptions extends ViewOptions {
  readonly to?: string;
  readonly force?: boolean;
}

const WRITERS: Readonly<Record<string, (domain: Domain) => WrittenDomain>> = {
  genius: writeGenius,
  geniusweb: writeGeniusWeb,
  negmas: (domain) => writeNegmas(domain, "yml"),
  "negmas-json": (domain) => writeNegmas(domain, "json"),
};

/** `parley convert IN OUT`: between formats of negotiation domains, and of conflicts; says what was lost. */
export function addConvert(program: Command, outputOf: (command: Command) => Output): void {
  const command = withViewOptions(
    program
      .command("convert")
      .argument("<in>", "a case, a folder or file of GENIUS, GeniusWeb or NegMAS, or a .gmcr file")
      .argument("<out>", "a folder to write to; for a conflict a file: .gmcr or .nfg")
      .description("write what is negotiated, or a conflict, in another program's format, and say what was lost")
      .option(
        "--to <format>",
        `format: ${Object.keys(WRITERS).join(", ")}; for a conflict ${CONFLICT_FORMATS.join(" or ")}; case for a new case (default: by name)`,
      )
      .option("--force", "overwrite files that are there"),
  ).action((from: string, to: string, options: ConvertOptions) => convert(from, to, options, outputOf(command)));
  helpWithExamples(command, [
    "parley convert ukraine-2024 domain/ --to genius",
    "parley convert cuba.gmcr cuba.nfg",
    "parley convert cuba.gmcr my-case/ --to case",
  ]);
}

function convert(from: string, to: string, options: ConvertOptions, output: Output): void {
  const view = {
    reading: options.reading,
    sets: options.set ?? [],
    asOf: options.asOf,
    strictAsOf: options.strictAsOf === true,
  };
  if (options.to === "case") {
    convertToCase(from, to, options.force === true, output);
    return;
  }
  if (asksForConflict(from, to, options.to)) {
    convertConflict(from, to, options, view, output);
    return;
  }
  if (options.to === undefined) {
    throw ParleyError.of("usage", {
      detail: "missing format: --to says in which to write",
      hint: `one of ${Object.keys(WRITERS).join(", ")}`,
    });
  }
  const format = options.to;
  const writer = WRITERS[format];
  if (writer === undefined) {
    const known = Object.keys(WRITERS);
    throw ParleyError.of("unknown-reference", {
      kind: "format",
      value: format,
      near: nearest(format, known),
      known: known.join(", "),
    });
  }
  const subject = openTerms(from, view, 1);
  const { files, lost } = writer(subject.domain);
  const paths = files.map(({ name }) => join(to, name));
  const there = paths.filter((path) => existsSync(path));
  if (there.length > 0 && options.force !== true) {
    throw ParleyError.of("usage", {
      detail: `${there[0]} is there already`,
      hint: "--force overwrites it; nothing was written",
    });
  }
  if (existsSync(to) && !statSync(to).isDirectory()) {
    throw ParleyError.of("usage", {
      detail: `${to} is a file`,
      hint: `name a folder, such as ${basename(to, extname(to))}/`,
    });
  }
  try {
    for (const [i, { text }] of files.entries()) {
      const path = paths[i] ?? to;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  } catch (error) {
    throw ParleyError.of("write-failed", { path: to, reason: reasonOf(error) });
  }
  const notes = [...subject.notes, ...lost];
  output.printJson({ format, files: paths, lost, notes: [...subject.notes] });
  output.print(
    [...paths.map((path) => `wrote ${path}`), ...notes.map((note) => `lost or changed: ${note}`)].join("\n"),
  );
}
