import { useMemo } from "react";
import type { Assessment } from "../../assess/index.ts";
import { percent } from "../../assess/index.ts";
import { type FanOf, fanChart } from "../../report/charts/fan.ts";
import { contextOf } from "../state/context.ts";
import { usePick } from "../state/store.ts";
import { Figure } from "../ui/figure.tsx";
import { Table } from "../ui/table.tsx";
import { futuresWords as say } from "../words/futures.ts";
import { words } from "../words.ts";
import { baseLine } from "./brief-figures.tsx";
import type { Simulation } from "./futures.tsx";
import { monthOf, TOLD } from "./futures-places.tsx";

const FANS = ["stopBy", "talksBy", "settlementBy"] as const satisfies readonly FanOf[];

interface FanProps {
  readonly assessment: Assessment;
  readonly simulation: Simulation;
  readonly ghost: Simulation | undefined;
}

/** The chance that talks, an end of the fighting and a settlement have come, month by month, under every reading. */
export function Fans(props: FanProps) {
  return (
    <section aria-labelledby="fans-h">
      <h2 id="fans-h">{say.fans}</h2>
      {FANS.map((of) => (
        <Fan key={of} of={of} {...props} />
      ))}
    </section>
  );
}

function Fan({ assessment, simulation, ghost, of }: FanProps & { readonly of: FanOf }) {
  const { address } = usePick("address");
  const { id } = assessment.reading;
  const before = ghost === undefined ? undefined : ownOf(ghost);
  const base = baseLine(assessment, EVENTS[of])?.byMonth;
  const chart = useMemo(() => fanChart(simulation, of, id, before?.[of], base), [simulation, of, id, before, base]);
  const name = say.fanNames[of];
  const month = monthOf(address.month, simulation.months);
  const told = TOLD.filter((each) => each <= simulation.months);
  const own = ownOf(simulation);
  const at = (each: Simulation["predictive"] | undefined, when: number) => each?.[of][when - 1] ?? 0;
  const views = simulation.readings.filter(({ kind }) => kind !== "stress").map((each) => at(each, month));
  const row = (key: string, label: string, each: Simulation["predictive"]) => ({
    id: key,
    cells: [label, ...told.map((when) => percent(at(each, when)))],
  });
  return (
    <Figure
      title={say.fanTitle(
        name,
        month,
        percent(at(own, month)),
        percent(Math.min(...views)),
        percent(Math.max(...views)),
      )}
      alt={say.fanAlt(name, told.map((when) => say.byMonth(percent(at(own, when)), when)).join(", "))}
      chart={chart}
      context={`${say.fanKey}${base === undefined ? "" : `; ${say.fanBase}`}${before === undefined ? "" : `; ${say.fanGhost}`}. ${contextOf(assessment, words.runs(simulation.runs))}`}
    >
      <Table
        caption={name}
        head={[say.reading, ...told.map((when) => simulation.dates[when - 1] ?? say.monthHead(when))]}
        rows={[
          ...simulation.readings.map((each) =>
            row(each.reading ?? "", each.kind === "stress" ? say.stress(each.name) : each.name, each),
          ),
          row("predictive", say.predictive, simulation.predictive),
          ...(base === undefined
            ? []
            : [{ id: "base", cells: [words.baseRate, ...told.map((when) => percent(base[when - 1] ?? 0))] }]),
          ...(before === undefined ? [] : [row("before", say.before, before)]),
        ]}
      />
    </Figure>
  );
}

/** The event of a question that each fan tells of. */
const EVENTS = { talksBy: "talks", stopBy: "stop", settlementBy: "settlement" } as const;

/** The reading that is looked at, at central values. */
export const ownOf = ({ readings, predictive }: Simulation) =>
  readings.find(({ reading }) => reading === predictive.reading) ?? readings[0];
