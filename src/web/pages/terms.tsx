import { useMemo } from "react";
import type { Assessment } from "../../assess/index.ts";
import { type Aside, readPicked } from "../state/picked.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { useAnswer, useTermsEngine } from "../state/terms-engine.ts";
import { Stale } from "../ui/stale.tsx";
import { Table } from "../ui/table.tsx";
import "../styles/terms.css";
import { termsWords } from "../words/terms.ts";
import { words } from "../words.ts";
import { Finder } from "./terms-finder.tsx";
import { alphabetical, digits, type Exhibit, type Names, namesOf, two } from "./terms-names.ts";
import { Packages } from "./terms-picture.tsx";
import { ProposalDetail, Proposals } from "./terms-proposals.tsx";
import { SheetLinks, Sheets, sheetsOf } from "./terms-sheet.tsx";
import { Trades } from "./terms-trade.tsx";

/** Whether a deal exists, who would accept which package, what is missing, and what could be traded. */
export default function Terms() {
  const { whole } = usePick("whole");
  const assessment = whole?.assessment;
  const terms = assessment?.terms ?? null;
  if (assessment === undefined || terms === null) return <p className="waiting">{words.awaited} …</p>;
  return <Analysed assessment={assessment} terms={terms} />;
}

function Analysed({ assessment, terms }: { readonly assessment: Assessment; readonly terms: Exhibit }) {
  const { address, whole, now } = usePick("address", "whole", "now");
  const { pick: picks, lock, selected } = address;
  const stale = now?.key !== whole?.key;
  const names = useMemo(() => namesOf(assessment, terms), [assessment, terms]);
  const engine = useTermsEngine();
  const picked = useMemo(
    () => readPicked({ pick: picks, lock }, assessment.negotiation.issues),
    [picks, lock, assessment],
  );
  const known = useAnswer(engine, "pick", "evaluate", { pick: picked.pick, redLines: address.lines });
  const sheets = sheetsOf(assessment, terms, selected);
  if (sheets !== undefined && sheets.length > 0) {
    return <Sheets assessment={assessment} terms={terms} names={names} positions={sheets} />;
  }
  const chosen = terms.proposals.find(({ id }) => id === selected);
  const isAny = Object.keys(picked.pick).length > 0;
  return (
    <article className="page terms">
      <p className="kicker">{assessment.case.title}</p>
      <h1>{words.termsTitle}</h1>
      <Stale on={stale} />
      <Asides
        asides={picked.asides}
        names={names}
        selected={chosen === undefined ? selected : undefined}
        sheet={sheets}
      />
      <div className={stale ? "stale" : ""}>
        <p>{assessment.what.headline}</p>
        <Zone assessment={assessment} terms={terms} />
        <Packages assessment={assessment} terms={terms} evaluation={isAny ? known.back : undefined} />
        <Proposals terms={terms} chosen={chosen} />
        {chosen === undefined ? null : (
          <ProposalDetail assessment={assessment} terms={terms} names={names} engine={engine} proposal={chosen} />
        )}
      </div>
      <Finder assessment={assessment} terms={terms} names={names} engine={engine} picked={picked} known={known} />
      <div className={stale ? "stale" : ""}>
        <Trades terms={terms} names={names} />
        <Without terms={terms} />
        <SheetLinks assessment={assessment} terms={terms} />
      </div>
    </article>
  );
}

/** What of the address could not be taken. */
function Asides({
  asides,
  names,
  selected,
  sheet,
}: {
  readonly asides: readonly Aside[];
  readonly names: Names;
  readonly selected: string | undefined;
  readonly sheet: readonly unknown[] | undefined;
}) {
  const told = asides.map((aside): string => {
    if (aside.kind === "form") return termsWords.asideForm(aside.text);
    if (aside.kind === "issue") return termsWords.asideIssue(aside.issue);
    if (aside.kind === "twice") return termsWords.asideTwice(names.issue(aside.issue));
    if (aside.kind === "nothing-to-lock") return termsWords.asideLock(names.issue(aside.issue));
    return termsWords.asideOption(names.issue(aside.issue), aside.option, aside.known.join(", "));
  });
  if (selected !== undefined) {
    told.push(
      sheet === undefined ? termsWords.asideSelected(selected) : termsWords.asideSheet(selected.replace(/^sheet:/, "")),
    );
  }
  return told.map((each) => (
    <p className="notice" key={each}>
      {each}
    </p>
  ));
}

function Zone({ assessment, terms }: { readonly assessment: Assessment; readonly terms: Exhibit }) {
  return (
    <section aria-labelledby="zone-h" className="zone">
      <h2 id="zone-h">{words.zone}</h2>
      <Table
        caption={words.zone}
        head={words.zoneHead}
        rows={terms.readings.map(({ reading, name, exists, size, says }) => ({
          id: reading ?? "",
          current: reading === assessment.reading.id,
          cells: [
            name,
            <span key="exists" className={`mark${exists ? " holds" : ""}`}>
              {exists ? `● ${words.yes}` : `○ ${words.no}`}
            </span>,
            exists ? (
              size === null ? (
                "–"
              ) : (
                <span className="size" key="size">
                  {digits(size)}
                </span>
              )
            ) : (
              says
            ),
          ],
        }))}
      />
    </section>
  );
}

function Without({ terms }: { readonly terms: Exhibit }) {
  const { address } = usePick("address");
  return (
    <section aria-labelledby="without-h">
      <h2 id="without-h">{words.without}</h2>
      <Table
        caption={words.without}
        head={words.withoutHead}
        rows={alphabetical(terms).flatMap((i) => {
          const party = terms.parties[i];
          if (party === undefined) return [];
          const { name, accepts, reservation, basis, node } = party;
          return [
            {
              id: party.party,
              cells: [
                <a key="name" href={hrefOf(address, { because: node })}>
                  {name}
                </a>,
                words.roles[accepts],
                reservation === null ? "–" : two(reservation),
                basis,
              ],
            },
          ];
        })}
      />
    </section>
  );
}
