import type { Assessment, TermsExhibit } from "../../assess/index.ts";
import { count, list, percent } from "../../assess/index.ts";
import { type MarkedPackage, parallelChart, planeChart, type TermsPicture } from "../charts/terms.ts";
import { contextOf, dataTable, figure, nodeAnchor } from "../figure.ts";
import { EMPTY, type Html, html } from "../html.ts";

type Exhibit = NonNullable<TermsExhibit>;
type Proposal = Exhibit["proposals"][number];

const two = (value: number): string => value.toFixed(2);
const digits = (size: string): string => size.replaceAll(/\B(?=(\d{3})+(?!\d))/g, "\u202f");

/** The negotiation analysis: does a deal exist, who would accept what, which packages waste nothing, what to trade. */
export function negotiationAnalysis(assessment: Assessment): Html {
  const { terms } = assessment;
  if (terms === null) return EMPTY;
  return html`${deal(terms)}
${plane(assessment, terms)}
${terms.proposals.length === 0 ? EMPTY : matrix(terms)}
${terms.proposals.length === 0 ? EMPTY : html`<h3>Each proposal, party by party</h3>${terms.proposals.map((proposal) => proposalBlock(assessment, terms, proposal))}`}
${focal(assessment, terms)}
${weights(terms)}
${logrolling(terms)}
${sheets(assessment, terms)}`;
}

/** A sheet for each party to say whether it is understood: its values in its own order, with room for its answer. */
function sheets({ negotiation }: Assessment, terms: Exhibit): Html {
  const held = negotiation.positions.filter(({ party }) => terms.parties.some((each) => each.party === party));
  if (held.length === 0) return EMPTY;
  return html`<h3>Is this your position?</h3><p>A sheet for each party, to be put before it or someone who knows it. Weights are shares of all that matters; options stand from the most to the least wanted.</p>${held.map(
    ({ party, name, stances }) => {
      const i = terms.parties.findIndex((each) => each.party === party);
      return html`<details class="kind sheet"><summary>${name}</summary>${dataTable(
        {
          head: ["Issue", "Weight", "From most to least wanted", "Never", "Right?"],
          rows: stances.map((stance) => {
            const issue = negotiation.issues.find(({ id }) => id === stance.issue);
            const nameOf = (option: string) => issue?.options.find(({ id }) => id === option)?.name ?? option;
            const k = terms.issues.findIndex(({ id }) => id === stance.issue);
            const ordered = stance.values.toSorted((a, b) => b.central - a.central);
            return [
              issue?.name ?? stance.issue,
              percent(terms.weights[i]?.[k] ?? 0),
              ordered.map(({ option, text }) => `${nameOf(option)} (${text})`).join(" › "),
              stance.redLines.map(nameOf).join(", ") || "–",
              html`<span class="note">☐ yes ☐ no</span>`,
            ];
          }),
        },
        `sheet of ${name}`,
      )}<p class="context">Without agreement: ${terms.parties[i]?.basis ?? "not stated"}</p></details>`;
    },
  )}`;
}

function deal(terms: Exhibit): Html {
  const rows = terms.readings.map(({ name, exists, size, says }) => [
    name,
    exists ? "yes" : "no",
    size === null ? "not counted" : digits(size),
    exists ? "" : says,
  ]);
  return html`<h3>Does a deal exist?</h3>
<p>A package is in the zone of possible agreement where it is worth at least what they get without agreement to all who must accept, and crosses none of their red lines. ${terms.feasible === null ? "" : `${digits(terms.feasible)} packages are feasible. `}A zone is no forecast: it says that the stated values leave room, not that anyone will find it.</p>
${dataTable({ head: ["Reading", "A deal exists", "Packages nobody refuses", "Why not"], rows }, "does a deal exist, by reading")}
${dataTable(
  {
    head: ["Without agreement", "Role", "Value", "Where it comes from"],
    rows: terms.parties.map(({ name, accepts, reservation, basis, node }) => [
      html`<a href="${`#${nodeAnchor(node)}`}">${name}</a>`,
      { required: "must accept", ratifies: "ratifies", none: "not asked" }[accepts],
      reservation === null ? "–" : two(reservation),
      basis,
    ]),
  },
  "values without agreement",
)}
${
  terms.opens.length === 0
    ? EMPTY
    : html`<h4>What opens the zone</h4>${dataTable(
        {
          head: ["If these red lines were dropped", "By", "Packages nobody refuses"],
          rows: terms.opens.map(({ party, issue, size }) => [
            issueOf(terms, issue),
            partyOf(terms, party),
            digits(size),
          ]),
        },
        "what opens the zone",
      )}`
}`;
}

const issueOf = ({ issues }: Exhibit, id: string): string => issues.find((issue) => issue.id === id)?.name ?? id;
const partyOf = ({ parties }: Exhibit, id: string): string => parties.find(({ party }) => party === id)?.name ?? id;

function optionOf({ negotiation }: Assessment, issue: string, option: string): string {
  const found = negotiation.issues.find(({ id }) => id === issue)?.options.find(({ id }) => id === option);
  return found?.name ?? option;
}

/** Those who must sign: two of them on a plane, more on an axis each. */
function plane(assessment: Assessment, terms: Exhibit): Html {
  const must = terms.parties.flatMap(({ accepts }, i) => (accepts === "required" ? [i] : []));
  if (must.length < 2) return EMPTY;
  const only = (utilities: readonly number[]) => must.map((i) => utilities[i] ?? 0);
  const marked: MarkedPackage[] = [
    ...terms.solutions.map(
      ({ name, utilities }): MarkedPackage => ({ name, kind: "solution", utilities: only(utilities) }),
    ),
    ...terms.proposals
      .filter(({ completion }) => completion !== null)
      .map(({ name, utilities }): MarkedPackage => ({ name, kind: "proposal", utilities: only(utilities) })),
  ];
  const picture: TermsPicture = {
    parties: must.map((i) => terms.parties[i]?.name ?? ""),
    frontier: terms.frontier.points.map(only),
    frontierAll: terms.frontierAll.points.map(only),
    reservation: must.map((i) => terms.parties[i]?.reservation ?? null),
    marked,
  };
  const told = marked.map(({ name, utilities }) => `${name} ${utilities.map(two).join(" and ")}`);
  return figure({
    id: "terms-plane",
    title: `What packages are worth to ${list(picture.parties)}`,
    alt: `Worth to ${list(picture.parties)}: ${told.join("; ")}.`,
    chart: must.length === 2 ? planeChart(picture) : parallelChart(picture),
    table: {
      head: ["Package", "Kind", ...picture.parties],
      rows: marked.map(({ name, kind, utilities }) => [name, kind, ...utilities.map(two)]),
    },
    context: contextOf(assessment, [
      "green: packages that waste nothing and nobody who must accept refuses; grey: the frontier where anyone may; ◆ focal packages, □ proposals by number, as best filled in; dashed: without agreement; shaded: both gain",
      `${terms.frontier.size} and ${terms.frontierAll.size} points${terms.frontier.exact ? ", exact" : ", approximate"}`,
    ]),
    because: html`<ol class="legend">${marked.filter(({ kind }) => kind === "proposal").map(({ name }) => html`<li>${name}</li>`)}</ol><p class="more"><a href="${`#${nodeAnchor(terms.node)}`}">Why</a></p>`,
  });
}

const WORDS = { yes: "would accept", no: "would not", depends: "may accept" } as const;

function matrix(terms: Exhibit): Html {
  const must = terms.parties.flatMap(({ accepts }, i) => (accepts === "none" ? [] : [i]));
  return html`<h3>Who would accept which proposal</h3><p>“May accept”: it hangs on how what the proposal leaves open is filled in. The chance is that nobody who must accept refuses it as best filled in, with values drawn.</p>${dataTable(
    {
      head: ["Proposal", ...must.map((i) => terms.parties[i]?.name ?? ""), "Nobody refuses"],
      rows: terms.proposals.map((proposal) => [
        html`<a href="${`#verdict-${proposal.id}`}">${proposal.name}</a>`,
        ...must.map((i) => {
          const verdict = proposal.verdicts[i];
          if (verdict === undefined) return "–";
          return html`<span class="${verdict.accepts === "no" ? "obstacle" : verdict.accepts === "yes" ? "driver" : ""}">${WORDS[verdict.accepts]}</span>`;
        }),
        proposal.chance === null
          ? "cannot"
          : `${percent(proposal.chance.p)} (±${(100 * proposal.chance.se).toFixed(0)})`,
      ]),
    },
    "who would accept which proposal",
  )}`;
}

function proposalBlock(assessment: Assessment, terms: Exhibit, proposal: Proposal): Html {
  const under = proposal.readings.filter(({ acceptable }) => acceptable === true).length;
  return html`<details class="kind" id="${`verdict-${proposal.id}`}"><summary>${proposal.name}: ${summaryOf(terms, proposal)}</summary>
<p>${proposal.open.length === 0 ? "It leaves nothing open." : `It leaves open ${list(proposal.open.map((issue) => issueOf(terms, issue)))}.`} Under ${under} of ${count(proposal.readings.length, "reading")} there is a way to fill it in that nobody refuses. <a href="${`#${nodeAnchor(proposal.node)}`}">Why</a></p>
${dataTable(
  {
    head: ["Party", "Would", "Worth", "Over what it gets without", "What is missing, by issue"],
    rows: proposal.verdicts.map((verdict) => [
      partyOf(terms, verdict.party),
      WORDS[verdict.accepts],
      verdict.worst === verdict.best ? two(verdict.best) : `${two(verdict.worst)} to ${two(verdict.best)}`,
      verdict.surplus === null ? "–" : `${verdict.surplus < 0 ? "−" : "+"}${two(Math.abs(verdict.surplus))} at best`,
      missing(assessment, terms, verdict),
    ]),
  },
  `verdicts on ${proposal.name}`,
)}
${
  proposal.nearest.length === 0
    ? EMPTY
    : html`<p class="label">Nearest packages that nobody refuses</p><ul class="tests">${proposal.nearest.map(
        ({ changed, outcome, utilities }) =>
          html`<li>${count(changed.length, "change")}: ${changed.map((issue) => `${issueOf(terms, issue)}: ${optionOf(assessment, issue, outcome[issue] ?? "")}`).join("; ")} <span class="line">${terms.parties.map(({ name }, i) => `${name} ${two(utilities[i] ?? 0)}`).join(", ")}</span></li>`,
      )}</ul>`
}</details>`;
}

function summaryOf({ parties }: Exhibit, { acceptable, verdicts }: Proposal): string {
  const refuse = parties.filter(({ accepts }, i) => accepts !== "none" && verdicts[i]?.accepts === "no");
  if (refuse.length > 0) return `${list(refuse.map(({ name }) => name))} would not accept`;
  if (acceptable === true) return "there is a way to fill it in that nobody refuses";
  return "each might accept, but no way to fill it in suits all";
}

/** Red lines, then the shortfall taken apart by issue: a bar each, as long as its share of all that is missing. */
function missing(assessment: Assessment, terms: Exhibit, verdict: Proposal["verdicts"][number]): Html | string {
  const lines = Object.entries(verdict.redLines).map(
    ([issue, option]) =>
      html`<div class="obstacle">✕ red line on ${issueOf(terms, issue)}: ${optionOf(assessment, issue, option)}</div>`,
  );
  const parts = Object.entries(verdict.issues)
    .filter(([, part]) => Math.abs(part) >= 0.005)
    .toSorted(([, a], [, b]) => b - a)
    .map(([issue, part]) => {
      const share = verdict.shortfall > 0 ? Math.min(1, Math.max(0, part / verdict.shortfall)) : 0;
      return html`<div class="part" style="${`--part:${share.toFixed(3)}`}">${issueOf(terms, issue)} ${part < 0 ? "−" : ""}${two(Math.abs(part))}</div>`;
    });
  return lines.length + parts.length === 0 ? "" : html`${lines}${parts}`;
}

function focal(assessment: Assessment, terms: Exhibit): Html {
  if (terms.solutions.length === 0) return EMPTY;
  return html`<h3>Focal packages</h3><p>Where a mediator who knew the stated values might look first. None of them is recommended.</p>${dataTable(
    {
      head: ["Issue", ...terms.solutions.map(({ name, ties }) => `${name}${ties > 1 ? ` (one of ${ties})` : ""}`)],
      rows: [
        ...terms.issues.map(({ id, name }) => [
          name,
          ...terms.solutions.map(({ outcome }) => optionOf(assessment, id, outcome[id] ?? "")),
        ]),
        ...terms.parties.map(({ name }, i) => [
          html`<span class="note">Worth to ${name}</span>`,
          ...terms.solutions.map(({ utilities }) => two(utilities[i] ?? 0)),
        ]),
      ],
    },
    "focal packages",
  )}`;
}

function weights(terms: Exhibit): Html {
  return html`<h3>What weighs how much</h3>${dataTable(
    {
      head: ["Issue", ...terms.parties.map(({ name }) => name)],
      rows: terms.issues.map(({ name }, k) => [
        name,
        ...terms.parties.map((_, i) => {
          const share = terms.weights[i]?.[k] ?? 0;
          return share === 0
            ? "–"
            : html`<span class="worth" style="${`--worth:${share.toFixed(2)}`}">${percent(share)}</span>`;
        }),
      ]),
    },
    "weights of issues by party",
  )}<p class="context">Shares of what each party could win or lose at all.</p>`;
}

function logrolling(terms: Exhibit): Html {
  if (terms.logrolls.length === 0) return EMPTY;
  return html`<h3>What to trade</h3><p>Pairs of issues of which each weighs more with one of the two: giving way on the lighter and winning on the heavier pays for both.</p>${dataTable(
    {
      head: [
        "Between",
        "Heavier with the first",
        "Heavier with the second",
        "It costs the first, for each unit won",
        "The second",
      ],
      rows: terms.logrolls.map(({ parties, issues, shares, rates }) => [
        `${partyOf(terms, parties[0])} and ${partyOf(terms, parties[1])}`,
        `${issueOf(terms, issues[0])} (${percent(shares[0][0])} and ${percent(shares[1][0])})`,
        `${issueOf(terms, issues[1])} (${percent(shares[0][1])} and ${percent(shares[1][1])})`,
        two(rates[0]),
        two(rates[1]),
      ]),
    },
    "what to trade",
  )}`;
}
