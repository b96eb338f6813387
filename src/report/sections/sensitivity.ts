import type { Assessment, SensitivityExhibit } from "../../assess/index.ts";
import { count, list, number, percent, points, pointsRange } from "../../assess/index.ts";
import { leversChart, tornadoChart } from "../charts/levers.ts";
import { contextOf, dataTable, figure, nodeAnchor } from "../figure.ts";
import { EMPTY, type Html, html } from "../html.ts";

type Exhibit = NonNullable<SensitivityExhibit>;
type Output = Exhibit["outputs"][number];
type Lever = Exhibit["levers"][number];
type Effect = Lever["effects"][number];

/** The simulation's part of what would change the answer: options, sensitivities, one parameter at a time, drivers. */
export function simulatedChanges(assessment: Assessment): Html {
  const { sensitivity } = assessment;
  if (sensitivity === null) return EMPTY;
  return html`${leverBlock(assessment, sensitivity, "option")}${leverBlock(assessment, sensitivity, "sensitivity")}
${sensitivity.tornado.length === 0 ? EMPTY : tornadoes(assessment, sensitivity)}
${sensitivity.drivers.length === 0 ? EMPTY : drivers(sensitivity)}`;
}

const BLOCKS = {
  option: {
    title: "Options: what parties could do",
    says: "Each row sets some parameters of the simulation and leaves everything else equal. It shows every answer at once and is no advice: an option has its price, and others must consent.",
  },
  sensitivity: {
    title: "Sensitivities: what could happen",
    says: "Losses, leaders, arms, escalation: looked at because the answer hangs on them, never as something to be brought about.",
  },
} as const;

function leverBlock(assessment: Assessment, exhibit: Exhibit, kind: Lever["kind"]): Html {
  const levers = exhibit.levers.filter((lever) => lever.kind === kind);
  if (levers.length === 0) return EMPTY;
  const { title, says } = BLOCKS[kind];
  const leading = exhibit.outputs
    .filter(({ question, unit }) => question !== null && unit === "probability")
    .slice(0, 1);
  return html`<h3>${title}</h3><p>${says}</p>
${leading.map((output) => leverFigure(assessment, exhibit, levers, output))}
<p class="more">Below: the change with its standard error as looked at, and its range over the readings in small type. Chances in points of percent, losses in shares of the force of today.</p>
${dataTable(
  {
    head: ["Lever", ...exhibit.outputs.map(({ short }) => short)],
    rows: levers.map((lever) => [leverName(lever), ...exhibit.outputs.map((output) => effectCell(lever, output))]),
  },
  title,
)}`;
}

function leverFigure(assessment: Assessment, exhibit: Exhibit, levers: readonly Lever[], output: Output): Html {
  const of = ({ effects }: Lever) => effects.find((each) => each.output === output.id);
  const told = levers.map((lever) => `${lever.name} ${points(of(lever)?.difference ?? 0)}`);
  const [kind] = levers.map((lever) => lever.kind);
  return figure({
    id: `levers-${kind ?? ""}-${output.id}`,
    title: `${output.label}: what each would change`,
    alt: `${output.label}: ${told.join("; ")}.`,
    chart: leversChart(levers, output.id),
    table: {
      head: ["Lever", "Without", "With", "Change", "Standard error", "Over readings", "Stress tests"],
      rows: levers.map((lever) => {
        const effect = of(lever);
        return effect === undefined
          ? [lever.name]
          : [
              lever.name,
              percent(effect.base),
              percent(effect.result),
              points(effect.difference),
              (100 * effect.se).toFixed(1),
              pointsRange(effect.range.low, effect.range.high),
              effect.stress === null ? "–" : pointsRange(effect.stress.low, effect.stress.high),
            ];
      }),
    },
    context: contextOf(assessment, [
      "● as looked at (grey: within two standard errors of nothing), heavy line: over readings, thin: over stress tests",
      `${exhibit.leverRuns} trajectories without and with, ${exhibit.readingRuns} under each other reading, common random numbers`,
    ]),
    because: html`<p class="more">Why: ${levers.map(
      (lever, i) => html`${i === 0 ? "" : ", "}<a href="${`#${nodeAnchor(lever.node)}`}">${lever.name}</a>`,
    )}.</p>`,
  });
}

function leverName(lever: Lever): Html {
  const done = lever.doneBy.length === 0 ? "" : `By ${list(lever.doneBy)}. `;
  const consent = lever.consentOf.length === 0 ? "" : `Needs the consent of ${list(lever.consentOf)}. `;
  const sets = lever.changes.map(({ path, from, to }) => `${path} ${number(from)} → ${number(to)}`);
  const cited = lever.citations.length === 0 ? "" : ` ${lever.citations.join("; ")}.`;
  return html`<a href="${`#${nodeAnchor(lever.node)}`}">${lever.name}</a><details><summary>who, what, why</summary><span class="note">${done}${consent}Sets ${sets.join("; ")}. ${lever.because ?? ""}${cited} <span class="line">${lever.line}</span></span></details>`;
}

function effectCell(lever: Lever, output: Output): Html | string {
  const effect = lever.effects.find((each) => each.output === output.id);
  if (effect === undefined) return "–";
  const text = sizeOf(effect, output);
  const over = bounds(effect.range, output);
  const range = text.startsWith(`${over} `) ? EMPTY : html` <small class="note">${over}</small>`;
  return html`<span class="${Math.abs(effect.difference) > 2 * effect.se ? "" : "note"}">${text}</span>${range}`;
}

function sizeOf({ difference, se }: Effect, { unit }: Output): string {
  return unit === "probability"
    ? `${bare(points(difference))} ±${(100 * se).toFixed(1)}`
    : `${signedShare(difference)} ±${se.toFixed(2)}`;
}

const bare = (text: string): string => text.replace(/\s*points$/, "");

function signedShare(value: number): string {
  const text = Math.abs(value).toFixed(2);
  return Number(text) === 0 ? "0" : `${value < 0 ? "−" : "+"}${text}`;
}

function bounds({ low, high }: { readonly low: number; readonly high: number }, { unit }: Output): string {
  const word = (value: number) => (unit === "probability" ? bare(points(value)) : signedShare(value));
  const [a, b] = [word(low), word(high)];
  return a === b ? a : `${a} to ${b}`;
}

/** Outputs that are chances and that parameters move at all. */
function moved(exhibit: Exhibit): readonly (readonly [Output, Exhibit["tornado"][number]])[] {
  return exhibit.tornado.flatMap((each) => {
    const output = exhibit.outputs.find(({ id }) => id === each.output);
    const [widest] = each.bars;
    return output === undefined || widest === undefined || widest.low.result === widest.high.result
      ? []
      : [[output, each] as const];
  });
}

function tornadoes(assessment: Assessment, exhibit: Exhibit): Html {
  return html`<h3>One parameter at a time</h3>
<p>Each of the ${count(exhibit.parameters, "uncertain parameter")} goes from its 5 % to its 95 % point, the others staying at their central values. The widest bars are what to look at first; a bar says nothing of what parameters do together.</p>
${moved(exhibit)
  .filter(([{ unit }]) => unit === "probability")
  .map(([output, each], index) => {
    const drawn = tornadoFigure(assessment, exhibit, output, each);
    return index < 2 ? drawn : html`<details class="kind"><summary>${output.label}</summary>${drawn}</details>`;
  })}`;
}

function tornadoFigure(
  assessment: Assessment,
  exhibit: Exhibit,
  output: Output,
  each: Exhibit["tornado"][number],
): Html {
  const told = each.bars
    .slice(0, 5)
    .map(({ label, low, high }) => `${label} from ${percent(low.result)} to ${percent(high.result)}`);
  return figure({
    id: `tornado-${output.id}`,
    title: `${output.label}: what moves it`,
    alt: `${output.label}, ${percent(each.base)} at central values: ${told.join("; ")}.`,
    chart: tornadoChart(each),
    table: {
      head: ["Parameter", "In the case", "At 5 %", "At 95 %", "Result low", "Result high", "Swing"],
      rows: each.bars.map(({ label, path, line, low, high, swing, se }) => [
        label,
        html`<code>${path}</code> <span class="line">${line}</span>`,
        number(low.value),
        number(high.value),
        percent(low.result),
        percent(high.result),
        `${points(swing)} (±${(100 * se).toFixed(1)})`,
      ]),
    },
    context: contextOf(assessment, [
      "orange: at the parameter's 5 % point; blue: at its 95 % point; the line: central values",
      `${exhibit.tornadoRuns} trajectories at each end, common random numbers; the ${each.bars.length} widest of ${exhibit.parameters}`,
    ]),
    because: html`<p class="more"><a href="${`#${nodeAnchor(each.node)}`}">Why</a></p>`,
  });
}

function drivers(exhibit: Exhibit): Html {
  const outputs = new Map(exhibit.outputs.map((output) => [output.id, output]));
  const shown = exhibit.drivers.filter(({ spread }) => spread > 0);
  if (shown.length === 0) return EMPTY;
  return html`<h3>Chance and what is not known</h3>
<p>Two things spread an outcome: chance inside the model, which no knowledge takes away, and parameters that nobody knows. The second spreads the chance itself. Shares are of what parameters make of the variance; what knowing one would bring a forecast is small as long as most is chance.</p>
${dataTable(
  {
    head: [
      "Outcome",
      "Mean, parameters drawn",
      "It spreads by",
      "Share of variance that is parameters",
      "Most telling: share, and what knowing it is worth",
    ],
    rows: shown.map((each) => {
      const output = outputs.get(each.output);
      const chance = output?.unit === "probability";
      const word = (value: number) => (chance ? `${(100 * value).toFixed(0)} points` : number(value));
      return [
        html`<a href="${`#${nodeAnchor(each.node)}`}">${output?.label ?? each.output}</a>`,
        chance
          ? `${percent(each.mean)} (±${(100 * each.se).toFixed(1)})`
          : `${number(each.mean)} (±${each.se.toFixed(2)})`,
        `±${word(each.spread)}`,
        percent(each.parameterShare),
        each.inputs
          .filter(({ first, se }) => first > 2 * se)
          .slice(0, 4)
          .map(({ label, first, brier }) => `${label} ${percent(first)}${chance ? ` (${brier.toFixed(3)})` : ""}`)
          .join("; "),
      ];
    }),
  },
  "drivers",
)}
<p class="more">${number(exhibit.draws)} draws of all parameters, two trajectories each, regressed on each parameter; spread: one standard deviation of the chance. Worth: by how much knowing the parameter would lower the expected Brier score of a forecast.</p>`;
}
