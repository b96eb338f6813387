import { useMemo } from "react";
import type { Assessment, ComparedInput } from "../../assess/index.ts";
import { number } from "../../assess/index.ts";
import { causesChart } from "../../report/charts/differences.ts";
import { contextOf } from "../state/context.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { Figure } from "../ui/figure.tsx";
import { Table } from "../ui/table.tsx";
import { compareWords as say } from "../words/compare.ts";
import type { Measured } from "./compare-differences.tsx";
import { changeWords, intervalWords, isClear } from "./compare-metric.ts";

/** Parts that a picture has room for. */
const SHOWN = 12;

/** What makes the difference of a view from the baseline, input by input. */
export function Causes({
  measured: { side, result, output, index },
  assessment,
}: {
  readonly measured: Measured;
  readonly assessment: Assessment;
}) {
  const { inputs, attribution } = result;
  const name = say.headed(side.letter, side.name);
  const parts = useMemo(
    () =>
      (attribution?.inputs ?? [])
        .flatMap(({ path, label, parts: of }) => {
          const part = of[index];
          return part === undefined || part === null ? [] : [{ id: path, label, value: part.value, se: part.se }];
        })
        .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))
        .slice(0, SHOWN),
    [attribution, index],
  );
  const [unit, scale] = output.unit === "probability" ? [say.points, 100] : [say.force, 1];
  const chart = useMemo(() => causesChart(parts, unit, scale), [parts, unit, scale]);
  const [lead] = parts;
  if (inputs.length === 0) return <Said name={name} says={say.sameInputs} />;
  if (attribution === null) return <Inputs name={name} says={say.built} inputs={inputs} />;
  if (lead === undefined) return <Inputs name={name} says={say.noParts} inputs={inputs} />;
  if (!parts.some(isClear)) return <Inputs name={name} says={say.nearlyNothing} inputs={inputs} />;
  const told = parts.map(({ label, value }) => `${label} ${changeWords(output, value)}`);
  const written = (path: string, of: "a" | "b") => inputs.find((each) => each.path === path)?.[of] ?? "–";
  return (
    <Figure
      title={say.causesTitle(name, lead.label, changeWords(output, lead.value))}
      alt={say.causesAlt(`${output.label}, ${name}`, told.join("; "))}
      chart={chart}
      context={`${say.causesKey}. ${contextOf(assessment, say.causesContext(number(attribution.runs)))}`}
    >
      <Table
        caption={name}
        head={[...say.causesHead]}
        rows={parts.map(({ id, label, value, se }) => ({
          id,
          cells: [
            <InputName key="name" path={id} label={label} assessment={assessment} />,
            written(id, "a"),
            written(id, "b"),
            changeWords(output, value),
            intervalWords(output, value, se),
          ],
        }))}
      />
    </Figure>
  );
}

function InputName({
  path,
  label,
  assessment,
}: {
  readonly path: string;
  readonly label: string;
  readonly assessment: Assessment;
}) {
  const { address } = usePick("address");
  const node = `parameter:${path}`;
  if (assessment.nodes[node] === undefined) return label;
  return <a href={hrefOf(address, { because: node })}>{label}</a>;
}

function Said({ name, says }: { readonly name: string; readonly says: string }) {
  return (
    <>
      <h3>{name}</h3>
      <p className="note">{says}</p>
    </>
  );
}

function Inputs({
  name,
  says,
  inputs,
}: {
  readonly name: string;
  readonly says: string;
  readonly inputs: readonly ComparedInput[];
}) {
  return (
    <>
      <Said name={name} says={says} />
      <Table
        caption={`${say.inputs}, ${name}`}
        head={[...say.inputHead]}
        rows={inputs.map(({ path, label, a, b }) => ({
          id: `${path} ${label}`,
          cells: [label, a ?? say.notThere, b ?? say.notThere],
        }))}
      />
    </>
  );
}
