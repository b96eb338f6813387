import { useMemo } from "react";
import type { Assessment, LeverSets } from "../../assess/index.ts";
import { list, number, percent, points, pointsRange } from "../../assess/index.ts";
import { leversChart } from "../../report/charts/levers.ts";
import { contextOf } from "../state/context.ts";
import { go, hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { setValue, withSet } from "../state/variants.ts";
import { Figure } from "../ui/figure.tsx";
import { Table } from "../ui/table.tsx";
import { futuresWords as say } from "../words/futures.ts";
import type { Sensitivity } from "./futures.tsx";

type Lever = Sensitivity["levers"][number];
type Output = Sensitivity["outputs"][number];
type Effect = Lever["effects"][number];

/** Levers of a kind in the order of the case, each with every answer, and a switch that puts it into the view. */
export function Levers({
  assessment,
  sensitivity,
  kind,
  output,
  sets,
}: {
  readonly assessment: Assessment;
  readonly sensitivity: Sensitivity;
  readonly kind: Lever["kind"];
  readonly output: Output | undefined;
  readonly sets: readonly LeverSets[] | undefined;
}) {
  const { address } = usePick("address");
  const levers = useMemo(() => sensitivity.levers.filter((lever) => lever.kind === kind), [sensitivity, kind]);
  const ons = levers.filter(({ id }) => stateOf(find(sets, id), address.sets) === "on").map(({ id }) => id);
  const key = ons.join();
  // What a lever does that is in the view already would be more of the same.
  const drawn = useMemo(() => levers.filter(({ id }) => !key.split(",").includes(id)), [levers, key]);
  if (levers.length === 0) return null;
  const [title, says] = kind === "option" ? [say.options, say.optionsSay] : [say.sensitivities, say.sensitivitiesSay];
  return (
    <section aria-label={title} className="levers">
      <h3>{title}</h3>
      <p className="note">{says}</p>
      {output === undefined || drawn.length === 0 ? null : (
        <LeversFigure assessment={assessment} sensitivity={sensitivity} levers={drawn} output={output} />
      )}
      <p className="context">{say.cells}</p>
      <Table
        caption={title}
        head={[say.lever, ...sensitivity.outputs.map(({ short }) => short)]}
        rows={levers.map((lever) => {
          const own = find(sets, lever.id);
          const state = stateOf(own, address.sets);
          return {
            id: lever.id,
            current: state === "on",
            cells: [
              <LeverName key="name" lever={lever} own={own} state={state} />,
              // With the lever in the view its effect is in the figures, not beside them.
              ...sensitivity.outputs.map((each) =>
                state === "on" ? say.none : <EffectCell key={each.id} lever={lever} output={each} />,
              ),
            ],
          };
        })}
      />
    </section>
  );
}

const find = (sets: readonly LeverSets[] | undefined, id: string) => sets?.find((each) => each.id === id);

/** Whether everything that a lever sets is set so, some of it, or nothing. */
function stateOf(lever: LeverSets | undefined, sets: readonly string[]): "on" | "partly" | "off" {
  if (lever === undefined || lever.sets.length === 0) return "off";
  const held = lever.sets.filter(({ path, value }) => setValue(sets, path) === value).length;
  return held === lever.sets.length ? "on" : held > 0 ? "partly" : "off";
}

function LeverName({
  lever,
  own,
  state,
}: {
  readonly lever: Lever;
  readonly own: LeverSets | undefined;
  readonly state: "on" | "partly" | "off";
}) {
  const { address } = usePick("address");
  const { name, doneBy, consentOf, because, citations, line, node, kind } = lever;
  const toggle = () => {
    const changes = own?.sets ?? [];
    go({
      sets: changes.reduce<readonly string[]>(
        (sets, { path, value }) => withSet(sets, path, state === "on" ? undefined : value),
        address.sets,
      ),
    });
  };
  const set = lever.changes.map(({ path, from, to }) => say.arrow(path, number(from), number(to)));
  return (
    <div className="lever" data-lever={lever.id}>
      <button
        type="button"
        role="switch"
        className="switch"
        aria-checked={state === "on"}
        aria-label={say.switchOn(name)}
        disabled={own === undefined || own.sets.length === 0}
        onClick={toggle}
      />
      <div>
        <a href={hrefOf(address, { because: node })}>{name}</a>
        {state === "on" ? <span className="chip on">{say.isOn}</span> : null}
        {state === "partly" ? <span className="chip warn">{say.isPartly}</span> : null}
        <details>
          <summary>{say.who}</summary>
          <p className="note">
            {doneBy.length === 0 ? "" : `${say.by(list(doneBy))} `}
            {consentOf.length > 0 ? `${say.consent(list(consentOf))} ` : kind === "option" ? `${say.noConsent} ` : ""}
            {say.sets(set.join("; "))} {because} {citations.length === 0 ? "" : `${citations.join("; ")}. `}
            <span className="line">{line}</span>
          </p>
        </details>
      </div>
    </div>
  );
}

function EffectCell({ lever, output }: { readonly lever: Lever; readonly output: Output }) {
  const { address } = usePick("address");
  const effect = lever.effects.find((each) => each.output === output.id);
  if (effect === undefined) return say.none;
  const text = sizeOf(effect, output);
  return (
    <a
      className={`effect${Math.abs(effect.difference) > 2 * effect.se ? "" : " unclear"}`}
      href={hrefOf(address, { because: lever.node })}
      aria-label={say.whyOf(`${lever.name}, ${output.short}: ${text} ${rangeOf(effect, output)}`)}
    >
      {text} <small>{rangeOf(effect, output)}</small>
    </a>
  );
}

const bare = (text: string): string => text.replace(/\s*points$/, "");
const signed = (value: number): string => {
  const text = Math.abs(value).toFixed(2);
  return Number(text) === 0 ? "0" : `${value < 0 ? "−" : "+"}${text}`;
};

/** A change as the unit of its output has it, with its standard error. */
function sizeOf({ difference, se }: Effect, { unit }: Output): string {
  return unit === "probability"
    ? `${bare(points(difference))} ${say.plusMinus((100 * se).toFixed(1))}`
    : `${signed(difference)} ${say.plusMinus(se.toFixed(2))}`;
}

function rangeOf({ range }: Effect, { unit }: Output): string {
  const [low, high] =
    unit === "probability"
      ? [bare(points(range.low)), bare(points(range.high))]
      : [signed(range.low), signed(range.high)];
  return low === high ? low : say.from(low, high);
}

function LeversFigure({
  assessment,
  sensitivity,
  levers,
  output,
}: {
  readonly assessment: Assessment;
  readonly sensitivity: Sensitivity;
  readonly levers: readonly Lever[];
  readonly output: Output;
}) {
  const chart = useMemo(() => leversChart(levers, output.id), [levers, output.id]);
  const of = ({ effects }: Lever) => effects.find((each) => each.output === output.id);
  const runs = say.leversContext(number(sensitivity.leverRuns), number(sensitivity.readingRuns));
  return (
    <Figure
      title={say.leversTitle(output.label)}
      alt={`${output.label}: ${levers.map((lever) => `${lever.name} ${points(of(lever)?.difference ?? 0)}`).join("; ")}.`}
      chart={chart}
      context={`${say.leversKey}. ${contextOf(assessment, runs)}`}
    >
      <Table
        caption={say.leversTitle(output.label)}
        head={[...say.leverHead]}
        rows={levers.map((lever) => {
          const effect = of(lever);
          return {
            id: lever.id,
            cells:
              effect === undefined
                ? [lever.name]
                : [
                    lever.name,
                    percent(effect.base),
                    percent(effect.result),
                    points(effect.difference),
                    (100 * effect.se).toFixed(1),
                    pointsRange(effect.range.low, effect.range.high),
                    effect.stress === null ? say.none : pointsRange(effect.stress.low, effect.stress.high),
                  ],
          };
        })}
      />
    </Figure>
  );
}
