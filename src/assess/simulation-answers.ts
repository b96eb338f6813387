import type { Contribution, Findings } from "./answers.ts";
import { count } from "./format.ts";
import { percent, percentRange } from "./likelihood.ts";
import type { SimulationExhibit } from "./schema.ts";

type Exhibit = NonNullable<SimulationExhibit>;
type Simulated = Exhibit["readings"][number];

/** Months to the first stop's relapse that the headline tells. */
const WITHIN = 12;

/** Over how many readings a range stands, and how many say nothing of the war. */
const overReadings = (simulation: Exhibit): string => {
  const { length } = simulation.same;
  const rest = length === 0 ? "" : ` (${length} more leave${length === 1 ? "s" : ""} the war as it is)`;
  return `${count(views(simulation).length, "reading")}${rest}`;
};

const views = ({ readings }: Exhibit): Simulated[] => readings.filter(({ kind }) => kind !== "stress");

/** When: each question's event in the ensemble, over the readings and as coded, stress tests beside them. */
export function whenFromSimulation({ simulation, content }: Findings): Contribution {
  if (simulation === null) return {};
  const { questions } = simulation;
  const [lead] = questions;
  if (lead === undefined) return {};
  const own = lead.readings.find(({ reading }) => reading === (content.reading ?? null));
  const stress = lead.stress === null ? "" : `; stress tests ${percentRange(lead.stress.low, lead.stress.high)}`;
  return {
    headline:
      `Simulated, in ${percentRange(lead.range.low, lead.range.high)} of trajectories over ` +
      `${overReadings(simulation)}; ${percent(own?.p ?? 0)} at central values, ` +
      `${percent(lead.predictive.p)} with parameters drawn${stress}.`,
    figures: questions.flatMap((question) => {
      const shown = question.readings.find(({ reading }) => reading === (content.reading ?? null));
      return [
        {
          id: `${question.question}/simulation`,
          label: `${question.text} In the simulation, by ${question.date}`,
          value: shown?.p ?? 0,
          unit: "probability",
          low: question.range.low,
          high: question.range.high,
          text: percent(shown?.p ?? 0),
          node: question.node,
        },
      ];
    }),
    because: questions.map(({ node }) => node),
  };
}

/** Would it hold: relapse of the first stop, and silent guns with nothing settled. */
export function holdsFromSimulation({ simulation, content }: Findings): Contribution {
  if (simulation === null) return {};
  const own = simulation.readings.find(({ reading }) => reading === (content.reading ?? null));
  if (own === undefined) return {};
  const relapse = (each: Simulated) => each.relapse.find(({ months }) => months === WITHIN)?.p ?? 0;
  const last = simulation.months - 1;
  const unsettled = (each: Simulated) => each.unsettled[last] ?? 0;
  const settled = (each: Simulated) => each.settlementBy[last] ?? 0;
  const span = (of: (each: Simulated) => number) => {
    const values = views(simulation).map(of);
    return percentRange(Math.min(...values), Math.max(...values));
  };
  const when = simulation.dates[last] ?? `month ${simulation.months}`;
  const figure = (id: string, label: string, value: number) => ({
    id: `simulation/${id}`,
    label,
    value,
    unit: "probability",
    text: percent(value),
    node: simulation.node,
  });
  return {
    headline:
      `A first stop of fighting relapses within ${WITHIN} months in ${span(relapse)} of trajectories over ` +
      `${overReadings(simulation)}, ${percent(relapse(own))} as looked at. By ${when} the guns are silent ` +
      `and nothing is settled in ${span(unsettled)} (${percent(unsettled(own))}), and a settlement has come in ` +
      `${span(settled)} (${percent(settled(own))}).`,
    figures: [
      ...own.relapse.map(({ months, p }) =>
        figure(`relapse-${months}`, `First stop relapsed within ${months} months`, p),
      ),
      figure("unsettled", `Guns silent, nothing settled, at ${when}`, unsettled(own)),
      figure("settled", `A settlement has come by ${when}`, settled(own)),
    ],
    because: [simulation.node],
  };
}
