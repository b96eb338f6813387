import type { Assessment } from "../../assess/index.ts";
import { go } from "../state/session.ts";
import { compareWords as say } from "../words/compare.ts";
import { EVENTS, type Metric } from "./compare-metric.ts";

/** What views are compared by: which outcome, and for an event by which month. */
export function MetricField({
  metric,
  months,
  outputs,
  assessment,
}: {
  readonly metric: Metric;
  readonly months: number;
  readonly outputs: NonNullable<Assessment["sensitivity"]>["outputs"];
  readonly assessment: Assessment;
}) {
  const month = "month" in metric ? metric.month : undefined;
  const date = month === undefined ? undefined : assessment.simulation?.dates[month - 1];
  return (
    <div className="metric">
      <label className="field">
        <span>{say.metric}</span>
        <select
          value={"output" in metric ? metric.output : metric.event}
          onChange={({ target }) => go({ selected: target.value }, "replace")}
        >
          <optgroup label={say.eventsGroup}>
            {EVENTS.map((event) => (
              <option key={event} value={event}>
                {say.events[event]}
              </option>
            ))}
          </optgroup>
          <optgroup label={say.othersGroup}>
            {outputs
              // An outcome that has an event's name is that event by the end of what is looked at.
              .filter(({ id }) => !EVENTS.some((event) => event === id))
              .map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
          </optgroup>
        </select>
      </label>
      {month === undefined ? null : (
        <label className="field by-month">
          <span>
            {say.month} {month}
            {date === undefined || date === null ? "" : ` (${date})`}
          </span>
          <input
            type="range"
            min={1}
            max={months}
            value={month}
            onChange={({ target }) => go({ month: Number(target.value) }, "replace")}
          />
        </label>
      )}
    </div>
  );
}
