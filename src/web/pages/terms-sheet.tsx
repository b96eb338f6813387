import type { Assessment } from "../../assess/index.ts";
import { percent } from "../../assess/index.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { Table } from "../ui/table.tsx";
import { termsWords } from "../words/terms.ts";
import { alphabetical, type Exhibit, type Names, two } from "./terms-names.ts";

const SHEET = "sheet:";
const ALL = "*";

type Position = Assessment["negotiation"]["positions"][number];
type Stance = Position["stances"][number];

/** Positions that have a sheet, in alphabetical order. */
function positionsOf({ negotiation }: Assessment, terms: Exhibit): readonly Position[] {
  return alphabetical(terms).flatMap(
    (i) => negotiation.positions.find(({ party }) => party === terms.parties[i]?.party) ?? [],
  );
}

/** The sheets that the address asks for; undefined where it asks for none. */
export function sheetsOf(
  assessment: Assessment,
  terms: Exhibit,
  selected: string | undefined,
): readonly Position[] | undefined {
  if (selected?.startsWith(SHEET) !== true) return undefined;
  const party = selected.slice(SHEET.length);
  const all = positionsOf(assessment, terms);
  return party === ALL ? all : all.filter((each) => each.party === party);
}

/** Links to the sheets. */
export function SheetLinks({ assessment, terms }: { readonly assessment: Assessment; readonly terms: Exhibit }) {
  const { address } = usePick("address");
  const positions = positionsOf(assessment, terms);
  const to = (party: string) => hrefOf(address, { selected: `${SHEET}${party}`, because: undefined });
  return (
    <section aria-labelledby="sheets-h">
      <h2 id="sheets-h">{termsWords.sheets}</h2>
      <p className="context">{termsWords.sheetsHelp}</p>
      <ul className="sheet-links">
        {positions.map(({ party, name }) => (
          <li key={party}>
            <a href={to(party)}>{name}</a>
          </li>
        ))}
        {positions.length > 1 ? (
          <li>
            <a href={to(ALL)}>{termsWords.allSheets}</a>
          </li>
        ) : null}
      </ul>
    </section>
  );
}

/** A sheet for each party to say whether it is understood: what it stated apart from what others infer. */
export function Sheets({
  assessment,
  terms,
  names,
  positions,
}: {
  readonly assessment: Assessment;
  readonly terms: Exhibit;
  readonly names: Names;
  readonly positions: readonly Position[];
}) {
  const { address } = usePick("address");
  return (
    <article className="page terms sheets">
      <p className="sheet-bar">
        <a href={hrefOf(address, { selected: undefined })}>{termsWords.backToTerms}</a>{" "}
        <button type="button" onClick={() => print()}>
          {termsWords.print}
        </button>
      </p>
      {positions.map((position) => (
        <Sheet key={position.party} assessment={assessment} terms={terms} names={names} position={position} />
      ))}
    </article>
  );
}

const BASES = ["stated", "inferred", "coded"] as const;

function Sheet({
  assessment,
  terms,
  names,
  position,
}: {
  readonly assessment: Assessment;
  readonly terms: Exhibit;
  readonly names: Names;
  readonly position: Position;
}) {
  const { room } = usePick("address").address;
  const party = terms.parties.find((each) => each.party === position.party);
  const of = (basis: (typeof BASES)[number]) => partsOn(position, basis);
  return (
    <section className="sheet" aria-labelledby={`sheet-${position.party}`}>
      <p className="kicker">
        {assessment.case.title}
        {assessment.case.asOf === null ? "" : ` · ${assessment.case.asOf}`}
      </p>
      <h1 id={`sheet-${position.party}`}>
        {position.name}: {termsWords.sheets.toLowerCase()}
      </h1>
      <p>{termsWords.sheetLead(position.name)}</p>
      <dl className="facts-list">
        <dt>{termsWords.sheetRole}</dt>
        <dd>{termsWords.sheetRoles[party?.accepts ?? "required"]}</dd>
        {room ? null : (
          <>
            <dt>{termsWords.sheetWithout}</dt>
            <dd>
              {party?.reservation === null || party === undefined
                ? ""
                : `${termsWords.worthInWords(party.reservation)} (${two(party.reservation)}). `}
              {party?.basis}
            </dd>
          </>
        )}
      </dl>
      {BASES.filter((basis) => !(room && basis !== "stated")).map((basis) => (
        <Basis key={basis} terms={terms} names={names} position={position} basis={basis} stances={of(basis)} />
      ))}
      {room ? <p className="context">{termsWords.hiddenInferred}</p> : null}
      <p className="context">{termsWords.sheetValued}</p>
      <p className="sheet-answer">{termsWords.sheetAnswer}</p>
    </section>
  );
}

/** What a position says on one basis: of each issue the options, and the red lines, that stand on it. */
function partsOn({ stances }: Position, basis: (typeof BASES)[number]): readonly Stance[] {
  const isOn = (own: string | null) => (own ?? "coded") === basis;
  return stances.flatMap((stance) => {
    const values = stance.values.filter((value) => isOn(value.basis));
    const redLines = isOn(stance.basis) ? stance.redLines : [];
    return values.length === 0 && redLines.length === 0 ? [] : [{ ...stance, values, redLines }];
  });
}

function Basis({
  terms,
  names,
  position,
  basis,
  stances,
}: {
  readonly terms: Exhibit;
  readonly names: Names;
  readonly position: Position;
  readonly basis: (typeof BASES)[number];
  readonly stances: readonly Stance[];
}) {
  const { address } = usePick("address");
  if (stances.length === 0) {
    return basis === "stated" ? <p className="context">{termsWords.statedNone}</p> : null;
  }
  const i = terms.parties.findIndex(({ party }) => party === position.party);
  const even = 1 / Math.max(1, terms.weights[i]?.filter((share) => share > 0).length ?? 1);
  const grounds = stances.flatMap(({ issue, because, by, citations }) =>
    because === null && citations.length === 0 ? [] : [{ issue, because, by, citations }],
  );
  return (
    <>
      <h2>{termsWords[basis]}</h2>
      <Table
        caption={`${position.name}: ${termsWords[basis]}`}
        head={termsWords.sheetHead}
        rows={stances.map((stance) => {
          const k = terms.issues.findIndex(({ id }) => id === stance.issue);
          const share = terms.weights[i]?.[k] ?? 0;
          return {
            id: stance.issue,
            cells: [
              <a key="issue" href={hrefOf(address, { because: stance.node })}>
                {names.issue(stance.issue)}
              </a>,
              share === 0
                ? termsWords.weightInWords(0, even)
                : termsWords.sheetWeight(termsWords.weightInWords(share, even), percent(share)),
              <ul key="values" className="moves">
                {stance.values
                  .toSorted((a, b) => b.central - a.central)
                  .map(({ option, text, central }) => (
                    <li key={option}>
                      {termsWords.sheetValue(
                        names.option(stance.issue, option),
                        termsWords.worthInWords(central),
                        text,
                      )}
                    </li>
                  ))}
              </ul>,
              stance.redLines.map((option) => names.option(stance.issue, option)).join("; ") || "–",
              termsWords.yesNo,
            ],
          };
        })}
      />
      {address.room || grounds.length === 0 || basis !== "stated" ? null : (
        <ul className="grounds">
          {grounds.map(({ issue, because, by, citations }) => (
            <li key={issue}>
              <strong>{names.issue(issue)}.</strong> {because} {by === null ? "" : `(${termsWords.by_(by)}) `}
              <cite>{citations.join("; ")}</cite>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
