import type { Assessment, NegotiationExhibit } from "../../assess/index.ts";
import { capital } from "../../assess/index.ts";
import { dataTable, nodeAnchor } from "../figure.ts";
import { anchor, EMPTY, type Html, html } from "../html.ts";
import { negotiationAnalysis } from "./terms.ts";

type Issue = NegotiationExhibit["issues"][number];
type Stance = NegotiationExhibit["positions"][number]["stances"][number];
type Proposal = NegotiationExhibit["proposals"][number];

/** What: issues and positions, proposals, norms, who must consent, the process. */
export function negotiation(assessment: Assessment): Html {
  const { negotiation: held, what } = assessment;
  return html`<section id="what" aria-labelledby="what-h"><h2 id="what-h">What: which terms could every party accept?</h2>
${what.status === "awaits" ? EMPTY : html`<p>${what.headline}</p>`}
${what.awaits.map(({ says }) => html`<p class="awaits">${says}</p>`)}
${negotiationAnalysis(assessment)}
${held.issues.length === 0 ? EMPTY : issues(held)}
${held.positions.length === 0 && held.factions.length === 0 ? EMPTY : consent(held)}
${held.proposals.length === 0 ? EMPTY : proposals(held)}
${held.norms.length === 0 ? EMPTY : norms(held)}
${held.process.length === 0 ? EMPTY : process(held)}
</section>`;
}

function issues(held: NegotiationExhibit): Html {
  const legend =
    held.positions.length === 0
      ? EMPTY
      : html`<p class="context">What each option is worth to a party, 1 the best and 0 the worst; a range where the analyst is unsure. <abbr title="stated by the party">s</abbr> stated by the party, <abbr title="inferred by an analyst">i</abbr> inferred by an analyst, ✕ a red line, § stands against a norm. A dash: no value is coded.</p>`;
  return html`<h3>Issues and positions</h3>${legend}${held.issues.map((issue) => issueBlock(held, issue))}`;
}

function issueBlock(held: NegotiationExhibit, issue: Issue): Html {
  const holders = held.positions.flatMap(({ name, stances }) => {
    const stance = stances.find((each) => each.issue === issue.id);
    return stance === undefined ? [] : [{ name, stance }];
  });
  return html`<div class="issue" id="${`issue-${anchor(issue.id)}`}"><h4>${issue.name}</h4>${issue.text === null ? EMPTY : html`<p>${issue.text}</p>`}
${dataTable(
  {
    head: ["Option", ...holders.map(({ name }) => name)],
    rows: issue.options.map((option) => [
      html`<span title="${option.text ?? ""}">${option.name}</span>${normMark(held, option.norms)}`,
      ...holders.map(({ stance }) => valueCell(stance, option.id)),
    ]),
  },
  `options and positions: ${issue.name}`,
)}
${holders.length === 0 ? EMPTY : html`<details><summary>Whose judgement, and why</summary><ul class="tests">${holders.map(({ name, stance }) => groundsOf(name, stance))}</ul></details>`}</div>`;
}

/** A mark for the norms that an option stands against, with their number where there are several. */
function normMark(held: NegotiationExhibit, against: readonly string[]): Html {
  const [first] = against;
  if (first === undefined) return EMPTY;
  const names = against.map((norm) => normName(held, norm)).join("; ");
  const several = against.length > 1 ? html`<sub>${against.length}</sub>` : "";
  return html` <a href="${`#norm-${anchor(first)}`}" title="${names}"><span aria-hidden="true">§${several}</span><span class="sr">against ${names}</span></a>`;
}

function valueCell(stance: Stance, option: string): Html | string {
  const value = stance.values.find((each) => each.option === option);
  const red = stance.redLines.includes(option)
    ? html` <strong class="obstacle" title="red line">✕</strong><span class="sr"> red line</span>`
    : EMPTY;
  if (value === undefined) return red === EMPTY ? "–" : red;
  const basis =
    value.basis === null ? EMPTY : html`<sup><abbr title="${value.basis}">${value.basis.charAt(0)}</abbr></sup>`;
  return html`<span class="worth" style="${`--worth: ${value.central.toFixed(2)}`}">${value.text}</span>${basis}${red}`;
}

function groundsOf(name: string, stance: Stance): Html {
  const weight = stance.weight === null ? "" : ` · weight ${stance.weight}`;
  const own = stance.values.filter(({ because, citations }) => because !== null || citations.length > 0);
  return html`<li><strong>${name}</strong> <span class="line">${stance.basis ?? ""}${stance.by === null ? "" : ` by ${stance.by}`}${weight}</span> ${stance.because ?? ""} <cite>${stance.citations.join("; ")}</cite> <a href="${`#${nodeAnchor(stance.node)}`}">in the case</a>${
    own.length === 0
      ? EMPTY
      : html`<ul>${own.map((value) => html`<li>${capital(value.option.replaceAll("-", " "))}: ${value.because ?? ""} <cite>${value.citations.join("; ")}</cite></li>`)}</ul>`
  }</li>`;
}

function normName(held: NegotiationExhibit, id: string): string {
  return held.norms.find((norm) => norm.id === id)?.name ?? id;
}

const ACCEPTS = { required: "must accept", ratifies: "must ratify", none: "need not consent" } as const;

function consent(held: NegotiationExhibit): Html {
  const parties =
    held.positions.length === 0
      ? EMPTY
      : dataTable(
          {
            head: ["Party", "An agreement", "Without one it gets", "Because"],
            rows: held.positions.map((position) => [
              position.name,
              position.accepts === null ? "–" : ACCEPTS[position.accepts],
              position.reservation ?? "–",
              html`${position.because ?? ""} <cite>${position.citations.join("; ")}</cite>`,
            ]),
          },
          "who must consent",
        );
  const factions =
    held.factions.length === 0
      ? EMPTY
      : html`<h4>Factions that bind a party's hands</h4>${dataTable(
          {
            head: ["Faction", "Of", "Consent", "What it stands for", "Aims"],
            rows: held.factions.map((faction) => [
              faction.name,
              faction.party,
              faction.ratifies === null ? "–" : faction.ratifies ? "needed" : "not needed",
              html`${faction.text ?? ""} <cite>${faction.citations.join("; ")}</cite>`,
              html`${faction.aims.map(({ text, basis, citations }) => html`<div><span class="chip">${basis}</span> ${text} <cite>${citations.join("; ")}</cite></div>`)}`,
            ]),
          },
          "factions",
        )}`;
  return html`<h3>Who must consent</h3>${parties}${factions}`;
}

function proposals(held: NegotiationExhibit): Html {
  return html`<h3>Proposals</h3><div class="cards">${held.proposals.map((proposal) => proposalCard(held, proposal))}</div>`;
}

function proposalCard(held: NegotiationExhibit, proposal: Proposal): Html {
  const open = held.issues.filter(({ id }) => proposal.package.every(({ issue }) => issue !== id));
  const from = [proposal.by.join(", "), proposal.date ?? ""].filter((part) => part !== "").join(", ");
  return html`<article class="card" id="${`proposal-${anchor(proposal.id)}`}"><h4>${proposal.name}</h4><p class="facts">${from}</p>
${proposal.text === null ? EMPTY : html`<p>${proposal.text} <cite>${proposal.citations.join("; ")}</cite></p>`}
<dl class="facts-list">${proposal.package.map(({ issue, options }) => html`<dt>${issueName(held, issue)}</dt><dd>${options.map((option) => optionName(held, issue, option)).join(" or ")}</dd>`)}
${open.length === 0 ? EMPTY : html`<dt>Left open</dt><dd>${leftOpen(held, open)}</dd>`}
${proposal.norms.length === 0 ? EMPTY : html`<dt>Against</dt><dd>${proposal.norms.map((norm, index) => html`${index > 0 ? "; " : ""}<a href="${`#norm-${anchor(norm)}`}">${normName(held, norm)}</a>`)}</dd>`}</dl>
${proposal.note === null ? EMPTY : html`<p class="note">${proposal.note}</p>`}</article>`;
}

/** Few open issues by name, many by their number. */
function leftOpen(held: NegotiationExhibit, open: readonly Issue[]): string {
  if (open.length <= 3) return open.map(({ name }) => name).join(", ");
  return `${open.length} of ${held.issues.length} issues`;
}

function issueName(held: NegotiationExhibit, id: string): string {
  return held.issues.find((issue) => issue.id === id)?.name ?? id;
}

function optionName(held: NegotiationExhibit, issue: string, option: string): string {
  const options = held.issues.find(({ id }) => id === issue)?.options ?? [];
  return options.find(({ id }) => id === option)?.name ?? option;
}

function norms(held: NegotiationExhibit): Html {
  return html`<h3>Norms that options touch</h3><p class="context">A norm is a flag beside an option, not a veto.</p>${dataTable(
    {
      head: ["Norm", "What it says", "Binds", "Options that stand against it"],
      rows: held.norms.map((norm) => [
        html`<span id="${`norm-${anchor(norm.id)}`}">${norm.name}</span>`,
        html`${norm.text} <cite>${norm.citations.join("; ")}</cite>`,
        norm.parties.join(", ") || "–",
        norm.touches
          .map(
            ({ issue, options }) =>
              `${issueName(held, issue)}: ${options.map((option) => optionName(held, issue, option)).join(", ")}`,
          )
          .join("; ") || "–",
      ]),
    },
    "norms",
  )}`;
}

function process(held: NegotiationExhibit): Html {
  return html`<h3>The process</h3>${dataTable(
    {
      head: ["Part", "What there is", "Source"],
      rows: held.process.map(({ what, text, because, citations }) => [
        capital(what),
        because === null ? text : `${text} ${because}`,
        citations.join("; ") || "–",
      ]),
    },
    "process",
  )}`;
}
