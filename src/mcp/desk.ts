import { createHash } from "node:crypto";
import { type Assessment, assess, type Memo, memoInMemory } from "../assess/index.ts";
import { type CaseFiles, checkDossier, type Dossier, readDossier, type View } from "../case/index.ts";
import { ParleyError } from "../core/problems/index.ts";
import type { Shelf, ShelvedCase } from "./shelf.ts";

/** How a case is looked at, as a tool's input has it. */
export interface Asked {
  readonly reading?: string | undefined;
  readonly set?: readonly string[] | undefined;
  readonly asOf?: string | undefined;
  readonly strictAsOf?: boolean | undefined;
  readonly seed?: number | undefined;
}

export interface DeskOptions {
  readonly shelf: Shelf;
  /** Where results that take long are kept; as long as the desk lasts unless given. */
  readonly memo?: Memo | undefined;
  /** Is told of every part of long work that is done. */
  readonly progress?: ((message: string) => void) | undefined;
}

/** A case without errors in its text, and the files that it was read from. */
export interface Opened {
  readonly shelved: ShelvedCase;
  readonly dossier: Dossier;
  readonly files: CaseFiles;
}

/** Assessments that are kept: a few views of the case that is talked about. */
const MOST_KEPT = 6;

/** What the tools work at: the cases, and assessments of them that were asked for before. */
export class Desk {
  readonly shelf: Shelf;
  readonly #memo: Memo;
  readonly #kept = new Map<string, Assessment>();

  constructor({ shelf, memo = memoInMemory(), progress = () => {} }: DeskOptions) {
    this.shelf = shelf;
    this.#memo = {
      read: (key) => {
        const found = memo.read(key);
        if (found !== undefined) progress(`found ${partOf(key)}`);
        return found;
      },
      write: (key, value) => {
        memo.write(key, value);
        progress(`worked out ${partOf(key)}`);
      },
    };
  }

  /**
   * A case without errors in its text.
   *
   * @throws ParleyError with every problem of it
   */
  async open(id: string): Promise<Opened> {
    const shelved = await this.shelf.get(id);
    const files = await this.shelf.filesOf(shelved);
    const { dossier, problems } = readDossier(files);
    if (dossier !== undefined && !problems.some(({ severity }) => severity === "error")) {
      return { shelved, dossier, files };
    }
    throw new ParleyError([...problems, ...(dossier === undefined ? [] : checkDossier(dossier))]);
  }

  /** The assessment of a case, the same that `parley assess --json` prints. @throws ParleyError where it has errors */
  async assess(
    id: string,
    asked: Asked,
    { evidenceOnly = false }: { readonly evidenceOnly?: boolean } = {},
  ): Promise<Opened & { readonly assessment: Assessment }> {
    const opened = await this.open(id);
    const { shelved, dossier } = opened;
    const key = JSON.stringify([shelved.path, textHash(opened), asked, evidenceOnly]);
    const known = this.#kept.get(key);
    if (known !== undefined) return { ...opened, assessment: known };
    const { assessment, problems } = assess(dossier, viewOf(asked), {
      seed: asked.seed ?? 1,
      memo: this.#memo,
      evidenceOnly,
    });
    if (assessment === undefined) throw new ParleyError(problems);
    if (this.#kept.size >= MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value ?? "");
    this.#kept.set(key, assessment);
    return { ...opened, assessment };
  }
}

/** A hash of the case's files as they stand: lines count, too, since figures name them. */
function textHash({ files, dossier: { inside } }: Opened): string {
  const hash = createHash("sha256");
  for (const name of new Set([files.main, ...inside.values()])) {
    try {
      hash.update(name).update(files.read(name));
    } catch {
      hash.update("missing");
    }
  }
  return hash.digest("hex");
}

/** The view that a tool's input asks for. */
export function viewOf({ reading, set, asOf, strictAsOf }: Asked): View {
  return { reading, sets: set ?? [], asOf, strictAsOf: strictAsOf === true };
}

/** What a kept result is of, in words. */
function partOf(key: string): string {
  try {
    const [first] = JSON.parse(key) as unknown[];
    const name = String(Array.isArray(first) ? first[0] : first);
    return WORDS[name] ?? name.replaceAll("-", " ");
  } catch {
    return "a part";
  }
}

const WORDS: Readonly<Record<string, string>> = {
  terms: "the packages",
  "terms under": "the packages under a reading",
  levers: "the levers under a reading",
  tornado: "one parameter at a time",
  drivers: "what drives the variance",
};
