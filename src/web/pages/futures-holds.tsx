import type { Assessment } from "../../assess/index.ts";
import { number, percent } from "../../assess/index.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { Table } from "../ui/table.tsx";
import { futuresWords as say } from "../words/futures.ts";
import type { Simulation } from "./futures.tsx";

const VICTORY_MONTHS = [12, 24, 60] as const;

/** Whether a stop would hold, who would win by arms, and what both sides lose by then. */
export function Holds({
  assessment,
  simulation,
}: {
  readonly assessment: Assessment;
  readonly simulation: Simulation;
}) {
  const { address } = usePick("address");
  const name = ({ name: of, kind }: Simulation["predictive"]) => (kind === "stress" ? say.stress(of) : of);
  const own = (each: Simulation["predictive"]) => each.reading === simulation.predictive.reading;
  const months = VICTORY_MONTHS.filter((month) => month <= simulation.months);
  const within = simulation.predictive.relapse.map((each) => each.months);
  return (
    <section aria-labelledby="holds-h">
      <h2 id="holds-h">{say.holds}</h2>
      <h3>
        {say.relapse}{" "}
        <a className="why" href={hrefOf(address, { because: simulation.node })} aria-label={say.whyOf(say.relapse)}>
          {say.why}
        </a>
      </h3>
      <Table
        caption={say.relapse}
        head={[say.reading, ...within.map(say.relapseHead), say.silent, say.settled]}
        rows={simulation.readings.map((each) => ({
          id: each.reading ?? "",
          current: own(each),
          cells: [
            name(each),
            ...each.relapse.map(({ p, se }) => (
              <>
                {percent(p)} <small className="note">{say.plusMinus((100 * se).toFixed(1))}</small>
              </>
            )),
            percent(each.unsettled.at(-1) ?? 0),
            percent(each.settlementBy.at(-1) ?? 0),
          ],
        }))}
      />
      <h3>{say.victories}</h3>
      <p className="note">{say.victoriesHelp}</p>
      <Table
        caption={say.victories}
        head={[say.reading, ...simulation.sides.flatMap((side) => months.map((month) => say.victoryHead(side, month)))]}
        rows={simulation.readings.map((each) => ({
          id: each.reading ?? "",
          current: own(each),
          cells: [
            name(each),
            ...each.victory.flatMap((byMonth) => months.map((month) => percent(byMonth[month - 1] ?? 0))),
          ],
        }))}
      />
      <Losses assessment={assessment} />
    </section>
  );
}

/** What each side has lost by the end of what is looked at, as the analyses of sensitivity have it. */
function Losses({ assessment: { sensitivity, simulation } }: { readonly assessment: Assessment }) {
  const { address } = usePick("address");
  const rows = (["loss-a", "loss-b"] as const).flatMap((output, index) => {
    const side = simulation?.sides[index];
    const base =
      sensitivity?.levers[0]?.effects.find((each) => each.output === output)?.base ??
      sensitivity?.tornado.find((each) => each.output === output)?.base;
    const driver = sensitivity?.drivers.find((each) => each.output === output);
    if (side === undefined || (base === undefined && driver === undefined)) return [];
    const text = base === undefined ? say.none : number(base);
    const node = driver?.node ?? sensitivity?.node ?? "";
    return [
      {
        id: output,
        cells: [
          side,
          <a
            key="value"
            href={hrefOf(address, { because: node })}
            aria-label={say.whyOf(`${say.lossLabel(side)}, ${text}`)}
          >
            {text}
          </a>,
          driver === undefined ? say.none : number(driver.mean),
          driver === undefined ? say.none : say.plusMinus(number(driver.spread)),
        ],
      },
    ];
  });
  if (rows.length === 0) return null;
  return (
    <>
      <h3>{say.losses}</h3>
      <Table caption={say.losses} head={[...say.lossesHead]} rows={rows} />
    </>
  );
}
