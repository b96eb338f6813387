import type { Problem } from "../../core/problems/index.ts";
import type { CaseFiles } from "../parse/files.ts";
import { safePath } from "../parse/files.ts";
import type { Raw, RawMap } from "../parse/yaml.ts";
import { isMapping } from "../schema/walk.ts";
import type { Collection, Item, Tree } from "./tree.ts";
import { find, inside, treeOf } from "./tree.ts";

/** A place for entries of a section: a file, and the keys that lead to them in it. */
export interface Home {
  readonly file: string;
  readonly prefix: readonly string[];
}

/** The texts of a case while it is edited, by path; each change gives a new one. */
export class Texts {
  readonly main: string;
  readonly #trees: ReadonlyMap<string, Tree>;

  private constructor(main: string, trees: ReadonlyMap<string, Tree>) {
    this.main = main;
    this.#trees = trees;
  }

  /** Reads the YAML files of a case. Those that cannot be read are left out: nothing in them can be edited. */
  static of(files: CaseFiles, names: Iterable<string>): { texts: Texts; problems: readonly Problem[] } {
    const trees = new Map<string, Tree>();
    const problems: Problem[] = [];
    for (const name of names) {
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(files.read(name));
      const read = treeOf(name, files.label(name), text);
      if (read.tree === undefined) problems.push(...read.problems);
      else trees.set(name, read.tree);
    }
    return { texts: new Texts(files.main, trees), problems };
  }

  get(file: string): Tree | undefined {
    return this.#trees.get(file);
  }

  with(tree: Tree): Texts {
    return new Texts(this.main, new Map(this.#trees).set(tree.path, tree));
  }

  /** The texts that differ from what they were, by path. */
  since(before: Texts): ReadonlyMap<string, string> {
    const changed = new Map<string, string>();
    for (const [path, { text, mark }] of this.#trees) {
      if (text !== before.get(path)?.text) changed.set(path, mark ? `\ufeff${text}` : text);
    }
    return changed;
  }

  /** Every place that holds entries of a section, in the order in which the case is read. */
  homes(section: string): Home[] {
    const main = mappingOf(this.get(this.main)?.value);
    const homes: Home[] = [];
    if (Object.hasOwn(main, section)) homes.push({ file: this.main, prefix: [section] });
    for (const file of this.#included(main["include"])) {
      if (Object.hasOwn(mappingOf(this.get(file)?.value), section)) homes.push({ file, prefix: [section] });
    }
    for (const { file } of [...homes]) {
      const own = mappingOf(mappingOf(this.get(file)?.value)[section]);
      for (const more of this.#included(own["include"])) homes.push({ file: more, prefix: [] });
    }
    return homes;
  }

  #included(value: Raw | undefined): string[] {
    const names = Array.isArray(value) ? (value as readonly Raw[]) : [value];
    return names.flatMap((name) => {
      const path = typeof name === "string" ? safePath(name) : undefined;
      return path !== undefined && this.get(path) !== undefined ? [path] : [];
    });
  }

  /** The file and the keys in it that a path of the case means; undefined where it is spread over several places. */
  locate(path: readonly string[]): { readonly tree: Tree; readonly local: readonly string[] } | undefined {
    const [section, entry, ...rest] = path;
    if (section === undefined) return undefined;
    const homes = this.homes(section);
    if (entry === undefined) {
      const [home, ...others] = homes;
      // A section that includes files is no piece of one text.
      if (others.length > 0 || this.#includes(home)) return undefined;
      return this.#at(home ?? { file: this.main, prefix: [section] }, []);
    }
    const home = homes.find(({ file, prefix }) => Object.hasOwn(mappingOf(this.#entries(file, prefix)), entry));
    const other = home ?? homes.find((each) => this.get(each.file) !== undefined);
    return this.#at(other ?? { file: this.main, prefix: [section] }, [entry, ...rest]);
  }

  /** The file that a new section goes into. */
  holder(file: string | undefined): Tree | undefined {
    const main = this.get(this.main);
    const isIncluded = file !== undefined && this.#included(mappingOf(main?.value)["include"]).includes(file);
    return isIncluded ? this.get(file) : main;
  }

  /** Where a new entry of a section goes: beside a neighbour, into the file that is asked for, where its like is. */
  homeFor(section: string, neighbour?: string, file?: string): Home {
    const homes = this.homes(section);
    const own = (home: Home) => Object.keys(mappingOf(this.#entries(home.file, home.prefix)));
    const beside = neighbour === undefined ? undefined : homes.find((home) => own(home).includes(neighbour));
    if (beside !== undefined) return beside;
    const asked = homes.find((home) => home.file === file);
    if (asked !== undefined) return asked;
    const holds = homes.find((home) => own(home).some((key) => key !== "include"));
    return holds ?? homes.at(-1) ?? { file: this.main, prefix: [section] };
  }

  #includes(home: Home | undefined): boolean {
    const own = home === undefined ? undefined : this.#entries(home.file, home.prefix);
    return Object.hasOwn(mappingOf(own), "include");
  }

  #at({ file, prefix }: Home, rest: readonly string[]) {
    const tree = this.get(file);
    return tree === undefined ? undefined : { tree, local: [...prefix, ...rest] };
  }

  #entries(file: string, prefix: readonly string[]): Raw | undefined {
    const value = mappingOf(this.get(file)?.value);
    const [section] = prefix;
    return section === undefined ? value : value[section];
  }
}

/** The collection at a path of a file; undefined where there is none that entries can be added to. */
export function collectionAt(
  tree: Tree,
  path: readonly string[],
): { readonly collection: Collection | undefined; readonly item: Item | undefined } {
  if (path.length === 0) return { collection: tree.root, item: undefined };
  const item = find(tree, path)?.item;
  return { collection: item === undefined ? undefined : inside(item, tree.text), item };
}

function mappingOf(value: Raw | undefined): RawMap {
  return isMapping(value) ? value : {};
}
