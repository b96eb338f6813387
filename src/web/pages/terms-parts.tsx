import type { Assessment } from "../../assess/index.ts";
import type { Evaluation, Judged } from "../engine/terms-protocol.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { termsWords } from "../words/terms.ts";
import { alphabetical, type Exhibit, type Names, signed, stanceNode } from "./terms-names.ts";

/** A package taken apart: for each party, what each issue adds over no agreement, as bars to either side of it. */
export function Parts({
  assessment,
  terms,
  names,
  evaluation,
}: {
  readonly assessment: Assessment;
  readonly terms: Exhibit;
  readonly names: Names;
  readonly evaluation: Evaluation;
}) {
  const judged = alphabetical(terms).flatMap((i) => evaluation.parties[i] ?? []);
  const asked = judged.filter(({ role }) => role !== "none");
  const others = judged.filter(({ role }) => role === "none");
  const widest = Math.max(...judged.flatMap(({ parts }) => Object.values(parts).map(Math.abs)), 1e-9);
  const blocks = (each: readonly Judged[]) => (
    <div className="parts-grid">
      {each.map((one) => (
        <PartyParts key={one.party} assessment={assessment} names={names} judged={one} widest={widest} />
      ))}
    </div>
  );
  if (evaluation.outcome === null) return null;
  return (
    <div className="parts">
      <h3>{termsWords.parts}</h3>
      <p className="context">{termsWords.partsHelp}</p>
      {evaluation.open.length === 0 ? null : (
        <p className="context">
          {termsWords.completedAs(
            names.package(Object.fromEntries(evaluation.open.map((id) => [id, evaluation.outcome?.[id] ?? ""]))),
          )}
        </p>
      )}
      {blocks(asked)}
      {others.length === 0 ? null : (
        <details>
          <summary>{termsWords.partsOthers}</summary>
          {blocks(others)}
        </details>
      )}
    </div>
  );
}

function PartyParts({
  assessment,
  names,
  judged: { party, noDeal, parts },
  widest,
}: {
  readonly assessment: Assessment;
  readonly names: Names;
  readonly judged: Judged;
  readonly widest: number;
}) {
  const { address } = usePick("address");
  const name = names.party(party);
  const rows = Object.entries(parts);
  const total = signed(rows.reduce((sum, [, part]) => sum + part, 0));
  return (
    <table className="party-parts">
      <caption>
        {rows.length === 0
          ? `${name}: ${termsWords.partsNone}`
          : noDeal === null
            ? termsWords.partsWorth(name, total)
            : termsWords.partsOver(name, total)}
      </caption>
      <thead className="sr">
        <tr>
          {termsWords.partsHead.map((each) => (
            <th scope="col" key={each}>
              {each}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([issue, part]) => {
          const node = stanceNode(assessment, party, issue);
          const size = `${((50 * Math.abs(part)) / widest).toFixed(1)}%`;
          return (
            <tr key={issue}>
              <th scope="row">
                {node === undefined ? (
                  names.issue(issue)
                ) : (
                  <a href={hrefOf(address, { because: node })}>{names.issue(issue)}</a>
                )}
              </th>
              <td>
                <span className={`diverging ${part < 0 ? "less" : "more"}`} aria-hidden="true">
                  <span style={{ inlineSize: size }} />
                </span>
                <span className="part-size">{signed(part)}</span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
