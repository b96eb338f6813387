import { useMemo, useState } from "react";
import { type Assessment, type Course, percent } from "../../assess/index.ts";
import { courseChart } from "../../report/charts/course.ts";
import type { Side } from "../engine/side.ts";
import { contextOf } from "../state/context.ts";
import { go } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { lookOfVariant, variantOf } from "../state/variants.ts";
import { Figure } from "../ui/figure.tsx";
import { Table } from "../ui/table.tsx";
import { useJob } from "../ui/use-side.ts";
import { eventWords, outcomeWords, futuresWords as say } from "../words/futures.ts";
import type { Simulation } from "./futures.tsx";

/** Trajectories that are shown at once. */
const SHOWN = 3;

/** Single trajectories of the ensemble, by their numbers. */
export function Courses({
  assessment,
  simulation,
  side,
}: {
  readonly assessment: Assessment;
  readonly simulation: Simulation;
  readonly side: Side | undefined;
}) {
  const { address } = usePick("address");
  const first = address.run ?? 0;
  const trajectories = Array.from({ length: SHOWN }, (_, i) => first + i);
  const { answer, broke } = useJob(side, "courses", {
    look: lookOfVariant(variantOf(address), address),
    trajectories,
  });
  const courses = answer ?? [];
  return (
    <section aria-labelledby="courses-h" className="courses">
      <h2 id="courses-h">{say.courses}</h2>
      <p>
        {say.coursesHelp(simulation.runs)}
        {first + SHOWN > simulation.runs ? ` ${say.coursesBeyond}` : ""}
      </p>
      <p className="courses-do">
        <FirstField key={first} first={first} />
        <button type="button" onClick={() => go({ run: first + SHOWN })}>
          {say.another}
        </button>
      </p>
      {broke === undefined ? null : <p className="notice">{say.broke(broke)}</p>}
      {answer === undefined && broke === undefined ? <p className="waiting">{say.drawing}</p> : null}
      {courses.map((course) => (
        <CourseFigure key={course.trajectory} course={course} assessment={assessment} />
      ))}
    </section>
  );
}

function FirstField({ first }: { readonly first: number }) {
  const [text, setText] = useState(String(first));
  const done = () => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value)) {
      if (value !== first) go({ run: value });
    } else setText(String(first));
  };
  return (
    <label className="field">
      <span>{say.first}</span>
      <input
        inputMode="numeric"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={done}
        onKeyDown={({ key }) => key === "Enter" && done()}
      />
    </label>
  );
}

function CourseFigure({ course, assessment }: { readonly course: Course; readonly assessment: Assessment }) {
  const chart = useMemo(() => courseChart(course), [course]);
  const told = tell(course);
  const [side] = course.sides;
  return (
    <Figure
      title={say.courseTitle(course.trajectory, told)}
      alt={`${told}.`}
      chart={chart}
      context={`${say.courseKey(side)}. ${contextOf(assessment)}`}
    >
      <Table
        caption={say.courseTitle(course.trajectory, told)}
        head={[...say.courseHead]}
        rows={course.months.map(({ month, date, phase, share, losses, events }) => ({
          id: String(month),
          cells: [
            date ?? String(month),
            say.phases[phase],
            percent(share),
            say.courseLosses(losses[0].toFixed(2), losses[1].toFixed(2)),
            events.map((event) => eventWords(event, percent, side)).join("; "),
          ],
        }))}
      />
    </Figure>
  );
}

/** What a trajectory comes to, in a line: its first talks, its first stop, its first break, its end. */
function tell(course: Course): string {
  const firstOf = (kinds: readonly string[]) => {
    for (const { month, events } of course.months) {
      const event = events.find(({ kind }) => kinds.includes(kind));
      if (event !== undefined) return [say.inMonth(eventWords(event, percent, course.sides[0]), month)];
    }
    return [];
  };
  return [
    ...firstOf(["talks"]),
    ...firstOf(["ceasefire", "settlement", "freeze"]),
    ...firstOf(["relapse"]),
    outcomeWords(course),
  ].join(", ");
}
