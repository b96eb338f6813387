import type { Assessment, StabilityExhibit } from "../../assess/index.ts";
import { AS_CODED, count, list, lowerFirst, percent } from "../../assess/index.ts";
import { CONCEPT_MARKS, legendOf, strokeOf } from "../charts/state-graph.ts";
import { contextOf, dataTable, nodeAnchor } from "../figure.ts";
import { EMPTY, type Html, html } from "../html.ts";

type Exhibit = NonNullable<StabilityExhibit>;
type Situation = Exhibit["situations"][number];

/** A state graph drawn for a page and for a phone. */
export interface DrawnGraph {
  readonly wide: Html;
  readonly narrow: Html;
}

const ASKED = ["nash", "sseq", "seq", "smr", "gmr"] as const;

/** The graph model: which situations are stable, who would leave them, how they come about, what would make them hold. */
export function stabilityAnalysis(assessment: Assessment, drawn: DrawnGraph | undefined): Html {
  const { stability } = assessment;
  if (stability === null) return EMPTY;
  return html`<h3>Who would move away from what?</h3>
<p>A graph model of ${count(stability.decisionMakers.length, "decision maker")}: ${list(stability.decisionMakers.map(({ name, options }) => `${name} (${options.map(lowerFirst).join("; ")})`))}. ${stability.states} combinations of these options are feasible. Stable means that nobody gains by a move of its own once the others have answered; it is no forecast that the parties get there.</p>
${situationTable(stability)}
${picture(assessment, stability, drawn)}
${stability.situations.length === 0 ? EMPTY : html`<h4>Each situation, party by party</h4>${stability.situations.map((situation) => situationBlock(stability, situation))}`}
${overReadings(stability)}
${preferences(stability)}
${statements(stability)}
${stability.assumed.length === 0 ? EMPTY : html`<p class="context">Taken for granted: ${stability.assumed.join(" ")}</p>`}`;
}

const ownOf = ({ readings }: Situation) => readings.find(({ reading }) => reading === null) ?? readings[0];

function situationTable(stability: Exhibit): Html {
  const { situations, concepts } = stability;
  if (situations.length === 0) return EMPTY;
  return html`${dataTable(
    {
      head: [
        "Situation",
        ...ASKED.map((concept) => concepts.find(({ id }) => id === concept)?.label ?? concept),
        "Would leave it (SEQ)",
        "Stable if preferences are uncertain",
      ],
      rows: situations.map((situation) => {
        const own = ownOf(situation);
        return [
          html`<a href="${`#situation-${situation.id}`}">${situation.name}</a>${stability.statusQuo?.state === situation.states[0] && situation.states.length === 1 ? html` <span class="chip">status quo</span>` : EMPTY}`,
          ...ASKED.map((concept) => mark(own?.equilibria[concept] ?? 0, own?.states ?? 1)),
          leaversOf(stability, own?.leave["seq"] ?? []),
          situation.robust === null ? "–" : percent(situation.robust.p),
        ];
      }),
    },
    "which situations are equilibria",
  )}<p class="context">${concepts.map(({ label, says }) => `${label}: ${says}`).join("; ")}. ${stability.uncertainty}</p>`;
}

function mark(held: number, states: number): Html | string {
  if (held === 0) return html`<span class="obstacle">no</span>`;
  if (held === states) return html`<span class="driver">yes</span>`;
  return html`<span class="part-of">${held} of ${states}</span>`;
}

const nameOf = ({ decisionMakers }: Exhibit, party: string): string =>
  decisionMakers.find((each) => each.party === party)?.name ?? party;

const leaversOf = (stability: Exhibit, parties: readonly string[]): string =>
  parties.length === 0 ? "–" : list(parties.map((party) => nameOf(stability, party)));

function picture(assessment: Assessment, stability: Exhibit, drawn: DrawnGraph | undefined): Html {
  if (drawn === undefined) return EMPTY;
  const { graph, decisionMakers } = stability;
  const names = decisionMakers.map(({ name }) => name);
  const shown = graph.nodes.length === graph.states ? "all states" : `${graph.nodes.length} of ${graph.states} states`;
  const nameOfNode = (id: number) => graph.nodes.find((node) => node.id === id)?.name ?? `state ${id}`;
  const told = graph.edges
    .slice(0, 12)
    .map(({ from, to, dm }) => `${names[dm]} from ${nameOfNode(from)} to ${nameOfNode(to)}`);
  const marks = Object.entries(CONCEPT_MARKS).map(
    ([concept, letter]) => `${letter} ${stability.concepts.find(({ id }) => id === concept)?.label ?? concept}`,
  );
  return html`<figure id="state-graph">
<figcaption><h3>Where decision makers would move</h3></figcaption>
<div class="scroll" role="region" aria-label="The state graph" tabindex="0"><div class="chart graph" role="img" aria-label="${`Improvements among states: ${told.join("; ")}.`}"><div class="wide">${drawn.wide}</div><div class="narrow">${drawn.narrow}</div></div></div>
<ul class="keys">${legendOf(graph, names).map(({ dm, name }) => {
    const [colour, dash] = strokeOf(dm);
    return html`<li><svg width="28" height="10" aria-hidden="true"><path d="M0,5 h28" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/></svg> ${name}</li>`;
  })}</ul>
<p class="context">${contextOf(assessment, [
    `${shown}: the status quo, named situations, and where improvements lead from there`,
    graph.bestOnly ? "an arrow: a decision maker's best improvement" : "an arrow: an improvement of a decision maker",
    `letters: an equilibrium by ${marks.join(", ")}; heavy frame: nobody can improve; dashed frame: the status quo`,
  ])}</p>
<details><summary>Numbers of this figure</summary>${dataTable(
    {
      head: ["State", "Options, Y and N", "Situation", "Equilibrium by"],
      rows: graph.nodes.map(({ id, code, name, concepts }) => [
        String(id),
        html`<code>${code}</code>`,
        name ?? "–",
        concepts.map(conceptName).join(", ") || "–",
      ]),
    },
    "states of the picture",
  )}${dataTable(
    {
      head: ["From", "To", "By"],
      rows: graph.edges.map(({ from, to, dm }) => [nameOfNode(from), nameOfNode(to), names[dm] ?? ""]),
    },
    "arrows of the picture",
  )}</details>
</figure>`;
}

function situationBlock(stability: Exhibit, situation: Situation): Html {
  const { id, name, text, does, explanations, reach, inverse, node } = situation;
  return html`<details class="kind" id="${`situation-${id}`}"><summary>${name}: ${summaryOf(stability, situation)}</summary>
${text === null ? EMPTY : html`<p>${text}</p>`}
${situation.locked.length === 0 ? EMPTY : html`<p>What cannot be taken back: ${list(situation.locked)}. Where it holds, it may be for want of a way back.</p>`}
<p class="definition">${does}. <a href="${`#${nodeAnchor(node)}`}">Why</a></p>
${
  explanations.length === 0
    ? EMPTY
    : dataTable(
        {
          head: ["Party", "Stable for it by", "Why, where the others answer only by what pays them"],
          rows: explanations.map((each) => [
            each.name,
            ASKED.filter((concept) => each.stable[concept])
              .map((concept) => labelOf(stability, concept))
              .join(", ") || "none",
            html`${each.sentences.map((sentence) => html`<div>${sentence}</div>`)}`,
          ]),
        },
        `why ${name} is stable or not`,
      )
}
${reachSentence(stability, reach)}
${inverse.length === 0 ? EMPTY : html`<ul class="tests">${inverse.map((each) => html`<li>${inverseSentence(stability, each)}</li>`)}</ul>`}
${robustSentence(situation)}</details>`;
}

export function summaryOf(stability: Exhibit, situation: Situation): string {
  const own = ownOf(situation);
  const by = ASKED.filter((concept) => (own?.equilibria[concept] ?? 0) > 0).map((concept) =>
    labelOf(stability, concept),
  );
  const leavers = own?.leave["seq"] ?? [];
  if (by.length === 0) {
    return `no equilibrium by any concept${leavers.length === 0 ? "" : `; ${leaversOf(stability, leavers)} would leave`}`;
  }
  const part = (own?.states ?? 1) > 1 ? `some of its ${own?.states} states are equilibria` : "an equilibrium";
  return `${part} by ${list(by)}${leavers.length === 0 ? "" : `; looking ahead, ${leaversOf(stability, leavers)} would leave`}`;
}

const labelOf = ({ concepts }: Exhibit, concept: string): string =>
  concepts.find(({ id }) => id === concept)?.label ?? concept;

function reachSentence(stability: Exhibit, reach: Situation["reach"]): Html {
  if (reach === null) return EMPTY;
  const { improvements, moves, path } = reach;
  if (moves === 0) return html`<p>It is the status quo.</p>`;
  if (moves === null)
    return html`<p>No sequence of moves leads to it from ${stability.statusQuo?.name ?? "the status quo"}.</p>`;
  const how = path.join(", then ");
  return improvements === null
    ? html`<p>From the status quo it takes ${count(moves, "move")}, not all of which pay those who make them: ${how}.</p>`
    : html`<p>From the status quo ${count(improvements, "improvement")} lead${improvements === 1 ? "s" : ""} to it: ${how}.</p>`;
}

export function inverseSentence(
  { concepts }: Exhibit,
  { concept, equilibrium, swaps, fewest, changes, unsettle }: Situation["inverse"][number],
): string {
  const label = concepts.find(({ id }) => id === concept)?.label ?? concept;
  if (equilibrium) {
    const [easiest] = unsettle.toSorted((a, b) => (a.swaps ?? 0) - (b.swaps ?? 0));
    if (easiest === undefined) return `${label}: an equilibrium that no change of one ranking unsettles.`;
    return `${label}: it would be none if ${easiest.name} ranked it below ${easiest.past ?? "everything"} (${count(easiest.swaps ?? 0, "exchange")} of neighbours).`;
  }
  const how = list(changes.map(({ name, past }) => `${name} ranked it above ${past ?? "what it prefers now"}`));
  return `${label}: it would be an equilibrium if ${how} (${count(swaps, "exchange")} of neighbours${fewest ? ", the fewest" : "; fewer may do"}).`;
}

/** A concept as it is written: Nash is a name, the others are initials. */
export const conceptName = (id: string): string => (id === "nash" ? "Nash" : id.toUpperCase());

function robustSentence({ robust }: Situation): Html {
  if (robust === null) return EMPTY;
  const { p, low, high, exact, hangsOn, hangsBy } = robust;
  const range = exact || percent(low) === percent(high) ? "" : `, 95 % interval ${percent(low)} to ${percent(high)}`;
  const hangs =
    hangsOn === null
      ? ""
      : ` It hangs most on what ${hangsOn} wants: misjudged alone, it changes this in ${percent(hangsBy)}.`;
  return html`<p>With preferences uncertain it is an equilibrium (SEQ) in ${percent(p)}${range}.${hangs}</p>`;
}

function overReadings({ readings, situations }: Exhibit): Html {
  if (readings.length < 2 || situations.length === 0) return EMPTY;
  const nameOfReading = (id: string | null) => readings.find(({ reading }) => reading === id)?.name ?? AS_CODED;
  return html`<h4>Over the readings</h4>${dataTable(
    {
      head: ["Situation", "Stable (SEQ) in", "It is in", "It is not in"],
      rows: situations.map(({ name, readings: under }) => {
        const held = under.filter(({ equilibria }) => (equilibria["seq"] ?? 0) > 0);
        const not = under.filter(({ equilibria }) => (equilibria["seq"] ?? 0) === 0);
        const named = (of: typeof under) =>
          of.length === 0
            ? "–"
            : of.length === under.length
              ? "all"
              : list(of.map(({ reading }) => nameOfReading(reading)));
        return [name, `${held.length} of ${under.length}`, named(held), named(not)];
      }),
    },
    "situations over the readings",
  )}`;
}

function preferences({ decisionMakers }: Exhibit): Html {
  const stated = decisionMakers.filter(({ preferences: of }) => of.length > 0);
  if (stated.length === 0) return EMPTY;
  return html`<h4>What each wants, the most important first</h4><div class="cards">${stated.map(
    ({ name, preferences: of }) =>
      html`<div class="card"><h4>${name}</h4><ol class="wants">${of.map(({ text, node }) => html`<li><a href="${`#${nodeAnchor(node)}`}">${text}</a></li>`)}</ol></div>`,
  )}</div>`;
}

const MOST_STATEMENTS = 12;

function statements({ statements: effects }: Exhibit): Html {
  if (effects.length === 0) return EMPTY;
  const named = (states: readonly string[]) =>
    states.length === 0
      ? "–"
      : `${states.slice(0, 4).join(", ")}${states.length > 4 ? ` and ${states.length - 4} more` : ""}`;
  const size = ({ lost, gained }: (typeof effects)[number]) => lost.length + gained.length;
  return html`<details class="kind"><summary>Which statements the equilibria hang on</summary>${dataTable(
    {
      head: ["Party", "Statement", "If it is", "Equilibria lost (SEQ)", "Equilibria that come"],
      rows: effects
        .toSorted((a, b) => size(b) - size(a))
        .slice(0, MOST_STATEMENTS)
        .map(({ name, text, change, lost, gained }) => [
          name,
          text,
          change === "removed" ? "left out" : "moved one down",
          named(lost),
          named(gained),
        ]),
    },
    "which statements the equilibria hang on",
  )}</details>`;
}
