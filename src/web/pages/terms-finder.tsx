import type { Assessment } from "../../assess/index.ts";
import { list } from "../../assess/index.ts";
import type { TermsEngine } from "../engine/terms-client.ts";
import type { Evaluation } from "../engine/terms-protocol.ts";
import { type Picked, writePicked } from "../state/picked.ts";
import { go } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import type { Known } from "../state/terms-engine.ts";
import { termsWords } from "../words/terms.ts";
import { words } from "../words.ts";
import { FindPackages } from "./terms-found.tsx";
import { alphabetical, type Exhibit, type Names, signed } from "./terms-names.ts";
import { Parts } from "./terms-parts.tsx";
import { FlipsOf, PickUnderReadings } from "./terms-turns.tsx";
import { Norms, VerdictTable, verdictSentence } from "./terms-verdict.tsx";

export interface FinderProps {
  readonly assessment: Assessment;
  readonly terms: Exhibit;
  readonly names: Names;
  readonly engine: TermsEngine | undefined;
  readonly picked: Picked;
  readonly known: Known<Evaluation>;
}

/** A package put together issue by issue, with what each party would make of it. */
export function Finder({ assessment, terms, names, engine, picked, known }: FinderProps) {
  const { address } = usePick("address");
  const { pick } = picked;
  const { back: evaluation, fresh, broke } = known;
  const any = Object.keys(pick).length > 0;
  return (
    <section aria-labelledby="finder-h" className="finder">
      <h2 id="finder-h" tabIndex={-1}>
        {termsWords.finder}
      </h2>
      <p className="context">{termsWords.finderHelp}</p>
      <Toolbar terms={terms} assessment={assessment} />
      <Options assessment={assessment} names={names} picked={picked} />
      {broke === undefined ? null : (
        <p className="notice" role="alert">
          {termsWords.broke(broke)}
        </p>
      )}
      {evaluation === undefined ? (
        <p className="waiting">{broke === undefined ? `${termsWords.working} …` : ""}</p>
      ) : (
        <>
          <Ledger terms={terms} names={names} evaluation={evaluation} fresh={fresh} any={any} />
          <div className={fresh ? "" : "stale"}>
            <h3>{termsWords.verdictOf}</h3>
            {any && evaluation.open.length > 0 ? (
              <p className="context">{termsWords.allOpen(evaluation.open.length)}</p>
            ) : null}
            <VerdictTable
              terms={terms}
              names={names}
              parties={evaluation.parties}
              redLines={address.lines}
              caption={termsWords.verdictOf}
            />
            {any ? <Norms assessment={assessment} names={names} pick={pick} /> : null}
            {any ? <Parts assessment={assessment} terms={terms} names={names} evaluation={evaluation} /> : null}
          </div>
          {any && evaluation.outcome !== null ? (
            <FlipsOf terms={terms} names={names} engine={engine} line="flips" evaluation={evaluation} />
          ) : null}
        </>
      )}
      <FindPackages terms={terms} names={names} engine={engine} picked={picked} />
      <PickUnderReadings terms={terms} names={names} engine={engine} pick={any ? pick : undefined} />
    </section>
  );
}

/** Where to start from, whether red lines count, and back to nothing. */
function Toolbar({ terms, assessment }: { readonly terms: Exhibit; readonly assessment: Assessment }) {
  const { address } = usePick("address");
  const start = (id: string) => {
    const [kind, name] = id.split(/\/(.*)/s);
    const focal = terms.solutions.find(({ concept }) => concept === name)?.outcome;
    const terms_ = assessment.negotiation.proposals.find((each) => each.id === name)?.package ?? [];
    const proposed = Object.fromEntries(
      terms_.flatMap(({ issue, options }) => (options.length === 1 ? [[issue, options[0]]] : [])),
    );
    go(writePicked(kind === "focal" ? (focal ?? {}) : proposed, []));
  };
  return (
    <div className="finder-bar">
      <label className="field">
        <span>{termsWords.start}</span>
        <select value="" onChange={({ target }) => start(target.value)}>
          <option value="">{termsWords.startNone}</option>
          {terms.proposals.length === 0 ? null : (
            <optgroup label={termsWords.startOptions.proposals}>
              {terms.proposals.map(({ id, name }) => (
                <option key={id} value={`proposal/${id}`}>
                  {name}
                </option>
              ))}
            </optgroup>
          )}
          {terms.solutions.length === 0 ? null : (
            <optgroup label={termsWords.startOptions.focal}>
              {terms.solutions.map(({ concept, name }) => (
                <option key={concept} value={`focal/${concept}`}>
                  {name}
                </option>
              ))}
            </optgroup>
          )}
        </select>
      </label>
      <label className="tick" title={termsWords.redLinesHelp}>
        <input type="checkbox" checked={address.lines} onChange={({ target }) => go({ lines: target.checked })} />{" "}
        {termsWords.redLines}
      </label>
      <button
        type="button"
        disabled={address.pick === undefined}
        onClick={() => go({ pick: undefined, lock: undefined })}
      >
        {termsWords.clear}
      </button>
    </div>
  );
}

/** Every issue with its options: one is picked, or none; a picked one can be kept. */
function Options({
  assessment,
  names,
  picked: { pick, locks },
}: {
  readonly assessment: Assessment;
  readonly names: Names;
  readonly picked: Picked;
}) {
  const { negotiation } = assessment;
  const refusing = (issue: string, option: string): readonly string[] =>
    negotiation.positions
      .filter(
        ({ accepts, stances }) =>
          accepts !== "none" && stances.some((each) => each.issue === issue && each.redLines.includes(option)),
      )
      .map(({ name }) => name)
      .toSorted((a, b) => a.localeCompare(b, "en"));
  const choose = (issue: string, option: string | undefined) => {
    const all = negotiation.issues.map(({ id }) => [id, id === issue ? option : pick[id]] as const);
    go(writePicked(Object.fromEntries(all), locks));
  };
  const keep = (issue: string, on: boolean) =>
    go(writePicked(pick, on ? [...locks, issue] : locks.filter((each) => each !== issue)));
  return (
    <div className="issues">
      {negotiation.issues.map(({ id, name, options }) => (
        <fieldset key={id} className="issue">
          <legend>{name}</legend>
          <label className="tick keep">
            <input
              type="checkbox"
              aria-label={termsWords.keep(name)}
              disabled={pick[id] === undefined}
              checked={locks.includes(id)}
              onChange={({ target }) => keep(id, target.checked)}
            />{" "}
            {termsWords.keepShort}
          </label>
          <div className="options">
            {options.map(({ id: option, name: optionName, norms }) => {
              const lines = refusing(id, option);
              return (
                <label key={option} className="option">
                  <input
                    type="radio"
                    name={`pick-${id}`}
                    checked={pick[id] === option}
                    onChange={() => choose(id, option)}
                  />
                  <span className="option-text">
                    {optionName}
                    {lines.length === 0 ? null : <small>✕ {termsWords.crosses(list(lines))}</small>}
                    {norms.length === 0 ? null : (
                      <small title={list(norms.map(names.norm))}>§ {termsWords.touches(norms.length)}</small>
                    )}
                  </span>
                </label>
              );
            })}
            <label className="option open">
              <input
                type="radio"
                name={`pick-${id}`}
                checked={pick[id] === undefined}
                onChange={() => choose(id, undefined)}
              />
              <span className="option-text">{termsWords.openOption}</span>
            </label>
          </div>
        </fieldset>
      ))}
    </div>
  );
}

/** What all would say, in a strip that stays in sight while options are picked. */
function Ledger({
  terms,
  names,
  evaluation,
  fresh,
  any,
}: {
  readonly terms: Exhibit;
  readonly names: Names;
  readonly evaluation: Evaluation;
  readonly fresh: boolean;
  readonly any: boolean;
}) {
  const asked = alphabetical(terms).flatMap((i) => evaluation.parties[i] ?? []);
  return (
    <section className={`ledger${fresh ? "" : " stale"}`} aria-label={termsWords.ledger}>
      <p role="status">{any ? verdictSentence(names, evaluation) : termsWords.emptyPick}</p>
      <ul>
        {asked
          .filter(({ role }) => role !== "none")
          .map(({ party, accepts, over }) => (
            <li key={party} className={`accepts ${accepts}`}>
              <span aria-hidden="true">{words.acceptMarks[accepts]}</span> {names.party(party)}{" "}
              <span className="sr">{termsWords.would[accepts]}</span> {over === null ? "" : signed(over)}
            </li>
          ))}
      </ul>
    </section>
  );
}
