import type { Assessment, ClaimRow, QuestionAssessment } from "../../assess/index.ts";
import { decibans, percent, percentRange } from "../../assess/index.ts";
import { achChart } from "../charts/ach.ts";
import { waterfallChart } from "../charts/waterfall.ts";
import { whoSaysWhatChart } from "../charts/who-says-what.ts";
import { becauseList, contextOf, dataTable, drawsContext, figure, nodeAnchor } from "../figure.ts";
import { anchor, EMPTY, type Html, html } from "../html.ts";

/** Why: each question's way from prior to posterior, every claim with its because. */
export function why(assessment: Assessment): Html {
  return html`<section id="why" aria-labelledby="why-h">
<h2 id="why-h">Why: what drives the parties, and what stands in the way?</h2>
<p>${assessment.why.headline}</p>
${assessment.questions.map((question, index) => questionBlock(assessment, question, index === 0))}
</section>`;
}

/** The first question tells each claim in full; the others weigh the same claims in a table. */
function questionBlock(assessment: Assessment, question: QuestionAssessment, full: boolean): Html {
  return html`<section class="question" aria-labelledby="${`q-${question.id}`}">
<h3 id="${`q-${question.id}`}" class="asked">${question.text}</h3>
${question.settledBy === null ? EMPTY : html`<p class="definition"><span class="label">Settled by</span> ${question.settledBy}</p>`}
${question.waterfall.length > 0 ? waterfallFigure(assessment, question) : EMPTY}
${full ? claimList(assessment, question) : claimTable(assessment, question)}
${question.claims.length > 0 ? matrix(assessment, question) : EMPTY}
${question.claims.length > 0 ? saysWhat(assessment, question) : EMPTY}
</section>`;
}

function waterfallFigure(assessment: Assessment, question: QuestionAssessment): Html {
  const [hypothesis] = question.hypotheses;
  const id = hypothesis?.id ?? "";
  const prior = question.prior?.[id];
  const posterior = question.posterior?.[id];
  const name = hypothesis?.text === "yes" ? "the answer yes" : `“${hypothesis?.text}”`;
  const moved =
    prior === undefined || posterior === undefined
      ? `The claims weigh ${decibans(question.waterfall.at(-1)?.to ?? 0)} for ${name}; no prior is stated, so no probability follows`
      : `The evidence moves ${name} from ${percent(prior.central)} to ${percent(posterior.central)}`;
  const interval =
    posterior === undefined
      ? ""
      : question.certain
        ? " Every input is a plain number, so there is no interval."
        : ` Over all draws ${percent(posterior.median)}, 80 % interval ${percentRange(posterior.low80, posterior.high80)}.`;
  const range = assessment.when.likelihood.find((each) => each.question === question.id)?.range;
  const roots = assessment.nodes[question.node]?.because.filter((root) => !root.startsWith("figure:")) ?? [];
  return figure({
    id: `waterfall-${question.id}`,
    title: moved,
    alt: `${moved}.${interval} ${question.waterfall
      .filter(({ kind }) => kind === "claim")
      .map(({ label, text }) => `${label} ${text}`)
      .join("; ")}.`,
    chart: waterfallChart(question),
    table: {
      head: ["Step", "From (dB)", "To (dB)", "Text"],
      rows: question.waterfall.map(({ label, from, to, text }) => [label, signed(from), signed(to), text]),
    },
    context: contextOf(assessment, ["bars at central values", ...drawsContext(assessment, range)]),
    because: html`<p>${interval.trim()}</p>${becauseList(assessment, roots)}`,
  });
}

/** Two decimals, with a minus that is as wide as a figure. */
const signed = (db: number): string => db.toFixed(2).replace("-", "−");

function claimList(assessment: Assessment, question: QuestionAssessment): Html {
  if (question.claims.length === 0) return html`<p>No claim bears on this question.</p>`;
  const sorted = question.claims.toSorted((a, b) => Math.abs(b.leanDb) - Math.abs(a.leanDb));
  return html`<h4>Each claim and its because</h4><ol class="claims">${sorted.map((claim) => claimItem(assessment, question, claim))}</ol>`;
}

/** The claims on a later question, a row each: how strong, why, and where the claim is told in full. */
function claimTable(assessment: Assessment, question: QuestionAssessment): Html {
  if (question.claims.length === 0) return html`<p>No claim bears on this question.</p>`;
  const [hypothesis] = question.hypotheses;
  const sorted = question.claims.toSorted((a, b) => Math.abs(b.leanDb) - Math.abs(a.leanDb));
  const rows = sorted.map((claim) => {
    const strength = assessment.nodes[`parameter:claims.${claim.id}.bears.${question.id}`];
    const without = claim.leaveOneOut?.[hypothesis?.id ?? ""];
    return [
      html`<a href="${`#${nodeAnchor(claim.node)}`}">${claim.name}</a>`,
      html`<span class="${`weight ${claim.leans}`}">${decibans(claim.leanDb)}</span>`,
      claim.credence.toFixed(2),
      String(strength?.value ?? ""),
      strength?.note ?? "",
      without === undefined ? "" : percent(without),
    ];
  });
  return html`<h4>Each claim and its because</h4>${dataTable(
    { head: ["Claim", "Adds", "Credence", "Strength as coded", "Because", "Without it"], rows },
    `claims on: ${question.text}`,
  )}`;
}

function claimItem(assessment: Assessment, question: QuestionAssessment, claim: ClaimRow): Html {
  const [hypothesis] = question.hypotheses;
  const without = claim.leaveOneOut?.[hypothesis?.id ?? ""];
  const node = assessment.nodes[claim.node];
  const way = claim.leans;
  const mark = { driver: "▲", obstacle: "▼", neither: "○" }[way];
  const differs =
    claim.argues !== null && claim.argues !== "neither" && way !== "neither" && claim.argues !== way
      ? html` <strong class="differs">The source argues the other way (${claim.argues}).</strong>`
      : EMPTY;
  const facts = [
    `credence ${claim.credence.toFixed(2)} (${claim.credenceFrom})`,
    claim.counted < 1 && claim.group !== null ? `${percent(claim.counted)} counted in its group` : undefined,
    Math.abs(claim.strength - claim.credence) > 0.005 ? `argument strength ${claim.strength.toFixed(2)}` : undefined,
    claim.verdict === null ? undefined : `data: ${claim.verdict}`,
    without === undefined ? undefined : `without it ${percent(without)}`,
  ].filter((fact) => fact !== undefined);
  return html`<li id="${`claim-${anchor(question.id)}-${anchor(claim.id)}`}"><p class="claim-head"><span class="${`mark ${way}`}" aria-hidden="true">${mark}</span> <strong>${claim.name}</strong> <span class="${`weight ${way}`}">${decibans(claim.leanDb)}</span> <span class="sr">(${way})</span></p>
<p>${claim.text} ${claim.citations.length === 0 ? EMPTY : html`<cite>${claim.citations.join("; ")}</cite>`}${differs}</p>
<p class="facts">${facts.join(" · ")}</p>
${becauseList(assessment, node?.because.filter((id) => id.startsWith("parameter:")) ?? [], claim.name)}
${testLines(assessment, claim)}
<p class="more"><a href="${`#${nodeAnchor(claim.node)}`}">all reasons of “${claim.name}”</a></p></li>`;
}

function testLines(assessment: Assessment, claim: ClaimRow): Html {
  const tests = assessment.indicators.flatMap((indicator) =>
    indicator.tests.filter((test) => test.claim === claim.id).map((test) => ({ indicator, test })),
  );
  if (tests.length === 0) return EMPTY;
  return html`<ul class="tests">${tests.map(
    ({ indicator, test }) =>
      html`<li><span class="${`verdict ${test.verdict}`}">${test.verdict}</span> ${test.sentence} <a href="${`#series-${indicator.id}`}">${indicator.name}</a></li>`,
  )}</ul>`;
}

function matrix(assessment: Assessment, question: QuestionAssessment): Html {
  const { ach } = question;
  const texts = new Map(question.hypotheses.map(({ id, text }) => [id, text]));
  const [lowest = 0, next = 0] = ach.inconsistency.toSorted((a, b) => a - b);
  const finding =
    lowest === next
      ? "the matrix does not tell the leading ones apart"
      : `“${texts.get(ach.ranking[0] ?? "") ?? ""}” has least against it`;
  const scores = ach.hypotheses.map((id, h) => `${texts.get(id) ?? id} ${(ach.inconsistency[h] ?? 0).toFixed(2)}`);
  return figure({
    id: `ach-${question.id}`,
    title: `Competing hypotheses: ${finding}`,
    alt: `Inconsistency scores, less is better: ${scores.join(", ")}. Claims are listed with the most telling first.`,
    chart: achChart(question),
    table: {
      head: ["Claim", "Credence", ...ach.hypotheses.map((id) => texts.get(id) ?? id)],
      rows: [
        ...ach.rows.map((row) => [
          row.name,
          row.credence.toFixed(2),
          ...row.ratings.map(({ rating, derived }) => (derived ? `${rating} (derived)` : rating)),
        ]),
        ["Inconsistency", "", ...ach.inconsistency.map((score) => score.toFixed(2))],
      ],
    },
    context: contextOf(assessment, [
      "CC very consistent .. II very inconsistent; ✎ rated by an analyst, the others derived from likelihoods",
      `inconsistency ${scores.join(", ")}`,
    ]),
    because: html`<p class="definition"><span class="label">Method</span> Heuer (1999): hypotheses are ranked by how little speaks against them; consistent ratings do not count.</p>`,
  });
}

function saysWhat(assessment: Assessment, question: QuestionAssessment): Html {
  const order = question.claims.toSorted((a, b) => b.leanDb - a.leanDb);
  const sources = assessment.sources.filter(({ claims }) => order.some(({ id }) => claims.includes(id)));
  if (sources.length === 0) return EMPTY;
  const carriers = question.sources
    .filter(({ alone }) => alone.length > 0)
    .toSorted((a, b) => b.alone.length - a.alone.length);
  const [most] = carriers;
  const title =
    most === undefined
      ? "Who says what: no claim rests on one source alone"
      : `Who says what: ${most.alone.length} of ${order.length} claims rest on ${most.name} alone`;
  return figure({
    id: `says-${question.id}`,
    title,
    alt: `${title}. ${sources.map((source) => `${source.by ?? source.title}: ${source.claims.filter((id) => order.some((claim) => claim.id === id)).length} claims`).join("; ")}.`,
    chart: whoSaysWhatChart(question, sources),
    table: {
      head: ["No.", "Claim", "Weight", "Sources"],
      rows: order.map((claim, index) => [
        String(index + 1),
        claim.name,
        decibans(claim.leanDb),
        claim.citations.join("; "),
      ]),
    },
    context: contextOf(assessment, ["▲ driver, ▼ obstacle; size by weight; claims numbered as in the table"]),
    because: html`<ol class="legend">${order.map((claim) => html`<li>${claim.name}</li>`)}</ol>`,
  });
}
