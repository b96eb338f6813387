import type { Assessment, SimulationExhibit } from "../../assess/index.ts";
import { count, number, percent, percentRange } from "../../assess/index.ts";
import { type FanOf, fanChart } from "../charts/fan.ts";
import { bandsOf, occupancyChart, shareOf } from "../charts/occupancy.ts";
import { aidLines, frontChart, monthLines, rungLines } from "../charts/traces.ts";
import { becauseList, contextOf, dataTable, figure } from "../figure.ts";
import { EMPTY, type Html, html } from "../html.ts";

type Exhibit = NonNullable<SimulationExhibit>;

const FANS: readonly (readonly [of: FanOf, name: string])[] = [
  ["talksBy", "Talks"],
  ["stopBy", "A stop of the fighting"],
  ["settlementBy", "A settlement"],
];
/** Months that tables tell. */
const TOLD = [3, 6, 12, 24, 36, 60];

/** The simulation's part of when: the chance of talks, a stop and a settlement by month, and who would win by arms. */
export function simulatedWhen(assessment: Assessment): Html {
  const { simulation } = assessment;
  if (simulation === null) return EMPTY;
  return html`<h3>Simulated: by which date?</h3>
<p>${count(simulation.runs, "trajectory", "trajectories")} of fighting, learning and bargaining under each reading, seed ${simulation.seed}. A model's arithmetic, fitted to no later event; readings differ far more than the error of any one line.${simulation.same.length === 0 ? "" : ` ${simulation.same.length} readings leave the war as it is and have no line of their own: ${simulation.same.join(", ")}.`}</p>
${simulation.questions.length === 0 ? EMPTY : questionTable(simulation)}
${FANS.map(([of, name]) => fan(assessment, simulation, of, name))}
${victories(simulation)}`;
}

function questionTable(simulation: Exhibit): Html {
  return dataTable(
    {
      head: ["Question", "By", "As looked at", "Parameters drawn", "Over readings", "Stress tests"],
      rows: simulation.questions.map((question) => {
        const own = question.readings.find(({ reading }) => reading === simulation.predictive.reading);
        return [
          question.text,
          question.date,
          `${percent(own?.p ?? 0)} (±${(100 * (own?.se ?? 0)).toFixed(1)})`,
          percent(question.predictive.p),
          percentRange(question.range.low, question.range.high),
          question.stress === null ? "–" : percentRange(question.stress.low, question.stress.high),
        ];
      }),
    },
    "questions in the simulation",
  );
}

/** The event of a question that each fan tells of. */
const EVENTS: Readonly<Record<FanOf, string>> = { talksBy: "talks", stopBy: "stop", settlementBy: "settlement" };

function fan(assessment: Assessment, simulation: Exhibit, of: FanOf, name: string): Html {
  const months = TOLD.filter((month) => month <= simulation.months);
  const own = simulation.predictive.reading;
  const at = (each: Exhibit["predictive"], month: number) => percent(each[of][month - 1] ?? 0);
  const looked = simulation.readings.find(({ reading }) => reading === own);
  const base = assessment.baseRates?.questions.find(({ event }) => event === EVENTS[of])?.byMonth;
  const told = months.map((month) => `month ${month} ${looked === undefined ? "" : at(looked, month)}`);
  return figure({
    id: `fan-${of}`,
    title: `${name}: share of trajectories in which it has come, by month`,
    alt: `${name}, as looked at: ${told.join(", ")}.`,
    chart: fanChart(simulation, of, own, [], base),
    table: {
      head: ["Reading", ...months.map((month) => simulation.dates[month - 1] ?? `month ${month}`)],
      rows: [
        ...simulation.readings.map((each) => [
          each.kind === "stress" ? `${each.name} (stress)` : each.name,
          ...months.map((month) => at(each, month)),
        ]),
        ["Parameters drawn", ...months.map((month) => at(simulation.predictive, month))],
        ...(base === undefined ? [] : [["Base rate", ...months.map((month) => percent(base[month - 1] ?? 0))]]),
      ],
    },
    context: contextOf(assessment, [
      "heavy line: as looked at; thin: other views; dashed: stress tests, nobody's view; dotted: parameters drawn anew",
      base === undefined ? undefined : "dashes and dots: the base rate, by earlier wars that had lasted as long",
      `${simulation.runs} trajectories each, standard error at most 1.6 points`,
    ]),
    because: EMPTY,
  });
}

function victories(simulation: Exhibit): Html {
  const months = [12, 24, 60].filter((month) => month <= simulation.months);
  const rows = simulation.readings.flatMap((each) =>
    simulation.sides.map((side, i) => [
      `${each.name}${each.kind === "stress" ? " (stress)" : ""}`,
      side,
      ...months.map((month) => percent(each.victory[i]?.[month - 1] ?? 0)),
    ]),
  );
  return html`<h4>Who would win by arms, and by when</h4><p>Beside any claim that neither side can: the share of trajectories in which each side's opponent has collapsed.</p>${dataTable(
    { head: ["Reading", "Side", ...months.map((month) => `${month} months`)], rows },
    "victories by arms",
  )}`;
}

/** The simulation's part of would it hold: where trajectories are by month, relapse, silent guns with nothing settled. */
export function simulatedHolds(assessment: Assessment): Html {
  const { simulation } = assessment;
  if (simulation === null) return EMPTY;
  const months = TOLD.filter((month) => month <= simulation.months);
  const bands = bandsOf(simulation);
  const share = (month: number, band: (typeof bands)[number]) => percent(shareOf(simulation, band, month));
  const last = simulation.months;
  return html`${figure({
    id: "occupancy",
    title: "Where trajectories are, by month",
    alt: `After ${last} months: ${bands.map((band) => `${band.name} ${share(last, band)}`).join(", ")}.`,
    chart: occupancyChart(simulation),
    table: {
      head: ["State", ...months.map((month) => simulation.dates[month - 1] ?? `month ${month}`)],
      rows: bands.map((band) => [band.name, ...months.map((month) => share(month, band))]),
    },
    context: contextOf(assessment, [
      `from the bottom: ${bands.map(({ name }) => name).join("; ")}`,
      `${simulation.runs} trajectories`,
    ]),
    because: EMPTY,
  })}
${dataTable(
  {
    head: [
      "Reading",
      "Relapse of the first stop within 3 months",
      "12 months",
      "24 months",
      "Guns silent, nothing settled, at the end",
      "Settled by the end",
    ],
    rows: simulation.readings.map((each) => [
      `${each.name}${each.kind === "stress" ? " (stress)" : ""}`,
      ...each.relapse.map(({ p }) => percent(p)),
      percent(each.unsettled.at(-1) ?? 0),
      percent(each.settlementBy.at(-1) ?? 0),
    ]),
  },
  "relapse by reading",
)}
${terms(simulation)}
${traces(assessment, simulation)}`;
}

/** On what terms trajectories stop: where the line runs, and which package goes with it. */
function terms({ terms: found, sides }: Exhibit): Html {
  const rows = (["ceasefire", "settlement"] as const).map((of) => {
    const { share, packages } = found[of];
    const named = packages
      .filter(({ p }) => p > 0)
      .toSorted((one, two) => two.p - one.p)
      .map(({ name, p }) => `${name} ${percent(p)}`);
    return [
      of === "ceasefire" ? "The last ceasefire" : "The last settlement",
      share === null ? "never comes" : percent(share.p50),
      share === null ? "–" : percentRange(share.p05, share.p95),
      named.join(", "),
    ];
  });
  return html`<h3>On what terms</h3>${dataTable(
    { head: ["Terms of", `Share of the stake to ${sides[0]}, median`, "90 % of them", "With which package"], rows },
    "terms in the simulation",
  )}`;
}

/** Inside trajectories: where the front is, whose aid flows, how high the ladder stands. */
function traces(assessment: Assessment, simulation: Exhibit): Html {
  const { traces: found, sides } = simulation;
  const months = TOLD.filter((month) => month <= simulation.months);
  const dates = months.map((month) => simulation.dates[month - 1] ?? `month ${month}`);
  const context = contextOf(assessment, [
    `${found.runs} trajectories at central values`,
    `of those that have not ended (after ${simulation.months} months ${percent(found.open.at(-1) ?? 0)})`,
  ]);
  const at = (values: readonly number[], digits: (value: number) => string) =>
    months.map((month) => digits(values[month - 1] ?? 0));
  const last = simulation.months - 1;
  const named = (lines: readonly { readonly name: string; readonly values: readonly number[] }[], unit: string) =>
    lines.map(({ name, values }) => `${name} ${number(values[last] ?? 0)}${unit}`).join(", ");
  const aid = aidLines(found);
  const rungs = rungLines(found, sides);
  return html`<h3>Inside the trajectories</h3>
${figure({
  id: "trace-front",
  title: `Share of the stake that ${sides[0]} holds, by month`,
  alt: `After ${simulation.months} months the median is ${percent(found.front.median[last] ?? 0)}, 90 % between ${percent(found.front.low[last] ?? 0)} and ${percent(found.front.high[last] ?? 0)}.`,
  chart: frontChart(found),
  table: {
    head: ["", ...dates],
    rows: [
      ["5 % point", ...at(found.front.low, percent)],
      ["Median", ...at(found.front.median, percent)],
      ["95 % point", ...at(found.front.high, percent)],
    ],
  },
  context,
  because: EMPTY,
})}
${
  aid.length === 0
    ? EMPTY
    : figure({
        id: "trace-aid",
        title: "Whose aid flows, by month",
        alt: `Share of trajectories in which aid flows after ${simulation.months} months: ${named(aid, " %")}.`,
        chart: monthLines(aid, "%", 105),
        table: {
          head: ["Backer", ...dates],
          rows: aid.map(({ name }, j) => [name, ...at(found.aid[j]?.flowing ?? [], percent)]),
        },
        context,
        because: EMPTY,
      })
}
${figure({
  id: "trace-escalation",
  title: "Rung of the ladder of escalation, by month",
  alt: `Mean rung after ${simulation.months} months: ${named(rungs, "")}.`,
  chart: monthLines(rungs, ""),
  table: {
    head: ["Side", ...dates],
    rows: rungs.map(({ name, values }) => [name, ...at(values, (value) => value.toFixed(2))]),
  },
  context,
  because: EMPTY,
})}`;
}

/** Every parameter of the simulation with its place in the case. */
export function simulationParameters(assessment: Assessment): Html {
  const { simulation } = assessment;
  if (simulation === null) return EMPTY;
  const set = simulation.parameters.filter(({ assumed }) => !assumed);
  const assumed = simulation.parameters.filter((each) => each.assumed);
  const rows = (of: typeof set) =>
    of.map(({ label, text, unit, path, line, central, uncertain }) => [
      label,
      uncertain ? `${text} (median ${number(central)})` : text,
      unit,
      html`<code>${path}</code>${line === "" ? EMPTY : html` <span class="line">${line}</span>`}`,
    ]);
  const head = ["What it is", "Value", "Unit", "In the case"];
  return html`<section id="parameters" aria-labelledby="parameters-h"><h2 id="parameters-h">Parameters of the simulation</h2>
<p>${count(set.length, "parameter")} set by the case, ${assumed.length} taken from Parley's defaults.</p>
<details class="kind"><summary>Set by the case (${set.length})</summary>${dataTable({ head, rows: rows(set) }, "parameters set by the case")}</details>
${assumed.length === 0 ? EMPTY : html`<details class="kind"><summary>Assumed (${assumed.length})</summary>${dataTable({ head, rows: rows(assumed) }, "parameters assumed")}</details>`}
${becauseList(assessment, assessment.nodes[simulation.node]?.because.filter((id) => id.startsWith("engine:")) ?? [])}</section>`;
}
