import type { Assessment, WatchItem } from "../../assess/index.ts";
import { percent } from "../../assess/index.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { inWords } from "../ui/source-card.tsx";
import { briefWords as words } from "../words/brief.ts";
import "../styles/brief.css";

const KINDS = ["event", "data", "claim", "source", "happening", "parameter"] as const;
/** Entries of a kind that are read at once; the rest is unfolded. */
const FIRST = 3;

/** What to watch: dated events ahead and what else would move an answer by more than five points. */
export function Watch({ assessment }: { readonly assessment: Assessment }) {
  const { items, quiet, bound } = assessment.watch;
  if (items.length + quiet.length === 0) return null;
  const ahead = quiet.map(({ name, date }) => `${name} (${inWords(date)})`).join(", ");
  return (
    <section className="watch" aria-labelledby="watch-h">
      <h2 id="watch-h">{words.watch}</h2>
      <p className="note">{words.watchLead(Math.round(bound * 100))}</p>
      {items.length === 0 ? <p>{words.nothing}</p> : null}
      {KINDS.map((kind) => {
        const own = items.filter((item) => item.kind === kind);
        return own.length === 0 ? null : (
          <section key={kind} aria-label={words.watchKinds[kind]}>
            <h3>{words.watchKinds[kind]}</h3>
            <Items items={own.slice(0, FIRST)} />
            {own.length <= FIRST ? null : (
              <details>
                <summary>{words.more(own.length - FIRST)}</summary>
                <Items items={own.slice(FIRST)} />
              </details>
            )}
          </section>
        );
      })}
      {quiet.length === 0 ? null : <p className="note">{words.ahead(ahead)}</p>}
    </section>
  );
}

function Items({ items }: { readonly items: readonly WatchItem[] }) {
  const { address } = usePick("address");
  return (
    <ul>
      {items.map(({ id, name, date, says, moves, node, path }) => (
        <li key={id}>
          <p className="watch-name">
            {date === null ? null : <time dateTime={date}>{inWords(date)}</time>}{" "}
            {path.startsWith("claims.") ? (
              <a href={hrefOf(address, { page: "evidence", selected: path.slice("claims.".length) })}>{name}</a>
            ) : (
              <strong>{name}</strong>
            )}
          </p>
          <p className="note">{says}</p>
          <ul className="moves">
            {moves.map(({ answer, engine, from, to, given }) => {
              const text = words.moves(answer, words.engines[engine], percent(from), percent(to), given);
              return (
                <li key={`${answer}/${engine}`}>
                  {node === null ? text : <a href={hrefOf(address, { because: node })}>{text}</a>}
                </li>
              );
            })}
          </ul>
        </li>
      ))}
    </ul>
  );
}
