import type { Assessment, IndicatorExhibit, SourceExhibit } from "../../assess/index.ts";
import { count, decibans, number } from "../../assess/index.ts";
import { parseDate } from "../../core/dates/index.ts";
import { seriesChart } from "../charts/series.ts";
import { timelineChart } from "../charts/timeline.ts";
import { becauseList, contextOf, dataTable, figure, nodeAnchor } from "../figure.ts";
import { anchor, EMPTY, type Html, html } from "../html.ts";

/** What each source states, point by point, beside where the case holds it and what the data say. */
export function statements(assessment: Assessment): Html {
  const stating = assessment.sources.filter((source) => source.statements.length > 0);
  if (stating.length === 0) return EMPTY;
  return html`<section id="statements" aria-labelledby="statements-h"><h2 id="statements-h">What the source says, and what the data say</h2>
<p>Paraphrased point by point; the paragraph is the locator. A verdict is that of the case's own test; a weight is that on the first question it bears on.</p>
${stating.map((source) => statementTable(assessment, source))}</section>`;
}

/** Where the report tells of what a path of the case names, or undefined where it does not. */
function hrefOf(assessment: Assessment, path: string): string | undefined {
  const [section = "", id = ""] = path.split(".");
  const [first] = assessment.questions;
  if (section === "claims" && first?.claims.some((claim) => claim.id === id)) return `#claim-${first.id}-${id}`;
  if (section === "indicators") return `#series-${id}`;
  if (section === "sources") return `#source-${id}`;
  if (section === "questions") return `#q-${id}`;
  if (section === "issues" || section === "positions") return issueHref(assessment, section, id, path);
  if (section === "proposals") return `#proposal-${anchor(id)}`;
  if (section === "norms") return `#norm-${anchor(id)}`;
  if (section === "parties") return assessment.negotiation.factions.length > 0 ? "#what" : undefined;
  if (section === "readings") return `#reading-${anchor(id)}`;
  if (section === "process") return "#what";
  if (section === "events" || section === "agreements") return "#timeline";
  return assessment.nodes[`claim:${id}`] === undefined ? undefined : `#${nodeAnchor(`claim:${id}`)}`;
}

/** Issues and positions are told issue by issue. */
function issueHref(assessment: Assessment, section: string, id: string, path: string): string | undefined {
  const issue = section === "issues" ? id : path.split(".")[3];
  if (issue === undefined) return "#what";
  const known = assessment.negotiation.issues.some((each) => each.id === issue);
  return known ? `#issue-${anchor(issue)}` : undefined;
}

function statementTable(assessment: Assessment, source: SourceExhibit): Html {
  const caption = `Statements of ${source.by ?? source.title}`;
  return html`<h3>${source.by ?? source.title}: ${source.title}</h3>${dataTable(
    {
      head: ["At", "It says", "Sort", "Held by", "The data", "Weight"],
      rows: source.statements.map((statement) => {
        const verdicts = statement.verdicts.flatMap(({ verdict }) => verdict ?? []);
        const weights = statement.verdicts.flatMap(({ weightDb }) => (weightDb === null ? [] : [decibans(weightDb)]));
        return [
          statement.at.length === 0 ? "–" : `¶\u00a0${statement.at.join(", ")}`,
          statement.says,
          statement.kind,
          html`${statement.heldBy.map(({ path, label, line }, index) => html`${index > 0 ? ", " : ""}${holder(assessment, path, label, line)}`)}`,
          html`${verdicts.length === 0 ? "–" : verdicts.map((verdict) => html`<span class="${`verdict ${verdict}`}">${verdict}</span> `)}`,
          weights.join(", ") || "–",
        ];
      }),
    },
    caption,
  )}`;
}

function holder(assessment: Assessment, path: string, label: string, line: string): Html {
  const href = hrefOf(assessment, path);
  return href === undefined
    ? html`<span title="${line}">${label}</span>`
    : html`<a href="${href}" title="${line}">${label}</a>`;
}

/** Series with the tests that use them. */
export function indicators(assessment: Assessment): Html {
  if (assessment.indicators.length === 0) return EMPTY;
  return html`<section id="indicators" aria-labelledby="indicators-h"><h2 id="indicators-h">Indicators and their tests</h2>
${assessment.indicators.map((indicator) => indicatorFigure(assessment, indicator))}</section>`;
}

/** Fewer numbers than these are read better than drawn. */
const DRAWN_FROM = 3;

function indicatorFigure(assessment: Assessment, indicator: IndicatorExhibit): Html {
  const { points, tests, unit } = indicator;
  const [first] = points;
  const last = points.at(-1);
  const span =
    first === undefined || last === undefined
      ? "no observations"
      : `${points.length} observations from ${first.date} (${number(first.value)} ${unit}) to ${last.date} (${number(last.value)} ${unit})`;
  const facts: [string, string | null][] = [
    ["Definition", indicator.definition],
    ["Question", indicator.question],
    ["Asked", indicator.population],
    ["Claimed by", indicator.claimedBy],
    ["Hindsight", indicator.hindsight],
  ];
  const stated = facts.filter(([, text]) => text !== null);
  const because = html`${tests.length === 0 ? EMPTY : html`<ul class="tests">${tests.map((test) => html`<li><span class="${`verdict ${test.verdict}`}">${test.verdict}</span> <strong>${test.claimName}${test.name === null ? "" : ` (${test.name})`}.</strong> ${test.sentence}</li>`)}</ul>`}
<dl class="facts-list">${stated.map(([label, text]) => html`<dt>${label}</dt><dd>${text}</dd>`)}</dl>
${becauseList(assessment, assessment.nodes[indicator.node]?.because ?? [])}`;
  return figure({
    id: `series-${indicator.id}`,
    title: `${indicator.name} (${unit})`,
    alt: `${indicator.name}: ${span}. ${tests.map((test) => `${test.claimName}: ${test.verdict}`).join("; ")}`,
    chart: points.length < DRAWN_FROM ? undefined : seriesChart(indicator),
    table: {
      head: ["Date", unit, "Low", "High", "By"],
      rows: points.map(({ date, value, low, high, by }) => [
        date,
        number(value),
        low === null ? "" : number(low),
        high === null ? "" : number(high),
        by ?? "",
      ]),
    },
    context: contextOf(assessment, [span, indicator.citations.join("; ") || undefined]),
    because,
  });
}

/** Events, agreements and what is scheduled. */
export function events(assessment: Assessment): Html {
  const { timeline } = assessment;
  if (timeline.length === 0) return EMPTY;
  const asOf = assessment.case.asOf === null ? undefined : parseDate(assessment.case.asOf)?.last;
  const ahead = timeline.filter(({ kind }) => kind === "scheduled").length;
  const agreements = timeline.filter(({ kind }) => kind === "agreement").length;
  const happened = count(timeline.length - ahead - agreements, "event");
  const title = `${happened}, ${count(agreements, "earlier agreement")}, ${ahead} scheduled`;
  return html`<section id="events" aria-labelledby="events-h"><h2 id="events-h">Events and agreements</h2>
${figure({
  id: "timeline",
  title,
  alt: `${title}: ${timeline.map(({ date, name }) => `${date} ${name}`).join("; ")}.`,
  chart: timelineChart(timeline, asOf),
  table: {
    head: ["What", "Date", "Text", "By whom, to whom", "Bears on", "Sources"],
    rows: timeline.map((entry) => [
      entry.name,
      entry.until === null ? entry.date : `${entry.date} to ${entry.until}`,
      `${entry.text}${entry.status === null ? "" : ` (${entry.status})`}${entry.rung === null ? "" : ` Rung ${entry.rung}.`}`,
      [entry.actors.join(", "), entry.addressees.length === 0 ? "" : `to ${entry.addressees.join(", ")}`]
        .filter((t) => t !== "")
        .join(" "),
      entry.changes.join(", "),
      entry.citations.join("; "),
    ]),
  },
  context: contextOf(assessment, [
    "● happened, ○ scheduled, ◆ agreement; time runs by the square root of the distance from the day of the analysis",
  ]),
  because: EMPTY,
})}</section>`;
}
