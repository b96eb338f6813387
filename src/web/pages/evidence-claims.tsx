import { useDeferredValue, useState } from "react";
import type { Assessment, ClaimRow, QuestionAssessment } from "../../assess/index.ts";
import { decibans, percent } from "../../assess/index.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { evidenceWords as words } from "../words/evidence.ts";
import { words as common } from "../words.ts";
import { sideName } from "./evidence-outline.tsx";

/** Claims of a side that are listed before more are asked for. */
const FIRST = 12;
/** Claims from which on one searches rather than scrolls. */
const MANY = 15;

/** The claims that bear on a question by side, the weightiest first; the weights of the view before stay as ghosts. */
export function Claims({
  assessment,
  question,
  before,
  chosen,
}: {
  readonly assessment: Assessment;
  readonly question: QuestionAssessment;
  /** The same question in the view before. */
  readonly before: QuestionAssessment | undefined;
  readonly chosen: string | undefined;
}) {
  const [text, setText] = useState("");
  const sought = useDeferredValue(text.trim().toLowerCase());
  const { claims } = question;
  const found = claims.filter(
    ({ name, text: says }) => sought === "" || `${name} ${says}`.toLowerCase().includes(sought),
  );
  const counting = new Set(claims.map(({ id }) => id));
  const leftOut = assessment.argument.claims.filter(({ id, counts }) => !counts && !counting.has(id));
  const hidden = assessment.moments.filter(({ kind, known }) => kind === "claim" && !known);
  return (
    <section className="claims-by-side" aria-labelledby="claims-h">
      <h2 id="claims-h">{words.claims}</h2>
      {claims.length < MANY ? null : (
        <label className="field">
          <span>{words.search}</span>
          <input type="search" value={text} onChange={({ target }) => setText(target.value)} />
          <small role="status">{sought === "" ? "" : words.found(found.length)}</small>
        </label>
      )}
      <div className="sides">
        {(["driver", "obstacle", "neither"] as const).map((side) => {
          const own = found
            .filter(({ leans }) => leans === side)
            .toSorted((a, b) => Math.abs(b.leanDb) - Math.abs(a.leanDb));
          if (side === "neither" && own.length === 0) return null;
          return (
            <section key={side} className={`side ${side}`} aria-label={sideName(question, side)}>
              <h3>{sideName(question, side)}</h3>
              {own.length === 0 ? (
                <p className="note">{words.noneOn}</p>
              ) : (
                <Side claims={own} before={before} chosen={chosen} question={question} />
              )}
            </section>
          );
        })}
      </div>
      {leftOut.length + hidden.length === 0 ? null : (
        <ul className="not-counted">
          {leftOut.slice(0, FIRST * 2).map(({ id, name, status }) => (
            <li key={id}>
              <ClaimLink question={question.id} id={id} name={name} />{" "}
              <span className="chip warn">{words.notCounted[status] ?? status}</span>
              <Was before={before} id={id} />
            </li>
          ))}
          {hidden.length === 0 ? null : (
            <li className="unknown-yet">
              <details>
                <summary>{words.notYetKnown(hidden.length)}</summary>
                <p>{hidden.map(({ name }) => name).join(" · ")}</p>
              </details>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}

function Side({
  claims,
  before,
  chosen,
  question,
}: {
  readonly claims: readonly ClaimRow[];
  readonly before: QuestionAssessment | undefined;
  readonly chosen: string | undefined;
  readonly question: QuestionAssessment;
}) {
  const { address } = usePick("address");
  const [all, setAll] = useState(false);
  const shown = all ? claims : claims.slice(0, FIRST);
  return (
    <>
      <ul>
        {shown.map((claim) => (
          <li key={claim.id} className={claim.id === chosen ? "current" : ""}>
            <ClaimLink question={question.id} id={claim.id} name={claim.name} />
            <a
              className={`weight ${claim.leans}`}
              href={hrefOf(address, { because: claim.node })}
              aria-label={common.figureWhy(claim.name, decibans(claim.leanDb))}
            >
              {decibans(claim.leanDb)}
            </a>
            <small>
              {words.credence(percent(claim.credence))}
              {claim.verdict === null ? null : (
                <>
                  {" · "}
                  <span className={`verdict ${claim.verdict}`}>{claim.verdict}</span>
                </>
              )}
              {address.room || claim.citations.length === 0 ? null : ` · ${claim.citations.join("; ")}`}
              <Was before={before} id={claim.id} now={claim.leanDb} />
            </small>
          </li>
        ))}
      </ul>
      {shown.length === claims.length ? null : (
        <button type="button" className="quiet" onClick={() => setAll(true)}>
          {words.more(claims.length - shown.length)}
        </button>
      )}
    </>
  );
}

/** What a claim weighed in the view before, where it weighs otherwise now. */
function Was({
  before,
  id,
  now,
}: {
  readonly before: QuestionAssessment | undefined;
  readonly id: string;
  readonly now?: number;
}) {
  const was = before?.claims.find((claim) => claim.id === id)?.leanDb;
  if (was === undefined || (now !== undefined && decibans(now) === decibans(was))) return null;
  return <span className="was"> · {words.was(decibans(was))}</span>;
}

export function ClaimLink({
  question,
  id,
  name,
}: {
  readonly question: string;
  readonly id: string;
  readonly name: string;
}) {
  const { address } = usePick("address");
  return (
    <a className="claim-link" href={hrefOf(address, { selected: `${question}/${id}` })}>
      {name}
    </a>
  );
}
