import type { Assessment } from "../../assess/index.ts";
import { percent } from "../../assess/index.ts";
import { usePick } from "../state/store.ts";
import { evidenceWords as words } from "../words/evidence.ts";
import { ClaimLink } from "./evidence-claims.tsx";

const FIRST = 20;

/** Claims that contradict one another, and claims that data contradict, side by side. */
export function Contradictions({
  assessment: { argument, indicators },
  question,
}: {
  readonly assessment: Assessment;
  readonly question: string;
}) {
  const { address } = usePick("address");
  const { contradictions, claims } = argument;
  if (contradictions.length === 0) return null;
  const sideOf = (id: string) => {
    const claim = claims.find((each) => each.id === id);
    if (claim === undefined) return null;
    const sources = claim.citations.join("; ");
    return (
      <div className="said">
        <p className="claim-head">
          <ClaimLink question={question} id={id} name={claim.name} />
          {claim.credence === null ? null : <small> {words.credence(percent(claim.credence))}</small>}
        </p>
        <p>{claim.text}</p>
        {address.room || sources === "" ? null : <cite>{sources}</cite>}
      </div>
    );
  };
  return (
    <section className="contradictions" aria-labelledby="contradictions-h">
      <h2 id="contradictions-h">{words.contradictions}</h2>
      <p className="note">{words.contradictionsLead}</p>
      <ul>
        {contradictions.slice(0, FIRST).map(({ claim, by, says }) => (
          <li key={`${claim}/${by}`}>
            {sideOf(claim)}
            <span className="against" aria-hidden="true">
              ↔
            </span>
            {by === null ? (
              <div className="said">
                <p className="claim-head">{words.data}</p>
                <p>{says ?? indicators.find(({ tests }) => tests.some((test) => test.claim === claim))?.name}</p>
              </div>
            ) : (
              sideOf(by)
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
