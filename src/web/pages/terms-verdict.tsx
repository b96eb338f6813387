import type { Assessment } from "../../assess/index.ts";
import { list } from "../../assess/index.ts";
import type { Evaluation, Judged } from "../engine/terms-protocol.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { Table } from "../ui/table.tsx";
import { termsWords } from "../words/terms.ts";
import { words } from "../words.ts";
import { alphabetical, type Exhibit, type Names, signed, two } from "./terms-names.ts";

/** Issues named for what a party misses on them. */
const MOST_MISSING = 3;

/** Who would refuse a package, in a sentence. */
export function verdictSentence(names: Names, { acceptable, feasible, parties, open, excluded }: Evaluation): string {
  if (!feasible) {
    const why = excluded.map(({ options, because }) => {
      const named = Object.entries(options).map(([issue, option]) =>
        [option]
          .flat()
          .map((each) => names.option(issue, each))
          .join(" / "),
      );
      return because === null ? termsWords.excluded : termsWords.excludedBecause(list(named), because);
    });
    return termsWords.infeasible(why[0] ?? termsWords.excluded);
  }
  const refusing = parties.filter(({ role, accepts }) => role !== "none" && accepts === "no");
  if (refusing.length > 0) {
    const who = refusing.map(({ party }) => names.party(party)).toSorted((a, b) => a.localeCompare(b, "en"));
    return termsWords.refusedBy(list(who), who.length);
  }
  if (acceptable === null) return termsWords.notKnown;
  if (!acceptable) return termsWords.noWay;
  return open.length === 0 ? termsWords.nobodyRefuses : termsWords.canBeFilled;
}

/** What a party would do, and why where it would not. */
function wouldOf({ accepts, over, redLines }: Judged): string {
  if (accepts !== "no") return termsWords.would[accepts];
  if (over !== null && over < 0) return termsWords.below;
  return Object.keys(redLines).length > 0 ? termsWords.lineCrossed : termsWords.would.no;
}

function missingOf(names: Names, { redLines, missing, shortfall }: Judged, counted: boolean): string {
  const lines = Object.entries(redLines).map(([issue, option]) =>
    (counted ? termsWords.crossed : termsWords.crossedUncounted)(names.issue(issue), names.option(issue, option)),
  );
  const short = Object.entries(missing)
    .filter(([, size]) => size >= 0.005)
    .toSorted(([, a], [, b]) => b - a);
  const told =
    shortfall > 0
      ? short.slice(0, MOST_MISSING).map(([issue, size]) => termsWords.missing(names.issue(issue), two(size)))
      : [];
  const more =
    shortfall > 0 && short.length > MOST_MISSING ? [termsWords.moreMissing(short.length - MOST_MISSING)] : [];
  return [...lines, ...told, ...more].join("; ") || "–";
}

const spanOf = ({ worst, best }: Judged): string =>
  two(worst) === two(best) ? two(best) : `${two(worst)} to ${two(best)}`;

/** Party by party: would it accept, what is the package worth to it, what is missing. */
export function VerdictTable({
  terms,
  names,
  parties,
  redLines,
  caption,
}: {
  readonly terms: Exhibit;
  readonly names: Names;
  readonly parties: readonly Judged[];
  readonly redLines: boolean;
  readonly caption: string;
}) {
  const { address } = usePick("address");
  return (
    <Table
      caption={caption}
      head={termsWords.verdictHead}
      rows={alphabetical(terms).flatMap((i) => {
        const judged = parties[i];
        const party = terms.parties[i];
        if (judged === undefined || party === undefined) return [];
        return [
          {
            id: judged.party,
            cells: [
              <a key="party" href={hrefOf(address, { because: party.node })}>
                {party.name}
              </a>,
              <span key="would" className={`would ${judged.accepts}`}>
                {words.acceptMarks[judged.accepts]} {wouldOf(judged)}
              </span>,
              spanOf(judged),
              judged.noDeal === null ? termsWords.noReservation : two(judged.noDeal),
              judged.over === null ? "–" : signed(judged.over),
              missingOf(names, judged, redLines),
            ],
          },
        ];
      })}
    />
  );
}

/** Norms that options of a package stand against, each with what it says. */
export function Norms({
  assessment,
  names,
  pick,
}: {
  readonly assessment: Assessment;
  readonly names: Names;
  readonly pick: Readonly<Record<string, string>>;
}) {
  const touched = new Map<string, string[]>();
  for (const [issue, option] of Object.entries(pick)) {
    for (const norm of names.norms(issue, option)) {
      touched.set(norm, [...(touched.get(norm) ?? []), names.option(issue, option)]);
    }
  }
  if (assessment.negotiation.norms.length === 0) return null;
  if (touched.size === 0) return <p className="context">{termsWords.noNorms}</p>;
  return (
    <>
      <h3>{termsWords.norms}</h3>
      <ul className="tests norms">
        {[...touched].map(([id, options]) => (
          <li key={id}>
            <strong>{names.norm(id)}</strong> <span className="note">({list(options)})</span>{" "}
            {assessment.negotiation.norms.find((norm) => norm.id === id)?.text}
          </li>
        ))}
      </ul>
    </>
  );
}
