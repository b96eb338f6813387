import type { Contribution, Findings } from "./answers.ts";
import { count, list } from "./format.ts";
import { percent } from "./likelihood.ts";
import type { StabilityExhibit } from "./schema.ts";
import { LEADING } from "./stability.ts";

type Exhibit = NonNullable<StabilityExhibit>;
type Situation = Exhibit["situations"][number];

/** Situations that a headline names. */
const MOST_NAMED = 3;

const quoted = ({ name }: Situation): string => `“${name}”`;

/** With a word on what cannot be taken back: it may hold for want of a way back, not because nobody wants one. */
const withLock = (situation: Situation): string =>
  `${quoted(situation)}${situation.locked.length === 0 ? "" : " (which cannot be taken back)"}`;

/** Those of a situation's readings in which some state of it is an equilibrium by the leading concept. */
const stableIn = ({ readings }: Situation): number =>
  readings.filter(({ equilibria }) => (equilibria[LEADING] ?? 0) > 0).length;

/** Would it hold: which named situations are equilibria, over the readings; who would leave the others. */
export function holdsFromStability({ content, stability, noStability }: Findings): Contribution {
  if (stability === null) {
    return content.graph !== undefined && noStability !== undefined
      ? { headline: `The graph model cannot be analysed: ${noStability}.` }
      : {};
  }
  const { situations, readings } = stability;
  const own = (situation: Situation) => situation.readings.find(({ reading }) => reading === (content.reading ?? null));
  const holds = situations.filter((each) => (own(each)?.equilibria[LEADING] ?? 0) > 0);
  const firm = situations.filter((each) => stableIn(each) === readings.length);
  const never = situations.filter((each) => stableIn(each) === 0);
  const named = (of: readonly Situation[]) =>
    `${list(of.slice(0, MOST_NAMED).map(withLock))}${of.length > MOST_NAMED ? ` and ${of.length - MOST_NAMED} more` : ""}`;
  const over = count(readings.length, "reading");
  const parts = [
    `In the graph model of ${count(stability.decisionMakers.length, "decision maker")} and ${count(stability.states, "state")}, of ${count(situations.length, "named situation")} ` +
      `${holds.length === 0 ? "none is" : `${holds.length} ${holds.length === 1 ? "is" : "are"}`} stable as looked at, the others answering by what pays them (SEQ)${holds.length === 0 ? "" : `: ${named(holds)}`}`,
    readings.length > 1
      ? `over ${over}, ${firm.length === 0 ? "none is stable in all" : `${named(firm)} ${firm.length === 1 ? "is" : "are"} stable in all`}${never.length === 0 ? "" : `, ${named(never)} in none`}`
      : "",
    statusQuoSentence(stability, own),
  ].filter((part) => part !== "");
  return {
    headline: `${parts.join("; ")}.`,
    figures: situations.flatMap((situation) => {
      const { id, robust, node } = situation;
      if (robust === null) return [];
      return [
        {
          id: `stability/${id}`,
          label: `${quoted(situation)} is an equilibrium (SEQ), with preferences uncertain`,
          value: robust.p,
          unit: "probability",
          ...(robust.exact ? {} : { low: robust.low, high: robust.high }),
          text: percent(robust.p),
          node,
        },
      ];
    }),
    because: [stability.node, ...situations.map(({ node }) => node)],
  };
}

function statusQuoSentence(
  { statusQuo, situations, decisionMakers }: Exhibit,
  own: (of: Situation) => Situation["readings"][number] | undefined,
): string {
  const now = situations.find(({ states }) => states.length === 1 && states[0] === statusQuo?.state);
  if (statusQuo === null || now === undefined) return "";
  const leave = own(now)?.leave[LEADING] ?? [];
  const who = list(leave.map((party) => decisionMakers.find((each) => each.party === party)?.name ?? party));
  return leave.length === 0 ? "nobody would leave the status quo" : `${who} would leave the status quo`;
}

/** What would change the answer: the nearest change of rankings that would make a situation stable, or unsettle it. */
export function changesFromStability({ stability }: Findings): Contribution {
  if (stability === null) return {};
  const ways = stability.situations.flatMap((situation) => {
    const found = situation.inverse.find(({ concept }) => concept === LEADING);
    if (found === undefined || found.equilibrium || found.changes.length === 0) return [];
    return [{ situation, swaps: found.swaps, changes: found.changes }];
  });
  const [nearest] = ways.toSorted((a, b) => a.swaps - b.swaps);
  if (nearest === undefined) return {};
  const how = list(nearest.changes.map(({ name, past }) => `${name} ranked it above ${past ?? "what it prefers now"}`));
  return {
    headline: `In the graph model, of the situations that do not hold, ${quoted(nearest.situation)} is nearest to it: it would if ${how} (${count(nearest.swaps, "exchange")} of neighbours in rankings).`,
    because: [nearest.situation.node],
  };
}
