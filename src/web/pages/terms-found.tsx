import { useState } from "react";
import { list } from "../../assess/index.ts";
import type { TermsEngine } from "../engine/terms-client.ts";
import type { Blocks, Opening, Search, SearchResult } from "../engine/terms-protocol.ts";
import { type Picked, writePicked } from "../state/picked.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { useAnswer } from "../state/terms-engine.ts";
import { Table } from "../ui/table.tsx";
import { termsWords } from "../words/terms.ts";
import { alphabetical, digits, type Exhibit, type Names, signed } from "./terms-names.ts";
import { VerdictTable } from "./terms-verdict.tsx";

/** Looks for packages that keep what is kept, and tells who stands in the way where there is none. */
export function FindPackages({
  terms,
  names,
  engine,
  picked: { pick, locks },
}: {
  readonly terms: Exhibit;
  readonly names: Names;
  readonly engine: TermsEngine | undefined;
  readonly picked: Picked;
}) {
  const { address } = usePick("address");
  const [sums, setSums] = useState(false);
  const [asked, setAsked] = useState<Search>();
  const { back, fresh, broke } = useAnswer(engine, "search", "search", asked);
  const lock = Object.fromEntries(locks.map((issue) => [issue, pick[issue] ?? ""]));
  const isOld =
    asked !== undefined && (JSON.stringify(asked.lock) !== JSON.stringify(lock) || asked.redLines !== address.lines);
  return (
    <div className="find">
      <h3>{termsWords.found}</h3>
      <p className="context">
        {termsWords.findHelp(
          list(locks.map((issue) => `${names.issue(issue)}: ${names.option(issue, pick[issue] ?? "")}`)),
        )}
      </p>
      <div className="finder-bar">
        <button
          type="button"
          className="find-button"
          onClick={() => setAsked({ lock, redLines: address.lines, from: pick, sums })}
        >
          {termsWords.find}
        </button>
        <label className="tick" title={termsWords.sumsHelp}>
          <input type="checkbox" checked={sums} onChange={({ target }) => setSums(target.checked)} /> {termsWords.sums}
        </label>
      </div>
      {sums ? <p className="context">{termsWords.sumsHelp}</p> : null}
      <div role="status">
        {asked !== undefined && !fresh ? <p className="context">{termsWords.working} …</p> : null}
        {isOld ? <p className="stale-note">{termsWords.stale}</p> : null}
        {back === undefined || asked === undefined ? null : (
          <p>{back.exists ? countOf(back) : reasonOf(names, back.blocks)}</p>
        )}
      </div>
      {broke === undefined ? null : (
        <p className="notice" role="alert">
          {termsWords.broke(broke)}
        </p>
      )}
      {back === undefined || asked === undefined ? null : (
        <div className={fresh && !isOld ? "" : "stale"}>
          {back.exists ? (
            <FoundTable terms={terms} names={names} result={back} locks={locks} from={asked.from} />
          ) : back.blocks === null ? null : (
            <Blocked
              terms={terms}
              names={names}
              blocks={back.blocks}
              picked={{ pick, locks }}
              redLines={asked.redLines}
            />
          )}
        </div>
      )}
    </div>
  );
}

const countOf = ({ size, packages }: SearchResult): string =>
  size === null || packages === null
    ? termsWords.foundUncounted
    : termsWords.foundCount(digits(size), digits(packages));

/** Why there is no package, in a sentence or two. */
function reasonOf(names: Names, blocks: Blocks | null): string {
  const lines = (blocks?.redLines ?? []).map(({ party, issue }) =>
    termsWords.noneLine(names.party(party), names.issue(issue)),
  );
  const parties = (blocks?.parties ?? [])
    .map((party) => names.party(party))
    .toSorted((a, b) => a.localeCompare(b, "en"));
  const why =
    lines.length > 0
      ? termsWords.noneLines(list(lines))
      : parties.length > 1
        ? termsWords.noneParties(list(parties))
        : parties.length === 1
          ? termsWords.noneParty(parties[0] ?? "")
          : blocks !== null && blocks.closest === null
            ? termsWords.noneExcluded
            : "";
  return `${termsWords.none} ${why}`.trim();
}

function FoundTable({
  terms,
  names,
  result,
  locks,
  from,
}: {
  readonly terms: Exhibit;
  readonly names: Names;
  readonly result: SearchResult;
  readonly locks: readonly string[];
  readonly from: Search["from"];
}) {
  const { address } = usePick("address");
  const asked = alphabetical(terms).filter((i) => terms.parties[i]?.accepts !== "none");
  const [package_, changes, least] = termsWords.foundHead;
  const any = Object.keys(from).length > 0;
  return (
    <Table
      caption={termsWords.found}
      head={[package_, ...(any ? [changes] : []), ...asked.map((i) => terms.parties[i]?.name ?? ""), least]}
      rows={result.found.map(({ by, outcome, over, changed, ties, exact }) => {
        const notes = [...(ties > 1 ? [termsWords.ties(ties)] : []), ...(exact ? [] : [termsWords.inexact])];
        const tight = asked.filter((i) => over[i] !== null).toSorted((a, b) => (over[a] ?? 0) - (over[b] ?? 0))[0];
        const isPick = JSON.stringify(Object.entries(outcome).sort()) === JSON.stringify(Object.entries(from).sort());
        return {
          id: by,
          cells: [
            <span key="by">
              {termsWords.by[by]}
              {notes.length === 0 ? null : <small> {notes.join(", ")}</small>}{" "}
              <a className="take" href={hrefOf(address, writePicked(outcome, locks))}>
                {termsWords.take}
                <span className="sr">: {termsWords.by[by]}</span>
              </a>
            </span>,
            ...(any
              ? [
                  isPick ? (
                    termsWords.isItself
                  ) : (
                    <span key="changes">
                      {termsWords.changes(changed.length)}
                      {changed.length === 0 ? null : (
                        <small>
                          {changed
                            .map((issue) => `${names.issue(issue)}: ${names.option(issue, outcome[issue] ?? "")}`)
                            .join("; ")}
                        </small>
                      )}
                    </span>
                  ),
                ]
              : []),
            ...asked.map((i) => {
              const gain = over[i];
              return gain === null || gain === undefined ? "–" : signed(gain);
            }),
            tight === undefined ? "–" : (terms.parties[tight]?.name ?? ""),
          ],
        };
      })}
    />
  );
}

/** Who stands in the way, on which issue, and which single kept issue or red line would open it. */
function Blocked({
  terms,
  names,
  blocks: { closest, opens },
  picked: { pick, locks },
  redLines,
}: {
  readonly terms: Exhibit;
  readonly names: Names;
  readonly blocks: Blocks;
  readonly picked: Pick<Picked, "pick" | "locks">;
  readonly redLines: boolean;
}) {
  const { address } = usePick("address");
  const words_ = (opening: Opening) => {
    if (opening.kind === "red-line")
      return termsWords.opensLine(names.party(opening.party), names.issue(opening.issue));
    const others = locks.filter((issue) => issue !== opening.issue);
    return <a href={hrefOf(address, writePicked(pick, others))}>{termsWords.unlock(names.issue(opening.issue))}</a>;
  };
  return (
    <>
      <h4>{termsWords.opens}</h4>
      {opens.length === 0 ? <p className="context">{termsWords.opensNone}</p> : null}
      <ul className="tests">
        {opens.map((opening) => (
          <li key={JSON.stringify(opening)}>{words_(opening)}</li>
        ))}
      </ul>
      {closest === null ? null : (
        <>
          <h4>{termsWords.blocks}</h4>
          <p className="context">
            {termsWords.closest}: {names.package(closest.outcome)}.{" "}
            <a href={hrefOf(address, writePicked(closest.outcome, locks))}>{termsWords.take}</a>
          </p>
          <VerdictTable
            terms={terms}
            names={names}
            parties={closest.parties}
            redLines={redLines}
            caption={termsWords.blocks}
          />
        </>
      )}
    </>
  );
}
