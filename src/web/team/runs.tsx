import { type FormEvent, useEffect, useState } from "react";
import { GALLERY } from "../state/address.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { CopyText } from "../ui/copy-text.tsx";
import { runsWords as words } from "../words/runs.ts";
import type { components } from "./api.d.ts";
import { api, told } from "./client.ts";
import { Problems, TextInput, useAct, useAsked, Waiting, When } from "./parts.tsx";

type Run = components["schemas"]["Run"];

/** How often the page looks how runs go while one does, in milliseconds. */
const LOOK = 2000;

const isUnderWay = ({ state }: Run): boolean => state === "queued" || state === "running";

/** The long runs that a person started, and the start of another. */
export default function Runs() {
  const { data, refused, again } = useAsked(() => told(api.GET("/api/runs")));
  const runs = data?.runs ?? [];
  const isLive = runs.some(isUnderWay);
  useEffect(() => {
    if (!isLive) return;
    const timer = setInterval(() => document.hidden || void again(), LOOK);
    return () => clearInterval(timer);
  }, [isLive, again]);
  return (
    <article className="page team-page">
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <Start again={again} />
      {data === undefined ? <Waiting refused={refused} again={again} /> : null}
      {data !== undefined && runs.length === 0 ? <p className="team-facts">{words.none}</p> : null}
      {runs.map((run) => (
        <OneRun key={run.id} run={run} again={again} />
      ))}
    </article>
  );
}

function Start({ again }: { readonly again: () => Promise<void> }) {
  const { catalogue = [] } = usePick("catalogue");
  const cases = catalogue.filter(({ team }) => team !== undefined);
  const [id, setId] = useState("");
  const [runs, setRuns] = useState("100000");
  const [seed, setSeed] = useState("1");
  const [prior, setPrior] = useState(false);
  const { busy, refused, act } = useAct();
  const chosen = cases.find((each) => each.id === id) ?? cases[0];
  if (chosen === undefined) return <p>{words.noCase}</p>;
  const isNumber = (text: string) => /^\d{1,10}$/.test(text);
  const start = async (event: FormEvent) => {
    event.preventDefault();
    const body = { runs: Number(runs), seed: Number(seed), prior };
    const params = { path: { case: chosen.id } };
    if ((await act(() => told(api.POST("/api/cases/{case}/runs", { params, body })))) !== undefined) await again();
  };
  return (
    <section aria-labelledby="run-start">
      <h2 id="run-start">{words.start}</h2>
      <form className="team-form" onSubmit={(event) => void start(event)}>
        <div className="team-field">
          <label htmlFor="run-case">{words.case}</label>
          <select id="run-case" value={chosen.id} onChange={({ target }) => setId(target.value)}>
            {cases.map((each) => (
              <option key={each.id} value={each.id}>
                {each.title}
              </option>
            ))}
          </select>
        </div>
        <TextInput label={words.trajectories} inputMode="numeric" required value={runs} change={setRuns} />
        <TextInput label={words.seed} inputMode="numeric" required value={seed} change={setSeed} />
        <label className="team-check">
          <input type="checkbox" checked={prior} onChange={({ target }) => setPrior(target.checked)} /> {words.prior}
        </label>
        <p className="buttons">
          <button type="submit" className="primary" disabled={busy || !isNumber(runs) || !isNumber(seed)}>
            {words.go}
          </button>
        </p>
        <Problems refused={refused} />
      </form>
    </section>
  );
}

function OneRun({ run, again }: { readonly run: Run; readonly again: () => Promise<void> }) {
  const { id, label, version, state, done, runs, shards, perSecond, executor, workers, digest, command } = run;
  const { busy, refused, act } = useAct();
  const stop = async () => {
    const params = { path: { case: run.case, run: id } };
    await act(() => told(api.DELETE("/api/cases/{case}/runs/{run}", { params })));
    await again();
  };
  const facts = [
    words.shards(shards.done, shards.total),
    shards.replayed > 0 ? words.replayed(shards.replayed) : undefined,
    shards.retried > 0 ? words.retried(shards.retried) : undefined,
    shards.parked > 0 ? words.parked(shards.parked) : undefined,
    perSecond === null ? undefined : words.rate(perSecond),
    executor === null ? undefined : words.where[executor],
    workers > 0 ? words.workers(workers) : undefined,
  ].filter((each) => each !== undefined);
  return (
    <section className="team-run" aria-label={words.of(label, version)}>
      <p className="team-buttons">
        <strong>
          <a href={hrefOf(GALLERY, { case: run.case })}>{words.of(label, version)}</a>
        </strong>
        <span className="team-mark">{words.state[state] ?? state}</span>
        <button
          type="button"
          className="quiet"
          disabled={busy}
          aria-label={isUnderWay(run) ? words.cancelOf(label) : words.forgetOf(label)}
          onClick={() => void stop()}
        >
          {isUnderWay(run) ? words.cancel : words.forget}
        </button>
      </p>
      <progress value={done} max={runs} aria-label={words.progress(done, runs)} />
      <p className="team-facts">
        {words.progress(done, runs)}; {facts.join(", ")}
      </p>
      <p className="team-facts">
        {run.ended === null ? words.began : words.over} <When at={run.ended ?? run.started ?? run.submitted} />
      </p>
      {run.problems.map(({ message }) => (
        <p key={message} className="team-facts">
          {message}
        </p>
      ))}
      {digest === null ? null : (
        <p className="team-facts">
          {words.digest} <CopyText text={digest} />
        </p>
      )}
      {state === "done" ? (
        <p className="team-facts">
          {words.command} <CopyText text={command} />
        </p>
      ) : null}
      <Problems refused={refused} />
    </section>
  );
}
