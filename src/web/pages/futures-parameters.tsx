import { useEffect, useId, useMemo, useRef, useState } from "react";
import type { Control, WarControls } from "../../assess/index.ts";
import { number } from "../../assess/index.ts";
import { formatProblem } from "../../core/problems/index.ts";
import { go, hrefOf } from "../state/session.ts";
import { usePick, useStore } from "../state/store.ts";
import { pathOf, setValue, withSet } from "../state/variants.ts";
import { futuresWords as say } from "../words/futures.ts";
import type { Sensitivity } from "./futures.tsx";

/** Parameters that stand there to be moved before any is looked for, and matches that are offered. */
const [FIRST, OFFERED] = [6, 8] as const;

/** Parameters of the simulation as sliders: those that move what is looked at most, those that are set, and any that is found. */
export function Parameters({
  sensitivity,
  controls,
  output,
}: {
  readonly sensitivity: Sensitivity;
  readonly controls: WarControls;
  readonly output: Sensitivity["outputs"][number] | undefined;
}) {
  const { address } = usePick("address");
  const bars = sensitivity.tornado.find((each) => each.output === output?.id)?.bars ?? [];
  // The rows stay where they are while one of them is moved, whatever moves the answer most by then.
  const [picked, setPicked] = useState(() => bars.slice(0, FIRST).map(({ path }) => path));
  const shown = [...new Set([...address.sets.map(pathOf), ...picked])].toSorted(
    (a, b) => placeOf(picked, a) - placeOf(picked, b),
  );
  const rows = shown.flatMap((path) => controls.parameters.find((each) => each.path === path) ?? []);
  return (
    <section aria-labelledby="parameters-h" className="parameters">
      <h3 id="parameters-h">{say.parameters}</h3>
      <p className="note">{say.parametersHelp(output?.label ?? "")}</p>
      <ul className="sliders">
        {rows.map((control) => (
          <Slider key={control.path} control={control} />
        ))}
      </ul>
      <Search controls={controls} shown={shown} pick={(path) => setPicked([...picked, path])} />
    </section>
  );
}

const placeOf = (all: readonly string[], path: string): number => {
  const index = all.indexOf(path);
  return index < 0 ? all.length : index;
};

function Slider({ control }: { readonly control: Control }) {
  const { address, viewProblems, whole } = usePick("address", "viewProblems", "whole");
  const { path, label, unit, central, interval, span, assumed } = control;
  const set = setValue(address.sets, path);
  const value = set ?? central;
  const id = useId();
  // What the hand holds, until the address has it.
  const [held, setHeld] = useState<number | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever the address says now is the value.
  useEffect(() => setHeld(undefined), [set]);
  const move = useFramed((next: number | undefined) => {
    // Of the address as it is by then: others may have moved since.
    const { sets } = useStore.getState().address;
    go({ sets: withSet(sets, path, next === undefined || next === central ? undefined : next) }, "replace");
  });
  const problems = viewProblems.filter(({ file }) => pathOf(file.replace(/^--set /, "")) === path);
  const node = `parameter:${path}`;
  const name = <span className="slider-label">{label}</span>;
  const ends = { low: Math.min(span.low, value), high: Math.max(span.high, value) };
  return (
    <li className={set === undefined ? "" : "moved-slider"} data-parameter={path}>
      <p className="slider-head">
        {whole?.assessment.nodes[node] === undefined ? name : <a href={hrefOf(address, { because: node })}>{name}</a>}{" "}
        <code>{path}</code>
      </p>
      <input
        type="range"
        aria-label={say.slider(label)}
        aria-valuetext={`${number(held ?? value)} ${unit === "-" ? "" : unit}`}
        min={ends.low}
        max={ends.high}
        step="any"
        value={held ?? value}
        onChange={({ target }) => {
          const next = tidy(Number(target.value));
          setHeld(next);
          move(next);
        }}
      />
      <ValueField key={value} id={id} label={label} value={value} commit={move} />
      <span className="unit">{unit === "-" ? "" : unit}</span>
      <p className="slider-note">
        {say.inCase(
          number(central),
          interval === null ? undefined : say.from(number(interval.low), number(interval.high)),
          assumed,
        )}
        {set === undefined ? null : (
          <button type="button" className="quiet" aria-label={say.resetOf(label)} onClick={() => move(undefined)}>
            {say.reset}
          </button>
        )}
      </p>
      {problems.map((each) => (
        <p className="slider-fault" role="alert" key={formatProblem(each)}>
          {each.message}
          {each.hint === "" ? null : <span className="note"> {each.hint}</span>}
        </p>
      ))}
    </li>
  );
}

/** A value as it is typed: any number, whatever the slider's ends are; what is not allowed the checker refuses. */
function ValueField({
  id,
  label,
  value,
  commit,
}: {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly commit: (value: number) => void;
}) {
  const [text, setText] = useState(() => String(tidy(value)));
  const done = () => {
    const typed = Number(text.replace(",", "."));
    if (text.trim() === "" || !Number.isFinite(typed)) setText(String(tidy(value)));
    else if (typed !== tidy(value)) commit(typed);
  };
  return (
    <input
      id={id}
      className="slider-value"
      inputMode="decimal"
      aria-label={say.value(label)}
      value={text}
      onChange={({ target }) => setText(target.value)}
      onBlur={done}
      onKeyDown={({ key }) => key === "Enter" && done()}
    />
  );
}

/** Four significant digits: finer than any value of a case is known. */
const tidy = (value: number): number => Number(value.toPrecision(4));

/** Calls with the newest value once a frame at most. */
function useFramed<T>(call: (value: T) => void): (value: T) => void {
  const newest = useRef<{ readonly value: T } | undefined>(undefined);
  const latest = useRef(call);
  latest.current = call;
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return (value) => {
    newest.current = { value };
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      if (newest.current !== undefined) latest.current(newest.current.value);
      newest.current = undefined;
    });
  };
}

function Search({
  controls,
  shown,
  pick,
}: {
  readonly controls: WarControls;
  readonly shown: readonly string[];
  readonly pick: (path: string) => void;
}) {
  const [text, setText] = useState("");
  const id = useId();
  const wanted = text.trim().toLowerCase();
  const found = useMemo(
    () =>
      wanted === ""
        ? []
        : controls.parameters.filter(
            ({ path, label }) => `${label} ${path}`.toLowerCase().includes(wanted) && !shown.includes(path),
          ),
    [controls, wanted, shown],
  );
  return (
    <div className="parameter-search">
      <label className="field" htmlFor={id}>
        <span>{say.search}</span>
        <input
          id={id}
          type="search"
          value={text}
          placeholder={say.searchHelp(controls.parameters.length)}
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      <p className="note" role="status">
        {wanted === "" ? "" : found.length === 0 ? say.notFound : say.found(found.length)}
      </p>
      <ul>
        {found.slice(0, OFFERED).map(({ path, label }) => (
          <li key={path}>
            <button
              type="button"
              className="quiet"
              onClick={() => {
                pick(path);
                setText("");
              }}
            >
              {label} <code>{path}</code>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
