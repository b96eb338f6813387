import { useState } from "react";
import type { Assessment } from "../../assess/index.ts";
import type { Raw } from "../../case/index.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { useForm } from "../ui/form/host.ts";
import { partiesWords as words } from "../words/parties.ts";
import { listOf, mapOf, textOf } from "./parties-model.ts";

type Exhibit = NonNullable<Assessment["stability"]>;
type Decider = Exhibit["decisionMakers"][number];

/** What each decision maker of the graph model prefers: situations as rungs, and the statements behind them. */
export function Ladders({ stability, reading }: { readonly stability: Exhibit; readonly reading: string | null }) {
  const { content } = useForm();
  const graph = mapOf(mapOf(content)["graph"]);
  const views = mapOf(graph["views"]);
  const [seenBy, setSeenBy] = useState("");
  const deciders = stability.decisionMakers.toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  return (
    <section>
      <h2>{words.laddersTitle}</h2>
      <p>{words.laddersLead}</p>
      {Object.keys(views).length === 0 ? null : (
        <label className="field">
          <span>{words.seen}</span>
          <select value={seenBy} onChange={({ target }) => setSeenBy(target.value)}>
            <option value="">{words.asTheyAre}</option>
            {deciders
              .filter(({ party }) => views[party] !== undefined)
              .map(({ party, name }) => (
                <option key={party} value={party}>
                  {words.asSeenBy(name)}
                </option>
              ))}
          </select>
        </label>
      )}
      {seenBy === "" ? null : <Misperceived view={views[seenBy]} stability={stability} />}
      <div className="ladders">
        {deciders.map((decider) => (
          <article key={decider.party}>
            <h3>{decider.name}</h3>
            <Ladder decider={decider} stability={stability} reading={reading} />
            <Statements decider={decider} />
            {mapOf(graph["uncertain"])[decider.party] === undefined ? null : (
              <p className="note">
                {words.uncertain}. {words.uncertainRobust}
              </p>
            )}
          </article>
        ))}
      </div>
    </section>
  );
}

function Ladder({
  decider,
  stability,
  reading,
}: {
  readonly decider: Decider;
  readonly stability: Exhibit;
  readonly reading: string | null;
}) {
  const { address } = usePick("address");
  const rungs = stability.situations
    .flatMap((situation) => {
      const own = situation.readings.find((each) => each.reading === reading) ?? situation.readings[0];
      const rank = own?.ranks[decider.party];
      if (rank === undefined) return [];
      const all = situation.readings.flatMap((each) => each.ranks[decider.party] ?? []);
      return [{ situation, rank, over: [Math.min(...all), Math.max(...all)] as const }];
    })
    .toSorted((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1]);
  const same = (a: readonly [number, number], b: readonly [number, number]) => a[0] === b[0] && a[1] === b[1];
  const steps = rungs.filter(({ rank }, index) => index === 0 || !same(rank, rungs[index - 1]?.rank ?? [0, 0]));
  return (
    <ol className="ladder" aria-label={words.ladder(decider.name)}>
      {steps.map(({ rank }) => (
        <li key={rank.join("–")}>
          {rungs
            .filter((each) => same(each.rank, rank))
            .map(({ situation, over }) => (
              <p key={situation.id}>
                <a href={hrefOf(address, { because: situation.node })}>{situation.name}</a>{" "}
                <small>
                  {words.rank(rank[0], rank[1])}
                  {over[0] === rank[0] && over[1] === rank[1] ? "" : `, ${words.overReadings(over[0], over[1])}`}
                </small>
              </p>
            ))}
        </li>
      ))}
    </ol>
  );
}

/** Statements in their order; buttons move one up or down in the case. */
function Statements({ decider: { party, name, preferences, basis } }: { readonly decider: Decider }) {
  const { address } = usePick("address");
  const host = useForm();
  const written = mapOf(mapOf(mapOf(host.content)["graph"])["preferences"])[party];
  const wrapped = !Array.isArray(written);
  const path = ["graph", "preferences", party, ...(wrapped ? ["statements"] : [])];
  const list: readonly Raw[] = wrapped ? listOf(mapOf(written)["statements"]) : (written as readonly Raw[]);
  const move = (from: number, by: number) => {
    const next = list.toSpliced(from, 1).toSpliced(from + by, 0, list[from] ?? null);
    void host.submit([{ set: path, value: next, expected: list }], words.moved(name));
  };
  const says = (each: Raw): string => {
    const entry = mapOf(each);
    return typeof each === "string" ? each : (textOf(entry["name"]) ?? textOf(entry["says"]) ?? "");
  };
  if (list.length === 0) {
    return (
      <>
        <p className="note">{words.basisOf(basis)}</p>
        {address.room ? null : (
          <p>
            <a href={hrefOf(address, { edit: `graph.preferences.${party}` })}>{words.changePreferences}</a>
          </p>
        )}
      </>
    );
  }
  return (
    <details className="wants">
      <summary>{words.statements}</summary>
      <ol>
        {list.map((each, index) => {
          const node = preferences[index]?.node;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a statement is known by its place.
            <li key={index}>
              <span>
                {node === undefined ? says(each) : <a href={hrefOf(address, { because: node })}>{says(each)}</a>}
              </span>
              {host.readOnly || address.room ? null : (
                <span className="row-actions">
                  <button
                    type="button"
                    disabled={index === 0}
                    aria-label={words.up(says(each))}
                    onClick={() => move(index, -1)}
                  >
                    ↑
                  </button>
                  <button
                    type="button"
                    disabled={index === list.length - 1}
                    aria-label={words.down(says(each))}
                    onClick={() => move(index, 1)}
                  >
                    ↓
                  </button>
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {address.room ? null : (
        <p>
          <a href={hrefOf(address, { edit: path.join(".") })}>{words.changePreferences}</a>
        </p>
      )}
    </details>
  );
}

/** How one of them sees the conflict where it sees another one. */
function Misperceived({ view, stability }: { readonly view: Raw | undefined; readonly stability: Exhibit }) {
  const own = mapOf(view);
  const nameOf = (party: string) => stability.decisionMakers.find((each) => each.party === party)?.name ?? party;
  return (
    <ul className="misperceived">
      {listOf(own["unawareOf"]).map((each) => (
        <li key={String(each)}>{words.unaware(String(each))}</li>
      ))}
      {Object.entries(mapOf(own["ascribes"])).map(([party, preferences]) => (
        <li key={party}>
          {words.ascribed(nameOf(party))}:{" "}
          {listOf(Array.isArray(preferences) ? preferences : mapOf(preferences)["statements"])
            .map((each) => (typeof each === "string" ? each : (textOf(mapOf(each)["says"]) ?? "")))
            .join("; ")}
        </li>
      ))}
    </ul>
  );
}
