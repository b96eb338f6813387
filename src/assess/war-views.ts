import type { Case, Dossier, View } from "../case/index.ts";
import { addMonths, formatDay } from "../core/dates/index.ts";
import { tallyLayoutOf } from "../dynamics/index.ts";
import type { DynamicsInputs } from "./inputs/dynamics.ts";
import { dynamicsOf, lookAt } from "./looks.ts";
import { readingInfo } from "./readings.ts";
import type { ReadingInfo } from "./schema.ts";

/** The war under one reading, or as coded. */
export interface WarView {
  readonly reading: string | undefined;
  readonly name: string;
  readonly kind: ReadingInfo["kind"];
  readonly inputs: DynamicsInputs;
}

/** The war as its readings have it. */
export interface WarViews {
  /** The reading looked at. */
  readonly own: WarView;
  /** Readings that change the war, and the case as coded, in the order of the file. */
  readonly all: readonly WarView[];
  /** Names of readings that leave the war as another has it. */
  readonly same: readonly string[];
}

/**
 * The war of a case under every reading, the case as coded first; undefined where it has no war of two sides.
 *
 * @param viewed the case under readings that were looked at already
 */
export function warViews(
  dossier: Dossier,
  view: View,
  content: Case,
  viewed: readonly { readonly reading: string | undefined; readonly content: Case }[],
): WarViews | undefined {
  if (dynamicsOf(content).inputs === undefined) return undefined;
  const known = new Set<string>();
  const same: string[] = [];
  const all = [undefined, ...Object.keys(content.readings)].flatMap((reading): WarView[] => {
    const seen = viewed.find((each) => each.reading === reading)?.content;
    const under = reading === content.reading ? content : (seen ?? lookAt(dossier, { ...view, reading }).case);
    const inputs = under === undefined ? undefined : dynamicsOf(under).inputs;
    if (inputs === undefined) return [];
    const { name, kind } = readingInfo(dossier, content, reading);
    const key = inputs.vector.join();
    if (known.has(key) && reading !== content.reading) {
      same.push(name);
      return [];
    }
    known.add(key);
    return [{ reading, name, kind, inputs }];
  });
  const own = all.find(({ reading }) => reading === content.reading);
  return own === undefined ? undefined : { own, all, same };
}

/** Whole months that a war is simulated for. */
export function monthsOfWar({ layout, vector }: DynamicsInputs): number {
  return tallyLayoutOf({ layout, vector }).months;
}

/** The last month of the simulation that ends by a question's last day; 0 where none does, or it has no day. */
export function monthsUntil(content: Case, last: number | undefined, months: number): number {
  const { asOf } = content;
  if (asOf === undefined || last === undefined) return 0;
  let month = 0;
  while (month < months && addMonths(asOf.last, month + 1) <= last) month++;
  return month;
}

/** The day at the end of a month of the simulation; null where the case has no day. */
export function dayOfMonth(content: Case, month: number): string | null {
  return content.asOf === undefined ? null : formatDay(addMonths(content.asOf.last, month));
}
