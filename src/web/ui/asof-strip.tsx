import { useEffect, useMemo, useRef, useState } from "react";
import type { Assessment, Moment } from "../../assess/index.ts";
import { formatDay } from "../../core/dates/index.ts";
import { asOfOn, type Known, knownOf } from "../state/as-of.ts";
import { go } from "../state/session.ts";
import { usePick, useStore } from "../state/store.ts";
import { evidenceWords as words } from "../words/evidence.ts";
import { inWords } from "./source-card.tsx";
import "../styles/asof.css";

/** Places of the slider. */
const STEPS = 1000;
/** The engine is asked when the slider has stood still so long. */
const STILL_MS = 150;
const LANES = ["source", "claim", "event"] as const;
/** Days that a key moves by. */
const KEYS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -30,
  PageUp: 30,
};

/** What was known when: sources, claims and events by date, and a slider to the day that the case is looked at from. */
export function AsOfStrip({ assessment }: { readonly assessment: Assessment }) {
  const known = useMemo(() => knownOf(assessment), [assessment]);
  return known === undefined ? null : <Strip known={known} own={assessment.case.codedAsOf} />;
}

function Strip({ known, own }: { readonly known: Known; readonly own: string | null }) {
  const { address } = usePick("address");
  const { scale, hidden } = known;
  const [moving, setMoving] = useState<number>();
  const timer = useRef<number | undefined>(undefined);
  /** Where the address stood before the slider was taken, so that the way back leads there. */
  const taken = useRef<{ readonly asOf: string | undefined } | undefined>(undefined);
  const day = moving ?? (address.asOf === undefined ? scale.last : known.day);
  useEffect(() => () => clearTimeout(timer.current), []);

  const move = (to: number) => {
    const next = Math.min(scale.last, Math.max(scale.first, to));
    taken.current ??= { asOf: address.asOf };
    setMoving(next);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => go({ asOf: asOfOn(next, known) }, "replace"), STILL_MS);
  };
  const commit = () => {
    clearTimeout(timer.current);
    const from = taken.current;
    if (moving === undefined || from === undefined) return;
    taken.current = undefined;
    const asOf = asOfOn(moving, known);
    if (asOf !== from.asOf) {
      // What was passed on the way is no step of the history.
      if (useStore.getState().address.asOf !== from.asOf) go({ asOf: from.asOf }, "replace");
      go({ asOf });
    } else if (useStore.getState().address.asOf !== asOf) go({ asOf }, "replace");
    setMoving(undefined);
  };
  const name = inWords(formatDay(day));
  const hiding = hidden.claims + hidden.sources + hidden.events > 0;
  return (
    <section className="asof" aria-labelledby="asof-h">
      <div className="asof-head">
        <h2 id="asof-h">{words.asOf}</h2>
        <output>{name}</output>
      </div>
      <Lanes known={known} day={day} />
      <input
        type="range"
        min={0}
        max={STEPS}
        step="any"
        value={scale.at(day) * STEPS}
        aria-label={words.asOfRange}
        aria-valuetext={name}
        onChange={({ target }) => move(scale.dayAt(Number(target.value) / STEPS))}
        onKeyDown={(event) => {
          const by = KEYS[event.key];
          const end = event.key === "Home" ? scale.first : event.key === "End" ? scale.last : undefined;
          if (by === undefined && end === undefined) return;
          event.preventDefault();
          move(end ?? day + (by ?? 0));
        }}
        onPointerUp={commit}
        onKeyUp={commit}
        onBlur={commit}
      />
      <p className="asof-ends" aria-hidden="true">
        <span>{inWords(formatDay(scale.first))}</span>
        <span>{inWords(formatDay(scale.last))}</span>
      </p>
      <p className="asof-line">
        <span role="status">
          {hiding ? words.asOfHidden(hidden.claims, hidden.sources, hidden.events) : words.asOfAll}
        </span>
        {address.asOf === undefined ? null : (
          <button type="button" onClick={() => go({ asOf: undefined })}>
            {words.asOfOwn(inWords(own ?? formatDay(scale.last)))}
          </button>
        )}
      </p>
    </section>
  );
}

const laneOf = (kind: Moment["kind"]): (typeof LANES)[number] =>
  kind === "source" ? "source" : kind === "claim" ? "claim" : "event";

const HEIGHT = 18;

/** A dot for each moment in its lane; those after the day are open and faint. */
function Lanes({ known: { scale, moments }, day }: { readonly known: Known; readonly day: number }) {
  const count = (lane: string) => moments.filter(({ kind }) => laneOf(kind) === lane).length;
  const alt = words.asOfAlt(
    count("source"),
    count("claim"),
    count("event"),
    inWords(formatDay(scale.first)),
    inWords(formatDay(scale.last)),
  );
  return (
    <div className="lanes" role="img" aria-label={alt}>
      {LANES.map((lane) => (
        <div key={lane} className={`lane lane-${lane}`} aria-hidden="true">
          <span>{words.lanes[lane]}</span>
          {/* biome-ignore lint/a11y/noSvgWithoutTitle: the lanes are told together, in words. */}
          <svg height={HEIGHT} width="100%" focusable="false">
            <line x1="0" x2="100%" y1={HEIGHT / 2} y2={HEIGHT / 2} stroke="var(--line)" />
            {moments
              .filter(({ kind }) => laneOf(kind) === lane)
              .map(({ id, kind, day: at, known }) => (
                <circle
                  key={`${kind}/${id}`}
                  cx={`${(scale.at(at) * 100).toFixed(2)}%`}
                  cy={HEIGHT / 2}
                  r={3}
                  className={at <= day && known ? "known" : "later"}
                />
              ))}
            <line
              className="today"
              x1={`${(scale.at(day) * 100).toFixed(2)}%`}
              x2={`${(scale.at(day) * 100).toFixed(2)}%`}
              y1="0"
              y2={HEIGHT}
            />
          </svg>
        </div>
      ))}
    </div>
  );
}
