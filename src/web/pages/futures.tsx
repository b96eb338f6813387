import { useMemo } from "react";
import type { Assessment } from "../../assess/index.ts";
import { list, number } from "../../assess/index.ts";
import { hrefOf } from "../state/session.ts";
import { filesForWork, usePick } from "../state/store.ts";
import { lookOfVariant, variantOf } from "../state/variants.ts";
import { Stale } from "../ui/stale.tsx";
import { useJob, useSide } from "../ui/use-side.ts";
import { futuresWords as say } from "../words/futures.ts";
import { words } from "../words.ts";
import { Courses } from "./futures-courses.tsx";
import { Drivers } from "./futures-drivers.tsx";
import { Fans } from "./futures-fans.tsx";
import { Holds } from "./futures-holds.tsx";
import { Places } from "./futures-places.tsx";
import { WhatIf } from "./futures-what-if.tsx";
import "../styles/futures.css";

export type Simulation = NonNullable<Assessment["simulation"]>;
export type Sensitivity = NonNullable<Assessment["sensitivity"]>;

/** What the ensemble says, month by month; what could be done and what could happen; what it hangs on; single trajectories. */
export default function Futures() {
  const { address, whole, now, former } = usePick("address", "whole", "now", "former");
  const side = useSide(filesForWork());
  // What can be moved is of the case and its reading: what the address sets is measured against it.
  const plain = { ...variantOf({ ...address, sets: [] }) };
  const { answer: controls, broke } = useJob(side, "controls", { look: lookOfVariant(plain, address) });
  const assessment = whole?.assessment;
  const simulation = assessment?.simulation ?? null;
  const ghost = former === undefined || former.key === whole?.key ? undefined : former.assessment;
  const ghostSimulation = useMemo(() => sameShape(ghost?.simulation ?? null, simulation), [ghost, simulation]);
  if (assessment === undefined || simulation === null) return <p className="waiting">{words.awaited} …</p>;
  const stale = now?.key !== whole?.key;
  const own = simulation.readings.find(({ reading }) => reading === assessment.reading.id);
  return (
    <article className="page futures">
      <p className="kicker">{assessment.case.title}</p>
      <h1>{say.title}</h1>
      <p className="lead">{say.lead(number(simulation.runs), simulation.months)}</p>
      <p className="facts made" title={say.madeHelp}>
        {say.made(number(simulation.runs), simulation.seed, own?.digest ?? simulation.predictive.digest)} ·{" "}
        <a href={hrefOf(address, { because: simulation.node })}>{say.why}</a>
      </p>
      <Stale on={stale} />
      <div className={stale ? "behind" : ""}>
        <Places assessment={assessment} simulation={simulation} ghost={ghostSimulation} />
        <Fans assessment={assessment} simulation={simulation} ghost={ghostSimulation} />
        <Holds assessment={assessment} simulation={simulation} />
        {simulation.same.length === 0 ? null : <p className="context">{say.same(list(simulation.same))}</p>}
      </div>
      {assessment.sensitivity === null ? null : (
        <>
          <WhatIf
            assessment={assessment}
            sensitivity={assessment.sensitivity}
            controls={controls ?? undefined}
            broke={broke}
            former={ghost}
          />
          <Drivers assessment={assessment} sensitivity={assessment.sensitivity} />
        </>
      )}
      <Courses assessment={assessment} simulation={simulation} side={side} />
    </article>
  );
}

/** A former simulation whose months can be laid over those of the present one. */
function sameShape(before: Assessment["simulation"], now: Assessment["simulation"]): Simulation | undefined {
  return before === null || now === null || before.months !== now.months ? undefined : before;
}
