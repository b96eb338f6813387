import type { Asked } from "./desk.ts";
import type { ShelvedCase } from "./shelf.ts";

/** How a figure is made again: a command line, and where in what it prints the figure stands. */
export interface Reproduction {
  readonly command: string;
  readonly at: string;
}

/** The command line that looks at a case the same way: `parley assess ukraine-2024 --reading source --seed 1 --json`. */
export function commandOf(verb: string, { target }: ShelvedCase, asked: Asked, more: readonly string[] = []): string {
  const { reading, set = [], asOf, strictAsOf, seed = 1 } = asked;
  const words = [
    "parley",
    verb,
    target,
    ...more,
    ...(reading === undefined ? [] : ["--reading", reading]),
    ...set.flatMap((each) => ["--set", each]),
    ...(asOf === undefined ? [] : ["--as-of", asOf]),
    ...(strictAsOf === true ? ["--strict-as-of"] : []),
    "--seed",
    String(seed),
    "--json",
  ];
  return words.map(quoted).join(" ");
}

/** A word as a shell of a Unix reads it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
