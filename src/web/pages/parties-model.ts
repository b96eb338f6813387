import type { Raw, RawMap } from "../../case/index.ts";
import { readAmount, UNIT_INTERVAL } from "../../case/index.ts";

/** Positions as they are written, ready for the table. Nothing is computed here: values are read and put in order. */

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface IssueRow extends Named {
  readonly options: readonly Named[];
}

export interface OptionCell extends Named {
  /** As written; undefined where it is not given. */
  readonly text: string | undefined;
  readonly central: number | undefined;
  readonly interval: readonly [low: number, high: number] | undefined;
  readonly inferred: boolean;
  readonly red: boolean;
  /** Where its value stands. */
  readonly path: readonly string[];
  readonly value: Raw | undefined;
}

export interface Cell {
  readonly path: readonly string[];
  readonly weight: string | undefined;
  readonly basis: string;
  readonly options: readonly OptionCell[];
  readonly written: boolean;
}

const isMap = (value: Raw | undefined): value is RawMap =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const mapOf = (value: Raw | undefined): RawMap => (isMap(value) ? value : {});
export const listOf = (value: Raw | undefined): readonly Raw[] =>
  Array.isArray(value) ? (value as readonly Raw[]) : value === undefined || value === null ? [] : [value];
export const textOf = (value: Raw | undefined): string | undefined =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;

const nameOf = (id: string, entry: Raw | undefined): string =>
  typeof entry === "string" ? entry : (textOf(mapOf(entry)["name"]) ?? id);

/** Parties by their names, in the order of the alphabet. */
export function partiesOf(content: Raw | undefined): readonly Named[] {
  return Object.entries(mapOf(mapOf(content)["parties"]))
    .map(([id, entry]) => ({ id, name: nameOf(id, entry) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en"));
}

export function issuesOf(content: Raw | undefined): readonly IssueRow[] {
  return Object.entries(mapOf(mapOf(content)["issues"])).map(([id, entry]) => ({
    id,
    name: nameOf(id, entry),
    options: Object.entries(mapOf(mapOf(entry)["options"])).map(([option, each]) => ({
      id: option,
      name: nameOf(option, each),
    })),
  }));
}

/** A party's stance on an issue. */
export function cellOf(content: Raw | undefined, party: string, issue: IssueRow): Cell {
  const path = ["positions", party, "issues", issue.id];
  const written = mapOf(mapOf(mapOf(mapOf(content)["positions"])[party])["issues"])[issue.id];
  const stance = mapOf(written);
  const basis = textOf(stance["basis"]) ?? "";
  const red = new Set(listOf(stance["redLines"]).map(String));
  const values = mapOf(stance["values"]);
  return {
    path,
    weight: textOf(stance["weight"]),
    basis,
    written: written !== undefined,
    options: issue.options.map(({ id, name }): OptionCell => {
      const own = values[id];
      const inner = isMap(own) ? own["value"] : own;
      const amount =
        typeof inner === "number" || typeof inner === "string" ? readAmount(inner, UNIT_INTERVAL) : undefined;
      const read = amount === undefined || "detail" in amount ? undefined : amount;
      return {
        id,
        name,
        text: textOf(inner),
        central: read?.central,
        interval:
          read === undefined || read.certain
            ? undefined
            : [read.distribution.quantile(0.05), read.distribution.quantile(0.95)],
        inferred: (isMap(own) ? (textOf(own["basis"]) ?? basis) : basis) === "inferred",
        red: red.has(id),
        path: isMap(own) ? [...path, "values", id, "value"] : [...path, "values", id],
        value: inner,
      };
    }),
  };
}
