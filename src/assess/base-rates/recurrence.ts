import { kaplanMeier, type Spell, survivalAt } from "../../baserates/index.ts";
import type { Reasons } from "../reasons.ts";
import { countsOf } from "./class-exhibit.ts";
import { INTERSTATE_EPISODES } from "./facts/interstate-episodes.ts";
import { OTHER_PEACES } from "./facts/other-episodes.ts";
import { MEMBER_LISTS } from "./members.ts";
import { LEVEL } from "./rates.ts";
import type { BaseRatesExhibit } from "./schema.ts";

type Recurrence = NonNullable<BaseRatesExhibit>["recurrence"][number];

/**
 * Years after an ending at which it is told how many were fought again. Not after one: the list takes an episode for ended only
 * after a year without fighting, so that nobody could have.
 */
const YEARS = [2, 5, 10] as const;
/** An actor that is gone fights nobody again: not told. */
const ENDINGS = ["agreement", "ceasefire", "low-activity", "victory-a", "victory-b"] as const;

/** A peace: how many years it held, or was watched to hold; `ending` is how the fighting before it had ended. */
interface Peace {
  readonly kind: string;
  readonly ending: string;
  readonly years: number;
  readonly recurred: boolean;
}

const repeated =
  (kind: string, ending: string, recurred: boolean) =>
  ([years, count]: readonly [number, number]): Peace[] =>
    Array.from({ length: count }, () => ({ kind, ending, years, recurred }));

const PEACES: readonly Peace[] = [
  ...INTERSTATE_EPISODES.flatMap(([, , , ending, recurred, watched]): Peace[] =>
    ending === "" ? [] : [{ kind: "interstate", ending, years: recurred ?? watched, recurred: recurred !== null }],
  ),
  ...OTHER_PEACES.flatMap(([kind, ending, recurred, watched]) => [
    ...recurred.flatMap(repeated(kind, ending, true)),
    ...watched.flatMap(repeated(kind, ending, false)),
  ]),
];

/**
 * How often the same two fought again within some years, by how the fighting had ended: Kaplan-Meier over peaces, those that
 * held when the list ends censored. Association, no effect of the ending: sides that sign are other sides than those that win.
 */
export function recurrenceExhibit(reasons: Reasons): Recurrence[] {
  const { what, citation } = MEMBER_LISTS["all-episodes"];
  const list = reasons.table.add({ id: "source:list/all-episodes", kind: "source", label: what, citation });
  const engine = reasons.table.add({
    id: "engine:base-rates",
    kind: "engine",
    label:
      "base-rate engine: Kaplan-Meier, Aalen-Johansen, families of durations by maximum likelihood; 80 % intervals",
    because: [],
  });
  return ENDINGS.map((ending) => {
    const peaces = PEACES.filter((peace) => peace.ending === ending);
    const curve = kaplanMeier(
      peaces.map(({ years, recurred }, k): Spell => ({ id: String(k), duration: years, ended: recurred })),
      { level: LEVEL },
    );
    const within = YEARS.map((years) => {
      const { survival, low, high, atRisk } = survivalAt(curve, years);
      return { years, p: 1 - survival, low: 1 - high, high: 1 - low, atRisk };
    });
    const node = reasons.table.add({
      id: `figure:recurrence/${ending}`,
      kind: "figure",
      label: `Of ${peaces.length} episodes of fighting that ended by ${ending.replaceAll("-", " ")}, those fought again within five years`,
      value: within[2]?.p ?? 0,
      unit: "probability",
      because: [engine, list, reasons.definition("recurrence")],
    });
    return {
      ending,
      members: peaces.length,
      kinds: countsOf(peaces, ({ kind }) => kind).map(([kind, count]) => ({ kind, count })),
      within,
      node,
    };
  });
}
