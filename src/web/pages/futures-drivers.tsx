import { useMemo } from "react";
import type { Assessment } from "../../assess/index.ts";
import { number, percent, points } from "../../assess/index.ts";
import { tornadoChart } from "../../report/charts/levers.ts";
import { contextOf } from "../state/context.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { Figure } from "../ui/figure.tsx";
import { Table } from "../ui/table.tsx";
import { futuresWords as say } from "../words/futures.ts";
import type { Sensitivity } from "./futures.tsx";
import { outputOf } from "./futures-what-if.tsx";

/** What moves an output one parameter at a time, what share of its spread is what nobody knows, and what is chance. */
export function Drivers({
  assessment,
  sensitivity,
}: {
  readonly assessment: Assessment;
  readonly sensitivity: Sensitivity;
}) {
  const { address } = usePick("address");
  const output = outputOf(sensitivity, address.selected);
  const tornado = sensitivity.tornado.find((each) => each.output === output?.id);
  const driver = sensitivity.drivers.find((each) => each.output === output?.id);
  if (output === undefined) return null;
  const moves = tornado?.bars.some(({ low, high }) => low.result !== high.result) === true;
  return (
    <section aria-labelledby="drivers-h">
      <h2 id="drivers-h">{say.drivers}</h2>
      {tornado !== undefined && moves ? (
        <Tornado assessment={assessment} sensitivity={sensitivity} tornado={tornado} label={output.label} />
      ) : (
        <p className="note">{say.noTornado}</p>
      )}
      {driver === undefined || !(driver.spread > 0) ? null : (
        <>
          <p>
            {say.driverSays(percent(driver.parameterShare), say.points((100 * driver.spread).toFixed(0)))}{" "}
            <a href={hrefOf(address, { because: driver.node })} aria-label={say.whyOf(say.driversTable)}>
              {say.why}
            </a>
          </p>
          <Table
            caption={say.driversTable}
            head={[...say.driverHead]}
            rows={driver.inputs
              .filter(({ first }) => first > 0)
              .map(({ path, label, first, se, brier }) => ({
                id: path,
                cells: [
                  <a key="label" href={hrefOf(address, { because: `parameter:${path}` })}>
                    {label}
                  </a>,
                  <>
                    {percent(first)} <small className="note">{say.plusMinus((100 * se).toFixed(1))}</small>
                  </>,
                  number(Math.max(0, brier)),
                ],
              }))}
          />
        </>
      )}
    </section>
  );
}

function Tornado({
  assessment,
  sensitivity,
  tornado,
  label: output,
}: {
  readonly assessment: Assessment;
  readonly sensitivity: Sensitivity;
  readonly tornado: Sensitivity["tornado"][number];
  readonly label: string;
}) {
  const { address } = usePick("address");
  const chart = useMemo(() => tornadoChart(tornado), [tornado]);
  const told = tornado.bars
    .slice(0, 5)
    .map(({ label, low, high }) => say.tornadoTold(label, percent(low.result), percent(high.result)));
  const runs = say.tornadoContext(number(sensitivity.tornadoRuns), tornado.bars.length, sensitivity.parameters);
  return (
    <Figure
      title={say.tornadoTitle(output)}
      alt={say.tornadoAlt(output, percent(tornado.base), told.join("; "))}
      chart={chart}
      context={`${say.tornadoKey}. ${contextOf(assessment, runs)}`}
    >
      <Table
        caption={say.tornadoTitle(output)}
        head={[...say.tornadoHead]}
        rows={tornado.bars.map(({ path, label, low, high, swing, se }) => ({
          id: path,
          cells: [
            <a key="label" href={hrefOf(address, { because: `parameter:${path}` })}>
              {label}
            </a>,
            number(low.value),
            number(high.value),
            percent(low.result),
            percent(high.result),
            `${points(swing)} ${say.plusMinus((100 * se).toFixed(1))}`,
          ],
        }))}
      />
    </Figure>
  );
}
