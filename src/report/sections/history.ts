import type { Assessment, BaseRatesExhibit } from "../../assess/index.ts";
import { count, list, percent, percentRange, poolSentence, shrunkSentence } from "../../assess/index.ts";
import { survivalChart } from "../charts/survival.ts";
import { becauseList, contextOf, dataTable, figure } from "../figure.ts";
import { EMPTY, type Html, html } from "../html.ts";

type Exhibit = NonNullable<BaseRatesExhibit>;

/** Names of models, as people read them. */
const MODELS: Readonly<Record<string, string>> = {
  "kaplan-meier": "Kaplan-Meier",
  "aalen-johansen": "Aalen-Johansen",
  exponential: "exponential",
  weibull: "Weibull",
  lognormal: "log-normal",
  loglogistic: "log-logistic",
};
export const modelName = (model: string): string => MODELS[model] ?? model;

/** How fighting ended, as people read it. */
const ENDINGS: Readonly<Record<string, string>> = {
  victory: "victory",
  compromise: "compromise",
  stalemate: "stalemate",
  transformed: "became another war",
  agreement: "agreement",
  ceasefire: "ceasefire",
  "victory-a": "victory of the first side",
  "victory-b": "victory of the second side",
  "low-activity": "low activity",
  "actor-ceases": "a side that ceased to exist",
  "": "had not ended",
};
export const endingName = (ending: string): string => ENDINGS[ending] ?? ending;

/** What a question's base rate comes to, in a sentence with its number at risk. */
export function rateSentence(
  exhibit: Exhibit,
  { within, age, atRisk, rates, shrunk, class: id }: Exhibit["questions"][number],
): string {
  const name = exhibit.classes.find((each) => each.id === id)?.name ?? id;
  const [lead, ...others] = rates;
  if (lead === undefined) return "";
  const told = ({ model, p, low, high }: typeof lead) =>
    `${modelName(model)} ${percent(p)} (80 % ${percentRange(low, high)})`;
  return (
    `“${name}”: ${count(atRisk, "member")} lasted longer than ${age.toFixed(0)} months; within ${within.toFixed(0)} more it came ` +
    `with a chance of ${told(lead)}${others.length === 0 ? "" : `; ${list(others.map(told))}`}.` +
    (shrunk === null ? "" : ` ${shrunkSentence(shrunk)}`)
  );
}

/** What history says before anyone argues about this war: chances by classes of earlier wars, the classes, what came again. */
export function history(assessment: Assessment): Html {
  const { baseRates } = assessment;
  if (baseRates === null) return EMPTY;
  const { questions, classes, recurrence, notes, age } = baseRates;
  return html`<section id="history" aria-labelledby="history-h"><h2 id="history-h">What history says</h2>
<p>How earlier wars went on, for a war that has lasted as long as this one, before anything is argued about it. A class is a judgement: who is in it stands beside it.</p>
${questions.map((each) => html`<h3>${each.text}</h3><p>${rateSentence(baseRates, each)}</p>${each.lasting.length === 0 ? EMPTY : html`<p>They are: ${list(each.lasting)}.</p>`}${sensitivityOf(each)}${becauseList(assessment, [each.node])}`)}
${besideTable(baseRates.beside)}
${notes.map((note) => html`<p class="awaits">${note}</p>`)}
${classes.map((each) =>
  figure({
    id: `class-${each.id}`,
    title: `${each.name}: how long they lasted`,
    alt: each.table
      .map(({ months, survival, atRisk }) => `after ${months} months ${percent(survival)} went on (${atRisk} at risk)`)
      .join("; "),
    chart: survivalChart(each, age),
    table: {
      head: ["Months", "At risk", "Going on", "80 %"],
      rows: each.table.map(({ months, atRisk, survival, low, high }) => [
        String(months),
        String(atRisk),
        percent(survival),
        percentRange(low, high),
      ]),
    },
    context: contextOf(assessment, [
      `${each.members} members, of the ${each.what}`,
      `ended by ${list(each.endings.map(({ ending, count: n }) => `${endingName(ending)} ${n}`))}`,
      each.fits[0] === undefined ? undefined : `dashed: ${modelName(each.fits[0].family)}`,
      each.citation,
    ]),
    because: html`${whoIsIn(each)}${becauseList(assessment, [each.node])}`,
  }),
)}
${recurrenceTable(recurrence)}</section>`;
}

/** Kinds of members, who is left out and why, and the members by name. */
function whoIsIn({ name, kinds, leftOut, named }: Exhibit["classes"][number]): Html {
  const out = leftOut.map(
    ({ count: n, why, names }) => `${n} left out: ${why}${names.length === 0 ? "" : ` (${list(names)})`}.`,
  );
  return html`<p>${[`${list(kinds.map(({ kind, count: n }) => `${kind} ${n}`))}.`, ...out].join(" ")}</p>${
    named.length === 0
      ? EMPTY
      : html`<details><summary>Members by name</summary>${dataTable(
          {
            head: ["Name", "Began", "Months", "Ended by"],
            rows: named.map((each) => [each.name, each.start, each.months.toFixed(1), endingName(each.ending)]),
          },
          `${name}: members`,
        )}</details>`
  }`;
}

/** What other classes would say, and what the few that lasted so long make of it. */
function sensitivityOf({ text, across, without, class: own }: Exhibit["questions"][number]): Html {
  const lowest = without.toSorted((a, b) => a.p - b.p)[0];
  const highest = without.toSorted((a, b) => b.p - a.p)[0];
  return html`${
    across.length < 2
      ? EMPTY
      : dataTable(
          {
            head: ["By another class", "Members", "Lasted so long", "Chance"],
            rows: across.map((each) => [
              each.class === own ? `${each.name} (the one named)` : each.name,
              String(each.members),
              String(each.atRisk),
              percent(each.p),
            ]),
          },
          `${text} By each class`,
        )
  }${
    lowest === undefined || highest === undefined
      ? EMPTY
      : html`<p>Without one of those that lasted so long it is between ${percent(lowest.p)} (without ${lowest.name}) and ${percent(highest.p)} (without ${highest.name}).</p>`
  }`;
}

function besideTable(beside: Exhibit["beside"]): Html {
  const shown = beside.filter(({ estimates }) => estimates.length > 0);
  if (shown.length === 0) return EMPTY;
  return html`<h3>Three estimates of the same question</h3>
<p>Side by side, and not pooled unless the case asks for it: who shares premises is no independent witness.</p>
${dataTable(
  {
    head: ["Question", "Base rate", "Evidence", "Simulation"],
    rows: shown.map(({ text, estimates }) => [
      text,
      ...(["base rate", "evidence", "simulation"] as const).map((from) => {
        const found = estimates.find((each) => each.from === from);
        return found === undefined ? "-" : `${percent(found.p)} (${percentRange(found.low, found.high)})`;
      }),
    ]),
  },
  "estimates side by side",
)}
${shown.map((each) => {
  const said = [...each.shared, ...each.lacks, ...[poolSentence(each) ?? []].flat()];
  return said.length === 0 ? EMPTY : html`<p>${each.text} ${said.join(" ")}</p>`;
})}`;
}

function recurrenceTable(recurrence: Exhibit["recurrence"]): Html {
  if (recurrence.length === 0) return EMPTY;
  const years = recurrence[0]?.within.map((each) => each.years) ?? [];
  return html`<h3>Fought again, by how it had ended</h3>
<p>Association, no effect of the ending: sides that sign are other sides than those that win.</p>
${dataTable(
  {
    head: ["Ended by", "Peaces", ...years.map((n) => `within ${count(n, "year")}`)],
    rows: recurrence.map(({ ending, members, kinds, within }) => [
      endingName(ending),
      `${members} (${kinds.map(({ kind, count: n }) => `${kind} ${n}`).join(", ")})`,
      ...within.map(({ p, low, high }) => `${percent(p)} (${percentRange(low, high)})`),
    ]),
  },
  "peaces that were fought again",
)}`;
}
