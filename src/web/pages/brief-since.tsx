import { useEffect, useState } from "react";
import type { Assessment } from "../../assess/index.ts";
import type { RawMap } from "../../case/index.ts";
import { formatDay } from "../../core/dates/index.ts";
import { useEditing } from "../state/editing.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { lastVisit, remember, sinceVisit, type Visit, visitOf } from "../state/visits.ts";
import { inWords } from "../ui/source-card.tsx";
import { briefWords as words } from "../words/brief.ts";

const MOST = 12;
const MS_PER_DAY = 86_400_000;

/** What moved since this browser last remembered the case, and which of its entries differ. */
export default function SinceLast({
  id,
  assessment,
}: {
  readonly id: string;
  /** The whole assessment of the case as coded. */
  readonly assessment: Assessment;
}) {
  const { address } = usePick("address");
  const { content } = useEditing();
  const [then, setThen] = useState(() => lastVisit(id));
  const [now, setNow] = useState<Visit>();
  useEffect(() => {
    if (typeof content !== "object" || content === null || Array.isArray(content)) return;
    const visit = visitOf(assessment, content as RawMap, formatDay(Math.floor(Date.now() / MS_PER_DAY)));
    setNow(visit);
    // The first look at a case is remembered by itself; later ones when they are asked to be.
    if (lastVisit(id) === undefined && remember(id, visit)) setThen(visit);
  }, [id, assessment, content]);
  if (now === undefined || then === undefined) return null;
  const keep = (visit: Visit | null) => {
    if (remember(id, visit)) setThen(visit);
  };
  const forget = (
    <button type="button" className="quiet" onClick={() => keep(null)}>
      {words.forget}
    </button>
  );
  const again = (
    <button type="button" className="quiet" onClick={() => keep(now)}>
      {words.remember}
    </button>
  );
  if (then === null) {
    return (
      <p className="since-line">
        {words.forgotten} {again}
      </p>
    );
  }
  if (then.hash === now.hash) {
    return (
      <p className="since-line">
        {words.sinceSame(inWords(then.day))} {forget}
      </p>
    );
  }
  const { moved, entries } = sinceVisit(then, now);
  return (
    <section className="since" aria-labelledby="since-h">
      <h2 id="since-h">{words.since}</h2>
      <p>{words.sinceLead(inWords(then.day))}</p>
      <h3>{words.sinceMoved}</h3>
      {moved.length === 0 ? <p className="note">{words.sinceNothing}</p> : null}
      <ul>
        {moved.slice(0, MOST).map(({ id: row, label, from, to }) => (
          <li key={row}>
            {label} <span className="change">{words.becomes(from ?? words.sinceNew, to ?? words.sinceGone)}</span>
          </li>
        ))}
      </ul>
      {entries.length === 0 ? null : (
        <details open={entries.length <= MOST}>
          <summary>{words.sinceChanged(entries.length)}</summary>
          <ul>
            {entries.map(({ path, how }) => (
              <li key={path}>
                {how === "removed" || address.room ? (
                  <code>{path}</code>
                ) : (
                  <a href={hrefOf(address, { edit: path })}>{path}</a>
                )}{" "}
                <span className="note">{words.sinceKinds[how]}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <p>
        {again} {forget}
      </p>
    </section>
  );
}
