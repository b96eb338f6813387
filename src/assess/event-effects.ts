import type { Case } from "../case/index.ts";
import { evaluateRows, planLevers } from "../sensitivity/index.ts";
import { type Memo, remembered } from "./memo.ts";
import { sensitivityOutputs } from "./sensitivity-outputs.ts";
import { warModel } from "./war-model.ts";
import { monthsOfWar, type WarViews } from "./war-views.ts";

/** What an event that lies ahead does to one output of the simulation: if none of its effects come, and if all do. */
export interface EventEffect {
  readonly event: string;
  readonly output: string;
  readonly label: string;
  readonly base: number;
  readonly without: { readonly result: number; readonly se: number };
  readonly full: { readonly result: number; readonly se: number };
}

const BATCHES = { batchSize: 50, batches: 20 };

/** Every event ahead that has effects in the war, with none and with all of them, on the chances that are asked for. */
export function eventEffects(views: WarViews | undefined, content: Case, seed: number, memo: Memo): EventEffect[] {
  if (views === undefined) return [];
  const { inputs } = views.own;
  const outputs = sensitivityOutputs(content, inputs.sideNames, monthsOfWar(inputs));
  const told = outputs.told.filter(({ info, places }) => info.unit === "probability" && places.length === 1);
  const pulls = Object.keys(content.events).flatMap((event) => {
    const chances = inputs.parameters.filter(
      ({ path }) => path.startsWith(`events.${event}.effects.`) && path.endsWith(".probability"),
    );
    const set = (value: number) => Object.fromEntries(chances.map(({ name }) => [name, value]));
    return chances.length === 0 ? [] : [{ event, none: set(0), all: set(1) }];
  });
  if (pulls.length === 0) return [];
  const key = ["events ahead", seed, BATCHES.batches, inputs.layout.size, [...inputs.vector], pulls, outputs.model];
  return remembered(memo, key, () => {
    const model = warModel({ ...inputs, uncertain: [] }, outputs.model);
    const levers = pulls.flatMap(({ event, none, all }) => [
      { name: `${event} none`, set: none },
      { name: `${event} all`, set: all },
    ]);
    const plan = planLevers(model, levers, { seed, ...BATCHES });
    const { levers: pulled } = plan.merge(evaluateRows(plan, 0, plan.rows));
    return pulls.flatMap(({ event }, k) =>
      told.flatMap(({ info, places: [place] }): EventEffect[] => {
        const [none, all] = [pulled[2 * k]?.effects[place], pulled[2 * k + 1]?.effects[place]];
        if (none === undefined || all === undefined) return [];
        const { estimate: base } = none.base;
        return [
          {
            event,
            output: info.id,
            label: info.label,
            base,
            without: { result: none.result.estimate, se: none.difference.se },
            full: { result: all.result.estimate, se: all.difference.se },
          },
        ];
      }),
    );
  });
}
