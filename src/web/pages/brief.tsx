import { lazy, memo, Suspense, useDeferredValue, useMemo, useState } from "react";
import type { Answer, AnswerId, Assessment } from "../../assess/index.ts";
import { GALLERY, viewKey } from "../state/address.ts";
import { type LiveRow, withEvidence, withLive } from "../state/live-rows.ts";
import { movedRows, type Row, rowsOf } from "../state/rows.ts";
import { go, hrefOf } from "../state/session.ts";
import { type Shown, usePick, useStore } from "../state/store.ts";
import { AsOfStrip } from "../ui/asof-strip.tsx";
import { Calm } from "../ui/calm.tsx";
import { Cut } from "../ui/cut.tsx";
import { Later } from "../ui/later.tsx";
import { FigureRow } from "../ui/strip.tsx";
import { ANSWER_IDS, ANSWER_WORDS, words } from "../words.ts";
import { Watch } from "./brief-watch.tsx";
import { LinkTables } from "./link-table.tsx";

/** On its way with the page itself. */
const figures = import("./brief-figures.tsx");
const BriefFigures = lazy(async () => ({ default: memo((await figures).default) }));
const CaseMap = lazy(async () => ({ default: memo((await import("../map/map.tsx")).default) }));
const SinceLast = lazy(() => import("./brief-since.tsx"));

/** What does not change with the parts of an answer is not drawn again for them. */
const Doubts = memo(Claims);
const Told = memo(AnswerBlock);
const Days = memo(AsOfStrip);
const Watched = memo(Watch);
const Links = memo(LinkTables);

const AS_CODED = viewKey(GALLERY);

/** Answers that the evidence alone gives nothing to. */
const NEEDS_WHOLE: ReadonlySet<AnswerId> = new Set(["what", "holds"]);

/** In which order what moved is told: how likely first, single claims last. */
const MOVED_FIRST = ["when", "what", "holds", "changes", "why"] as const satisfies readonly AnswerId[];

/** The first page: whose argument it is, and the five answers; the former view's figures stay as ghosts. */
export default function Brief() {
  const { address, now, whole, former, live, work, open } = usePick(
    "address",
    "now",
    "whole",
    "former",
    "live",
    "work",
    "open",
  );
  const newest = now ?? whole;
  const rows = useRows(now ?? whole);
  const wholeRows = useRows(whole);
  const formerRows = useRows(former);
  // What is known of the view that is being worked out.
  const early = work !== undefined && live !== undefined && live.key !== whole?.key ? live : undefined;
  const earlyRows = useMemo(
    () => (early === undefined || wholeRows === undefined ? undefined : withLive(wholeRows, early)),
    [early, wholeRows],
  );
  const calm = useDeferredValue(newest?.assessment);
  if (newest === undefined || calm === undefined) return null;
  const { assessment } = newest;
  const key = early?.key ?? newest.key;
  const behind = whole?.key !== key;
  /** Of each answer: what is shown, and whether it is of the view before. */
  const shownOf = (id: AnswerId) => {
    if (earlyRows !== undefined && whole !== undefined) {
      const weighed = now?.key === key;
      const evidence = weighed && !NEEDS_WHOLE.has(id);
      const first = weighed && (id === "why" || id === "changes") ? [] : earlyRows[id];
      return {
        answer: evidence ? assessment[id] : whole.assessment[id],
        rows: weighed ? withEvidence(first, rows?.[id] ?? []) : first,
        stale: !evidence,
      };
    }
    const old = whole !== undefined && ((behind && NEEDS_WHOLE.has(id)) || now === undefined);
    const from = old ? whole.assessment : assessment;
    return { answer: from[id], rows: old ? wholeRows?.[id] : rows?.[id], stale: old };
  };
  const ghosts = former !== undefined && former.key !== key ? formerRows : undefined;
  const told = Object.fromEntries(ANSWER_IDS.map((id) => [id, shownOf(id)])) as Record<
    AnswerId,
    ReturnType<typeof shownOf>
  >;
  const moved = ghosts === undefined ? undefined : movedRows(ghosts, currentRows(told), MOVED_FIRST);
  return (
    <article className="page brief">
      <p className="kicker">{words.inBrief}</p>
      <h1>{assessment.case.title}</h1>
      <ReadingNote assessment={assessment} />
      <Thesis assessment={assessment} />
      <Doubts />
      {moved === undefined ? null : <Moved moved={moved} />}
      <Calm>
        <dl className="answers">
          {ANSWER_IDS.map((id) => (
            <Told key={id} id={id} {...told[id]} ghosts={ghosts?.[id]} pending={behind} />
          ))}
        </dl>
      </Calm>
      <p className="legend-line">{words.key}</p>
      <Suspense fallback={null}>
        <BriefFigures
          assessment={assessment}
          current={newest.key === key}
          curve={live?.key === key ? live.parts.curve : undefined}
          former={former !== undefined && former.key !== key ? former.assessment : undefined}
        />
      </Suspense>
      <Later>
        <Suspense fallback={null}>
          {open === undefined || address.room || whole?.key !== AS_CODED ? null : (
            <SinceLast key={open.id} id={open.id} assessment={whole.assessment} />
          )}
        </Suspense>
        <Days assessment={assessment} />
        <Calm>
          <Watched assessment={calm} />
          <Suspense fallback={null}>
            {calm.places === null ? null : <CaseMap assessment={calm} places={calm.places} detail="coarse" />}
          </Suspense>
          <Links assessment={calm} />
        </Calm>
      </Later>
    </article>
  );
}

/** Rows of the view looked at; those of the view before have not moved yet. */
function currentRows(
  told: Readonly<Record<AnswerId, { readonly rows: readonly Shaped[] | undefined; readonly stale: boolean }>>,
) {
  const of = (id: AnswerId) => (told[id].rows ?? []).filter((row) => row.current ?? !told[id].stale);
  return { why: of("why"), when: of("when"), what: of("what"), holds: of("holds"), changes: of("changes") };
}

/** A row that may say itself whether it is of the view looked at. */
type Shaped = Row & Partial<Pick<LiveRow, "current">>;

function useRows(shown: Shown | undefined) {
  return useMemo(() => (shown === undefined ? undefined : rowsOf(shown.assessment)), [shown]);
}

function ReadingNote({ assessment: { reading } }: { readonly assessment: Assessment }) {
  if (reading.id === null) return null;
  return (
    <p className="reading-note">
      <strong>
        {words.reading} “{reading.name}”
      </strong>
      {reading.by === null ? "" : `, ${reading.by}`}. {reading.because}
    </p>
  );
}

/** What the source itself asserts, attributed, before anything that Parley computes. */
function Thesis({ assessment: { questions } }: { readonly assessment: Assessment }) {
  const stated = questions.filter(({ thesis }) => thesis !== null);
  if (stated.length === 0) return null;
  return (
    <div className="thesis">
      <p className="label">{words.thesis}</p>
      {stated.map(({ id, thesis, citations }) => (
        <p key={id}>
          {thesis} <cite>{citations.join("; ")}</cite>
        </p>
      ))}
    </div>
  );
}

/** What a change of reading, day or claims has moved. */
function Moved({ moved }: { readonly moved: readonly { readonly row: Row; readonly was: Row }[] }) {
  return (
    <section className="moved" aria-label={words.moved}>
      <div className="moved-head">
        <p className="label" role="status">
          {moved.length === 0 ? words.nothingMoved : words.movedFrom(moved.length)}
        </p>
        <button type="button" className="quiet" onClick={() => useStore.setState({ former: undefined })}>
          {words.clearGhost}
        </button>
      </div>
      <Cut all={moved} most={8}>
        {(shown) => (
          <ul>
            {shown.map(({ row, was }) => (
              <li key={row.id}>
                <span>{row.label}</span> <span className="change">{words.becomes(was.text, row.text)}</span>
              </li>
            ))}
          </ul>
        )}
      </Cut>
    </section>
  );
}

function AnswerBlock({
  id,
  answer,
  rows = [],
  ghosts,
  stale,
  pending,
}: {
  readonly id: AnswerId;
  readonly answer: Answer;
  readonly rows: readonly Shaped[] | undefined;
  readonly ghosts: readonly Row[] | undefined;
  readonly stale: boolean;
  readonly pending: boolean;
}) {
  const { address } = usePick("address");
  const label = ANSWER_WORDS[id];
  const [root] = answer.because;
  const [lead, rest] = firstSentence(answer.headline);
  // An answer that the rest of the work gives is no answer that is lacking.
  const partly = stale && rows.some((row) => row.current === true);
  const awaited = !stale && pending && answer.status === "awaits";
  return (
    <div className={`answer${stale && !partly ? " stale" : ""}`} data-answer={id}>
      <dt>
        {label}
        {answer.status === "awaits" && !awaited ? <span className="chip">{words.notYet}</span> : null}
        {stale || awaited ? <span className="chip">{words.awaited}</span> : null}
      </dt>
      <dd>
        {awaited ? null : <p className={`headline${partly ? " stale" : ""}`}>{lead}</p>}
        {rows.length === 0 ? null : (
          <ul className="figure-rows">
            {rows.map((row) => (
              <FigureRow
                key={row.id}
                row={row}
                was={ghosts?.find((each) => each.id === row.id)}
                stale={row.current === undefined ? stale : !row.current}
              />
            ))}
          </ul>
        )}
        {awaited || rest === "" ? null : <p className={`headline-rest${partly ? " stale" : ""}`}>{rest}</p>}
        <p className="answer-foot">
          {answer.confidence === null ? null : (
            <>
              <span className="chip">{words.confidence(answer.confidence.level)}</span> {answer.confidence.because}.{" "}
            </>
          )}
          {root === undefined ? null : (
            <a href={hrefOf(address, { because: root })} aria-label={words.whyAnswer(label)}>
              {words.because}
            </a>
          )}
        </p>
      </dd>
    </div>
  );
}

/** The first sentence of a headline says most; the rest stands below its figures. */
function firstSentence(text: string): readonly [first: string, rest: string] {
  const end = /[.!?]\s+(?=[A-Z“0-9])/.exec(text);
  return end === null ? [text, ""] : [text.slice(0, end.index + 1), text.slice(end.index + end[0].length)];
}

/** Claims that are ticked in one list; of more, those that are searched for. */
const MOST_TICKS = 60;

/** The claims, each of which can be left out. */
function Claims() {
  const { address, open, whole, now } = usePick("address", "open", "whole", "now");
  const [search, setSearch] = useState("");
  // Until the engine has read the case, those that the assessment speaks of.
  const weighed = (whole ?? now)?.assessment.questions.flatMap((question) => question.claims) ?? [];
  const spoken = [...new Map(weighed.map(({ id, name }) => [id, { id, name }])).values()];
  const claims = open === undefined || open.claims.length === 0 ? spoken : open.claims;
  if (claims.length === 0) return null;
  const found = claims.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  // Those that are left out stand first where not all are shown.
  const out = (id: string) => address.off.includes(id);
  const listed = claims.length <= MOST_TICKS ? found : found.toSorted((a, b) => Number(out(b.id)) - Number(out(a.id)));
  const toggle = (id: string) =>
    go({ off: out(id) ? address.off.filter((each) => each !== id) : [...address.off, id] });
  return (
    <details className="doubts" open={address.off.length > 0 ? true : undefined}>
      <summary>
        {words.claims}
        {address.off.length === 0 ? null : <span className="chip warn">{words.leftOut(address.off.length)}</span>}
      </summary>
      <p className="note">{words.claimsHelp}</p>
      {claims.length <= MOST_TICKS ? null : (
        <input
          type="search"
          aria-label={words.findClaim}
          placeholder={words.findClaim}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      )}
      <Cut all={listed} most={MOST_TICKS}>
        {(shown) => (
          <ul className="claim-ticks">
            {shown.map(({ id, name }) => (
              <li key={id}>
                <label>
                  <input type="checkbox" checked={!out(id)} onChange={() => toggle(id)} />
                  <span>{name}</span>
                </label>
              </li>
            ))}
          </ul>
        )}
      </Cut>
      {address.off.length === 0 ? null : (
        <button type="button" onClick={() => go({ off: [] })}>
          {words.allClaims}
        </button>
      )}
    </details>
  );
}
