import type { Command } from "commander";
import type { Dossier, View } from "../case/index.ts";
import { ParleyError } from "../core/problems/index.ts";

/** Options of every verb that looks at a case. */
export interface ViewOptions {
  readonly reading?: string;
  readonly set?: readonly string[];
  readonly asOf?: string;
  readonly strictAsOf?: boolean;
  readonly seed?: string;
  readonly json?: boolean;
}

/** Adds the options that say how a case is looked at. */
export function withViewOptions(command: Command, { runsAll = false }: { readonly runsAll?: boolean } = {}): Command {
  const says = `a reading of the case${runsAll ? "; all runs each" : ""} (default: the case as coded)`;
  return command
    .option("--reading <name>", says)
    .option("--set <path=value>", "change a value of the case; may be given again", collect, [])
    .option("--as-of <date>", "leave out what was published after a day")
    .option("--strict-as-of", "leave out what is marked as hindsight");
}

/** Adds the option of every verb that draws. */
export function withSeed(command: Command): Command {
  return command.option("--seed <n>", "seed of every draw, 0 to 2^53 - 1 (default: 1)");
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** The views that the options mean: one, or the case as coded and every reading with `--reading all`. */
export function viewsOf(dossier: Dossier, options: ViewOptions): View[] {
  const view: View = { sets: options.set ?? [], asOf: options.asOf, strictAsOf: options.strictAsOf === true };
  if (options.reading !== "all") return [{ ...view, reading: options.reading }];
  const readings = Object.keys((dossier.raw["readings"] as object | undefined) ?? {});
  return [undefined, ...readings].map((reading) => ({ ...view, reading }));
}

/** The seed of the options. @throws ParleyError where it is no whole number from 0 to 2^53 - 1. */
export function seedOf({ seed = "1" }: ViewOptions): number {
  const value = Number(seed);
  if (/^\d+$/.test(seed) && Number.isSafeInteger(value)) return value;
  throw ParleyError.of("invalid-option", { option: "--seed", value: seed, expected: "a whole number, 0 to 2^53 - 1" });
}
