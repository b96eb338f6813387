import type { Assessment, ClaimRow, QuestionAssessment, ReadingInfo } from "../../assess/index.ts";
import { percent } from "../../assess/index.ts";
import { dataTable } from "../figure.ts";
import { anchor, EMPTY, type Html, html } from "../html.ts";
import { simulatedChanges } from "./sensitivity.ts";

/** What would change the answer: claims, sources, groups, readings. */
export function changes(assessment: Assessment): Html {
  const questions = assessment.questions.filter(({ posterior, claims }) => posterior !== null && claims.length > 0);
  return html`<section id="changes" aria-labelledby="changes-h"><h2 id="changes-h">What would change the answer?</h2>
<p>${assessment.changes.headline}</p>
${questions.map(questionTables)}
${simulatedChanges(assessment)}
${assessment.readings.length === 0 ? EMPTY : html`<h3>Readings</h3>${assessment.readings.map(readingBlock)}`}
${assessment.changes.awaits.map(({ says }) => html`<p class="awaits">${says}</p>`)}
</section>`;
}

function questionTables(question: QuestionAssessment): Html {
  const [hypothesis] = question.hypotheses;
  const id = hypothesis?.id ?? "";
  const central = question.posterior?.[id]?.central ?? 0;
  const without = (row: { leaveOneOut: Readonly<Record<string, number>> | null }) => row.leaveOneOut?.[id] ?? central;
  const bySize = <T extends Parameters<typeof without>[0]>(rows: readonly T[]): T[] =>
    rows.toSorted((a, b) => Math.abs(without(b) - central) - Math.abs(without(a) - central));
  const threshold = percent(question.threshold);
  const groups = bySize(question.groups.filter(({ correlation }) => correlation !== null));
  const sources = bySize(question.sources.filter(({ alone }) => alone.length > 0));
  return html`<h3>${question.text}</h3><p>At central values ${percent(central)}.</p>
${dataTable(
  {
    head: ["Without this claim", "It becomes", `To reach ${threshold} it would need`],
    rows: bySize(question.claims).map((claim) => [claim.name, percent(without(claim)), flip(claim)]),
  },
  `claims: ${question.text}`,
)}
${
  sources.length === 0
    ? EMPTY
    : dataTable(
        {
          head: ["Without what rests on this source alone", "It becomes", "Claims"],
          rows: sources.map((source) => [source.name, percent(without(source)), String(source.alone.length)]),
        },
        `sources: ${question.text}`,
      )
}
${
  groups.length === 0
    ? EMPTY
    : dataTable(
        {
          head: ["Without this group", "It becomes", "Shapley share", "Correlation"],
          rows: groups.map((group) => [
            group.name,
            percent(without(group)),
            points(group.shapley?.[id] ?? 0),
            (group.correlation ?? 0).toFixed(2),
          ]),
        },
        `groups: ${question.text}`,
      )
}`;
}

function points(share: number): string {
  const value = (share * 100).toFixed(1);
  return `${share > 0 ? "+" : ""}${value.replace("-", "−")} points`;
}

function flip({ flip: point }: ClaimRow): string {
  if (point === null) return "no value does it";
  if (point.ratio === null) return factorWords(point.factor ?? 0);
  return point.ratio >= 1
    ? `a ratio of ${point.ratio.toPrecision(3)} : 1`
    : `a ratio of 1 : ${(1 / point.ratio).toPrecision(3)}`;
}

/** A factor in words: below 0 the claim would have to point the other way. */
function factorWords(factor: number): string {
  const size = Math.abs(factor).toPrecision(2);
  return factor < 0 ? `to point the other way, at ${size} times its weight` : `${size} times its weight`;
}

function readingBlock(reading: ReadingInfo): Html {
  const by = reading.by === null ? "" : ` · ${reading.by}`;
  return html`<div class="reading" id="${`reading-${anchor(reading.id ?? "")}`}"><h4>${reading.name} <span class="chip">${reading.kind}</span></h4>
<p>${reading.because ?? ""} ${reading.citations.length === 0 ? EMPTY : html`<cite>${reading.citations.join("; ")}</cite>`}<span class="line">${by}</span></p>
${dataTable(
  {
    head: ["It changes", "From", "To", "Because"],
    rows: reading.changes.map(({ what, from, to, because }) => [what, from, to, because ?? "see above"]),
  },
  `changes of the reading ${reading.name}`,
)}</div>`;
}
