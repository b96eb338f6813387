import type { Look } from "../engine/protocol.ts";
import type { Address } from "./address.ts";

/** A view to compare with: a reading, and what it sets otherwise than the case. Its day and seed are those of the page. */
export interface Variant {
  /** Undefined: as coded. */
  readonly reading: string | undefined;
  readonly sets: readonly string[];
}

/** This view and three more stand side by side at most. */
export const MOST_VARIANTS = 4;

const REJECTED = /^claims\.(.+)\.status=rejected$/;
const rejected = (claim: string): string => `claims.${claim}.status=rejected`;

/**
 * Reads a variant, `reading` or `reading;path=value;...`; no reading is as coded, `;`. A semicolon inside a value is `%3B`.
 *
 * @example
 * parseVariant("source;war.mediation.level=0.8"); // { reading: "source", sets: ["war.mediation.level=0.8"] }
 */
export function parseVariant(written: string): Variant {
  const [reading = "", ...sets] = written.split(";").map(decoded);
  return { reading: reading === "" ? undefined : reading, sets: sets.filter((each) => each !== "") };
}

/** Writes a variant as `parseVariant` reads it. */
export function formatVariant({ reading, sets }: Variant): string {
  const parts = [reading ?? "", ...sets].map(encoded);
  return parts.length === 1 && parts[0] === "" ? ";" : parts.join(";");
}

/** The view of an address as a variant: claims that are left out are things that it sets. */
export function variantOf({ reading, off, sets }: Pick<Address, "reading" | "off" | "sets">): Variant {
  return { reading, sets: [...off.map(rejected), ...sets] };
}

/** What an address takes over so that it shows a variant. */
export function addressOf({ reading, sets }: Variant): Pick<Address, "reading" | "off" | "sets"> {
  const claims = sets.flatMap((each) => REJECTED.exec(each)?.[1] ?? []);
  return { reading, off: claims, sets: sets.filter((each) => !REJECTED.test(each)) };
}

/** How the engine is to look at a variant. */
export function lookOfVariant({ reading, sets }: Variant, { asOf, seed }: Pick<Address, "asOf" | "seed">): Look {
  return { reading, asOf, seed, sets };
}

/** Settings with one of them changed, or taken back where there is no value: each path is set once. */
export function withSet(sets: readonly string[], path: string, value: number | undefined): readonly string[] {
  const others = sets.filter((each) => pathOf(each) !== path);
  return value === undefined ? others : [...others, `${path}=${value}`];
}

/** The number that a path is set to, as the last of the settings has it. */
export function setValue(sets: readonly string[], path: string): number | undefined {
  const written = sets.findLast((each) => pathOf(each) === path);
  const value = Number(written?.slice(written.indexOf("=") + 1));
  return written === undefined || Number.isNaN(value) ? undefined : value;
}

/** The path of a setting `path=value`. */
export const pathOf = (set: string): string => set.slice(0, Math.max(0, set.indexOf("="))).trim();

const encoded = (part: string): string => part.replaceAll("%", "%25").replaceAll(";", "%3B");
const decoded = (part: string): string => part.replaceAll("%3B", ";").replaceAll("%25", "%");
