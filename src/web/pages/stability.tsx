import { useCallback, useMemo, useRef } from "react";
import type { StabilityExhibit } from "../../assess/index.ts";
import { AS_CODED, count, list, percent } from "../../assess/index.ts";
import { CONCEPT_MARKS, legendOf, strokeOf } from "../../report/charts/state-graph.ts";
import { conceptName } from "../../report/sections/stability.ts";
import { contextOf } from "../state/context.ts";
import { go, hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { toggleNumbers } from "../ui/figure.tsx";
import { Stale } from "../ui/stale.tsx";
import { StateGraphView, stateGraphPicture } from "../ui/state-graph.tsx";
import { Table } from "../ui/table.tsx";
import { TakeAway } from "../ui/take-away.tsx";
import { figureWords } from "../words/figure.ts";
import { words } from "../words.ts";
import { SituationDetail } from "./situation.tsx";

type Exhibit = NonNullable<StabilityExhibit>;
type Situation = Exhibit["situations"][number];

const CONCEPTS = ["nash", "sseq", "seq", "smr", "gmr"] as const;

/** Which situations hold, who would leave them, how they come about, and what would make them hold. */
export default function Stability() {
  const { address, whole, now } = usePick("address", "whole", "now");
  const assessment = whole?.assessment;
  const stability = assessment?.stability ?? null;
  if (assessment === undefined || stability === null) return <p className="waiting">{words.awaited} …</p>;
  const stale = now?.key !== whole?.key;
  const { situations, decisionMakers } = stability;
  const chosen = situations.find(({ id }) => id === address.selected) ?? situations[0];
  return (
    <article className="page stability">
      <p className="kicker">{assessment.case.title}</p>
      <h1>{words.graphTitle}</h1>
      <Stale on={stale} />
      <div className={stale ? "stale" : ""}>
        <p>
          {words.graphLead(
            `${count(decisionMakers.length, "decision maker")}: ${list(decisionMakers.map(({ name }) => name))}`,
            stability.states,
          )}
        </p>
        <Situations stability={stability} chosen={chosen} reading={assessment.reading.id} />
        <p className="context">
          {stability.concepts.map(({ label, says }) => `${label}: ${says}`).join("; ")}. {stability.uncertainty}
        </p>
        <Picture stability={stability} chosen={chosen} context={contextOf(assessment)} />
        {chosen === undefined ? null : (
          <SituationDetail stability={stability} situation={chosen} reading={assessment.reading.id} />
        )}
        <OverReadings stability={stability} />
        <Wants stability={stability} />
        {stability.assumed.length === 0 ? null : (
          <p className="context">
            {words.assumed} {stability.assumed.join(" ")}
          </p>
        )}
      </div>
    </article>
  );
}

export const ownOf = ({ readings }: Situation, reading: string | null) =>
  readings.find((each) => each.reading === reading) ?? readings[0];

export const nameOf = ({ decisionMakers }: Exhibit, party: string): string =>
  decisionMakers.find((each) => each.party === party)?.name ?? party;

function Mark({ held, states }: { readonly held: number; readonly states: number }) {
  if (held === 0) return <span className="mark">○ {words.no}</span>;
  if (held === states) return <span className="mark holds">● {words.yes}</span>;
  return (
    <span className="mark">
      {held}/{states}
    </span>
  );
}

/** Situations against concepts: the page's first table; a row is chosen to be read about. */
function Situations({
  stability,
  chosen,
  reading,
}: {
  readonly stability: Exhibit;
  readonly chosen: Situation | undefined;
  readonly reading: string | null;
}) {
  const { address } = usePick("address");
  const { situations, concepts } = stability;
  const anyRobust = situations.some(({ robust }) => robust !== null);
  const anyReadings = stability.readings.length > 1;
  return (
    <Table
      caption={words.graphTitle}
      head={[
        words.situation,
        ...CONCEPTS.map((concept) => concepts.find(({ id }) => id === concept)?.label ?? concept),
        words.leavers,
        ...(anyReadings ? [words.overReadingsShort] : []),
        ...(anyRobust ? [words.robust] : []),
      ]}
      rows={situations.map((situation) => {
        const own = ownOf(situation, reading);
        const leavers = own?.leave["seq"] ?? [];
        const held = situation.readings.filter(({ equilibria }) => (equilibria["seq"] ?? 0) > 0).length;
        const quo = situation.states.length === 1 && stability.statusQuo?.state === situation.states[0];
        return {
          id: situation.id,
          current: situation.id === chosen?.id,
          cells: [
            <a
              key="name"
              href={hrefOf(address, { selected: situation.id })}
              aria-current={situation.id === chosen?.id ? "true" : undefined}
            >
              {situation.name}
              {quo ? <span className="chip">{words.statusQuo}</span> : null}
            </a>,
            ...CONCEPTS.map((concept) => (
              <Mark key={concept} held={own?.equilibria[concept] ?? 0} states={own?.states ?? 1} />
            )),
            leavers.length === 0 ? "–" : list(leavers.map((party) => nameOf(stability, party))),
            ...(anyReadings ? [`${held} / ${situation.readings.length}`] : []),
            ...(anyRobust
              ? [
                  situation.robust === null ? (
                    "–"
                  ) : (
                    <a key="robust" href={hrefOf(address, { because: situation.node })}>
                      {percent(situation.robust.p)}
                    </a>
                  ),
                ]
              : []),
          ],
        };
      })}
    />
  );
}

function Picture({
  stability,
  chosen,
  context,
}: {
  readonly stability: Exhibit;
  readonly chosen: Situation | undefined;
  readonly context: string;
}) {
  const { graph, decisionMakers, concepts, situations } = stability;
  const figure = useRef<HTMLElement>(null);
  const names = decisionMakers.map(({ name }) => name);
  const states = useMemo(() => chosen?.states ?? [], [chosen]);
  const choose = useCallback(
    (state: number) => {
      const found = situations.find((each) => each.states.length === 1 && each.states[0] === state);
      if (found !== undefined) go({ selected: found.id });
    },
    [situations],
  );
  if (graph.nodes.length === 0) return null;
  const nodeName = (id: number) => graph.nodes.find((node) => node.id === id)?.name ?? words.state(id);
  const told = graph.edges.slice(0, 12).map(({ from, to, dm }) => `${names[dm]}: ${nodeName(from)} → ${nodeName(to)}`);
  const marks = Object.entries(CONCEPT_MARKS).map(
    ([concept, letter]) => `${letter} ${concepts.find(({ id }) => id === concept)?.label ?? concept}`,
  );
  const key = [
    graph.bestOnly ? words.bestOnly : words.improvement,
    words.graphKey(marks.join(", ")),
    words.statesShown(graph.nodes.length, graph.states),
  ].join(" ");
  return (
    <figure ref={figure} onKeyDown={toggleNumbers}>
      <figcaption>
        <h2>{words.pictureTitle}</h2>
      </figcaption>
      <ul className="keys">
        {legendOf(graph, names).map(({ dm, name }) => {
          const [colour, dash] = strokeOf(dm);
          return (
            <li key={dm}>
              <svg width="28" height="10" aria-hidden="true">
                <path d="M0,5 h28" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
              </svg>{" "}
              {name}
            </li>
          );
        })}
      </ul>
      <StateGraphView graph={graph} alt={`${told.join("; ")}.`} chosen={states} onChoose={choose} />
      <p className="context">
        {words.pictureHelp} {key} {context}
      </p>
      <details className="numbers">
        <summary>{words.numbers}</summary>
        <Table
          caption={words.statesTable}
          head={words.stateHead}
          rows={graph.nodes.map(({ id, code, name, concepts: of }) => ({
            id: String(id),
            cells: [String(id), <code key="code">{code}</code>, name ?? "–", of.map(conceptName).join(", ") || "–"],
          }))}
        />
        <Table
          caption={words.arrowsTable}
          head={words.arrowHead}
          rows={graph.edges.map(({ from, to, dm }) => ({
            id: `${from}-${to}-${dm}`,
            cells: [nodeName(from), nodeName(to), names[dm]],
          }))}
        />
      </details>
      <TakeAway
        title={words.pictureTitle}
        context={`${key} ${context}`}
        because={stability.node}
        legend={legendOf(graph, names).map(({ dm, name }) => {
          const [colour, dash] = strokeOf(dm);
          return { text: name, stroke: { colour, dash } };
        })}
        picture={() => stateGraphPicture(graph)}
        data={{
          columns: [...words.arrowHead, ...figureWords.stateNumbers].map((name) => ({ name })),
          rows: graph.edges.map(({ from, to, dm }) => [nodeName(from), nodeName(to), names[dm] ?? "", from, to]),
        }}
        figure={figure}
      />
    </figure>
  );
}

function OverReadings({ stability: { readings, situations } }: { readonly stability: Exhibit }) {
  if (readings.length < 2 || situations.length === 0) return null;
  const readingName = (id: string | null) => readings.find(({ reading }) => reading === id)?.name ?? AS_CODED;
  return (
    <section aria-labelledby="readings-h">
      <h2 id="readings-h">{words.readingsTitle}</h2>
      <Table
        caption={words.readingsTitle}
        head={[words.situation, words.holdsIn, words.fallsIn]}
        rows={situations.map(({ id, name, readings: under }) => {
          const held = under.filter(({ equilibria }) => (equilibria["seq"] ?? 0) > 0);
          const not = under.filter(({ equilibria }) => (equilibria["seq"] ?? 0) === 0);
          const named = (of: typeof under) =>
            of.length === 0
              ? "–"
              : of.length === under.length
                ? words.allReadings
                : list(of.map(({ reading }) => readingName(reading)));
          return { id, cells: [name, named(held), named(not)] };
        })}
      />
    </section>
  );
}

function Wants({ stability: { decisionMakers } }: { readonly stability: Exhibit }) {
  const { address } = usePick("address");
  const stated = decisionMakers.filter(({ preferences }) => preferences.length > 0);
  if (stated.length === 0) return null;
  return (
    <section aria-labelledby="wants-h">
      <h2 id="wants-h">{words.wants}</h2>
      <div className="cards">
        {stated.map(({ party, name, preferences }) => (
          <div className="card" key={party}>
            <h3>{name}</h3>
            <ol className="wants">
              {preferences.map(({ text, node }) => (
                <li key={node}>
                  <a href={hrefOf(address, { because: node })}>{text}</a>
                </li>
              ))}
            </ol>
          </div>
        ))}
      </div>
    </section>
  );
}
