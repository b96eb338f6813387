import { useState } from "react";
import type { Assessment, SourceExhibit } from "../../assess/index.ts";
import { go } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { SourceCard } from "../ui/source-card.tsx";
import { evidenceWords as words } from "../words/evidence.ts";

const FIRST = 12;

/** The sources that claims rest on; one that is unticked takes with it what rests on it alone. */
export function Sources({ assessment }: { readonly assessment: Assessment }) {
  const { address } = usePick("address");
  const [all, setAll] = useState(false);
  const cited = assessment.sources
    .filter(({ claims }) => claims.length > 0)
    .toSorted((a, b) => b.alone.length - a.alone.length || b.claims.length - a.claims.length);
  if (cited.length === 0) return null;
  const shown = all ? cited : cited.slice(0, FIRST);
  const some = cited.some((source) => isOff(source, address.off));
  return (
    <section className="source-list" aria-labelledby="sources-h">
      <h2 id="sources-h">{words.sources}</h2>
      {address.room ? (
        <p className="note">{words.sourceHidden}</p>
      ) : (
        <>
          <p className="note">{words.sourcesHelp}</p>
          <ul>
            {shown.map((source) => (
              <Item key={source.id} assessment={assessment} source={source} />
            ))}
          </ul>
          {shown.length === cited.length ? null : (
            <button type="button" className="quiet" onClick={() => setAll(true)}>
              {words.more(cited.length - shown.length)}
            </button>
          )}
          {some ? (
            <button type="button" onClick={() => go({ off: [] })}>
              {words.allSources}
            </button>
          ) : null}
        </>
      )}
    </section>
  );
}

const isOff = ({ alone }: SourceExhibit, off: readonly string[]): boolean =>
  alone.length > 0 && alone.every((claim) => off.includes(claim));

function Item({ assessment, source }: { readonly assessment: Assessment; readonly source: SourceExhibit }) {
  const { address } = usePick("address");
  const [open, setOpen] = useState(false);
  const off = isOff(source, address.off);
  const { alone, claims } = source;
  const toggle = () =>
    go({
      off: off ? address.off.filter((claim) => !alone.includes(claim)) : [...new Set([...address.off, ...alone])],
    });
  const name = (
    <span className="source-name">
      {source.by === null ? null : <>{source.by}, </>}
      <cite>{source.title}</cite>
    </span>
  );
  return (
    <li className={off ? "off" : ""}>
      <p className="source-line">
        {alone.length === 0 ? (
          <span className="no-tick">{name}</span>
        ) : (
          <label className="tick">
            <input type="checkbox" checked={!off} onChange={toggle} />
            {name}
          </label>
        )}
        <small>
          {words.citedBy(claims.length)} · {words.restsAlone(alone.length)}
        </small>
      </p>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary aria-label={`${words.saidBy}: ${source.title}`}>{words.saidBy}</summary>
        {open ? <SourceCard assessment={assessment} source={source} /> : null}
      </details>
    </li>
  );
}
