import type { Assessment, SourceExhibit } from "../../assess/index.ts";
import { dateInWords, parseDate } from "../../core/dates/index.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { evidenceWords as words } from "../words/evidence.ts";
import { CopyText } from "./copy-text.tsx";
import "../styles/source-card.css";

/** A date of the case as people write it. */
export function inWords(date: string): string {
  const read = parseDate(date);
  return read === undefined ? date : dateInWords(read);
}

/** Who says so: the source with its grade as coded, when it was published and read, and its link. */
export function SourceFacts({ source }: { readonly source: SourceExhibit }) {
  const { language, translated, reliability } = source;
  const facts: readonly (readonly [label: string, value: React.ReactNode])[] = [
    [words.by, [source.by, source.affiliation].filter(Boolean).join(", ") || null],
    [words.publishedBy, source.publisher],
    [words.published, source.published === null ? null : inWords(source.published)],
    [words.accessed, source.accessed === null ? null : inWords(source.accessed)],
    [words.kind, source.kind],
    [words.language, language !== null && translated !== null ? words.translated(language, translated) : language],
    [
      words.reliability,
      reliability === null
        ? null
        : [words.grades[reliability] ?? reliability, source.because].filter(Boolean).join(". "),
    ],
    [words.onSide, source.interested.join(", ") || null],
    [words.terms, source.terms],
    [words.hindsight, source.hindsight],
    [words.link, source.url === null ? null : <CopyText key="url" text={source.url} />],
  ];
  return (
    <dl className="source-facts">
      {facts
        .filter(([, value]) => value !== null)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** A source's card: its facts, what rests on it, and the case without it. */
export function SourceCard({
  assessment,
  source,
}: {
  readonly assessment: Assessment;
  readonly source: SourceExhibit;
}) {
  const { address } = usePick("address");
  if (address.room) return <p className="note">{words.sourceHidden}</p>;
  const nameOf = (id: string) => assessment.argument.claims.find((claim) => claim.id === id)?.name ?? id;
  const off = [...new Set([...address.off, ...source.alone])];
  return (
    <div className="source-card">
      <SourceFacts source={source} />
      {source.note === null ? null : <p className="note">{source.note}</p>}
      {source.claims.length + source.cited.length === 0 ? null : (
        <>
          <h3>{words.restOnIt}</h3>
          <ul>
            {source.claims.map((id) => (
              <li key={id}>
                <a href={hrefOf(address, { page: "evidence", selected: id, because: undefined })}>{nameOf(id)}</a>
                {source.alone.includes(id) ? <span className="chip">{words.alone}</span> : null}
              </li>
            ))}
          </ul>
          {source.cited.length === 0 ? null : (
            <p className="note">
              {words.alsoCites} {source.cited.map(({ label }) => label).join(", ")}.
            </p>
          )}
        </>
      )}
      <p className="note">
        {source.alone.length === 0 ? (
          words.nothingAlone
        ) : (
          <a href={hrefOf(address, { off })}>{words.withoutSource(source.alone.length)}</a>
        )}
      </p>
    </div>
  );
}
