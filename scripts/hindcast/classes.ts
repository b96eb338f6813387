import { civil, dayNumber } from "../../src/core/dates/index.ts";
import { log2 } from "../../src/core/math/index.ts";
import { TERMINATION_OUTCOMES } from "../../src/ingest/data/layouts/ucdp.ts";
import type { Day } from "../../src/record/index.ts";
import { warClusters } from "./clusters.ts";
import { KIND } from "./models.ts";
import { dayOf, numberOf, type Row, readTable } from "./read.ts";
import type { War } from "./wars.ts";

/** Folders of the data that hindcasts read, below the data folder. */
const WARS = "cow_interstate_wars_v4/wars.csv";
const PARTICIPANTS = "cow_interstate_wars_v4/InterStateWarData_v4.0.csv";
const EPISODES = "ucdp_conflict_termination_v3_2021/dyad_episodes.csv";
/** The last year that the list of episodes looks at. */
const LAST_YEAR = 2020;
const LAST_DAY = dayNumber(LAST_YEAR, 12, 31);
/** Days from the beginning by which a state must have joined to count. */
const EARLY = 30;

/** Decades from 1900 to a day's year. */
const decade = (day: Day): number => (civil(day).year - 1900) / 10;

/**
 * Interstate wars of 1823-2003 (Correlates of War 4.0): from the first day of fighting to the last, breaks included.
 *
 * Known of a war: its year, how many states had joined within 30 days, and whether those were more than two.
 */
export function interstateWars(folder: string): War[] {
  const joined = joinedBy(folder);
  const rows = readTable(folder, WARS, ["war_num", "war_name", "start", "end", "side1", "side2", "outcomes_all"]);
  const clusters = warClusters(
    rows.map((row) => ({
      begun: dayOf(row, "start"),
      over: dayOf(row, "end"),
      sides: [statesOf(row, "side1"), statesOf(row, "side2")] as const,
    })),
  );
  return rows.map((row, i) => {
    const begun = dayOf(row, "start");
    const { war_num: number = "", war_name: name = "", outcomes_all: outcomes = "" } = row.cells;
    const days = joined.get(number) ?? [];
    return {
      id: `war-${number}`,
      name,
      cluster: `war-${clusters[i]}`,
      begun,
      days: dayOf(row, "end") - begun + 1,
      ended: true,
      ending: endingOf(outcomes),
      known: (on) => {
        const states = Math.max(2, days.filter((day) => day <= Math.min(on, begun + EARLY)).length);
        return { decade: decade(begun), states: log2(states), [KIND]: states > 2 ? 1 : 0 };
      },
    };
  });
}

const statesOf = (row: Row, side: string): readonly string[] =>
  (row.cells[side] ?? "").split(";").map((each) => each.trim());

/** How a war ended, from its participants' outcomes: 1 won, 3 compromise, 4 became another war, 6 stalemate. */
function endingOf(outcomes: string): string {
  const codes = new Set(outcomes.split(";").map((each) => each.split(":").at(-1)?.trim()));
  if (codes.has("1")) return "victory";
  return codes.has("3") ? "compromise" : codes.has("6") ? "stalemate" : "transformed";
}

/** Days on which states joined each war; an unknown day is the first of its month. */
function joinedBy(folder: string): Map<string, Day[]> {
  const out = new Map<string, Day[]>();
  const parts = ["StartYear1", "StartMonth1", "StartDay1"] as const;
  for (const row of readTable(folder, PARTICIPANTS, ["WarNum", ...parts])) {
    const [year = 0, month = 0, day = 0] = parts.map((part) => numberOf(row, part));
    const number = row.cells["WarNum"] ?? "";
    out.set(number, [...(out.get(number) ?? []), dayNumber(year, Math.max(1, month), Math.max(1, day))]);
  }
  return out;
}

/** Kinds of conflict by their code in the list of episodes. */
const KINDS = { interstate: ["2"], civil: ["3", "4"], all: ["1", "2", "3", "4"] } as const;
export type EpisodeKind = keyof typeof KINDS;

const ENDINGS: Readonly<Record<string, string>> = TERMINATION_OUTCOMES;

interface Episode {
  readonly id: string;
  readonly name: string;
  readonly dyad: string;
  readonly conflict: string;
  readonly type: string;
  readonly number: number;
  readonly begun: Day;
  /** The last day of fighting; undefined where no day of ending is listed. */
  readonly over: Day | undefined;
  /** The last day on which the list has it going on, or having gone on. */
  readonly seen: Day;
  readonly ending: string;
  readonly territory: boolean;
}

function episodesOf(folder: string): Episode[] {
  const columns = ["dyadep_id", "conflict_id", "dyad_id", "episode", "side_a", "side_b", "incompatibility"];
  const more = ["type_of_conflict", "ep_start", "last_year", "ependdate", "outcome", "terminated"];
  return readTable(folder, EPISODES, [...columns, ...more]).map((row) => {
    const { cells } = row;
    const ended = cells["terminated"] === "1" && cells["ependdate"] !== "";
    return {
      id: `episode-${cells["dyadep_id"]}`,
      name: `${cells["side_a"]} and ${cells["side_b"]}`,
      dyad: cells["dyad_id"] ?? "",
      conflict: `conflict-${cells["conflict_id"]}`,
      type: cells["type_of_conflict"] ?? "",
      number: numberOf(row, "episode", 0),
      begun: dayOf(row, "ep_start"),
      over: ended ? dayOf(row, "ependdate") : undefined,
      seen: ended ? dayOf(row, "ependdate") : dayNumber(numberOf(row, "last_year"), 12, 31),
      ending: ended ? (ENDINGS[String(numberOf(row, "outcome"))] ?? "") : "",
      territory: cells["incompatibility"] === "1",
    };
  });
}

/**
 * Episodes of fighting by dyad, 1946-2020 (UCDP Conflict Termination 3-2021). Those that went on at the end of 2020 are censored there, and
 * those without a day of ending on the last day of their last year.
 *
 * Known of an episode: its year, whether the two had fought before, whether about territory. Those whose dates leave no
 * day are left out.
 */
export function episodes(folder: string, kind: EpisodeKind): War[] {
  const types: readonly string[] = KINDS[kind];
  return episodesOf(folder).flatMap((episode): War[] => {
    const { id, name, conflict: cluster, begun, over, seen, ending, number, territory, type } = episode;
    const days = seen - begun + 1;
    if (!types.includes(type) || days < 1) return [];
    const known = {
      decade: decade(begun),
      again: number > 1 ? 1 : 0,
      territory: territory ? 1 : 0,
      [KIND]: number > 1 ? 1 : 0,
    };
    const watched = over === undefined ? days : LAST_DAY - begun + 1;
    return [{ id, name, cluster, begun, days, ended: over !== undefined, ending, watched, known: () => known }];
  });
}

/** Endings after which it is asked whether the two fought again; an actor that is gone fights nobody. */
const PEACE_AFTER = ["agreement", "ceasefire", "low-activity", "victory-a", "victory-b"] as const;
export const AGAIN = "again";

/**
 * Peaces after episodes of fighting: from the day after the last to the first of the next episode of the same dyad.
 *
 * Known of a peace: how the fighting had ended (which is its kind), how long it had lasted, whether the two had fought
 * before that, and its year.
 */
export function peaces(folder: string, kind: EpisodeKind): War[] {
  const types: readonly string[] = KINDS[kind];
  const all = episodesOf(folder);
  const next = new Map(all.map((episode) => [`${episode.dyad} ${episode.number}`, episode.begun]));
  return all.flatMap(({ id, name, dyad, conflict: cluster, type, number, begun: fought, over, ending }): War[] => {
    const place = (PEACE_AFTER as readonly string[]).indexOf(ending);
    if (over === undefined || place < 0 || !types.includes(type)) return [];
    const begun = over + 1;
    const again = next.get(`${dyad} ${number + 1}`);
    const days = (again ?? LAST_DAY + 1) - begun;
    if (days < 1) return [];
    const known: Record<string, number> = {
      decade: decade(begun),
      again: number > 1 ? 1 : 0,
      fought: log2(Math.max(1, over - fought + 1)),
      [KIND]: place,
    };
    for (const each of PEACE_AFTER.slice(1)) known[each] = ending === each ? 1 : 0;
    const ended = again !== undefined;
    const watched = LAST_DAY - begun + 1;
    return [
      { id: `peace-${id}`, name, cluster, begun, days, ended, ending: ended ? AGAIN : "", watched, known: () => known },
    ];
  });
}
