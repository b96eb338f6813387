import type { StabilityExhibit } from "../../assess/index.ts";
import { list, percent } from "../../assess/index.ts";
import { conceptName, inverseSentence, summaryOf } from "../../report/sections/stability.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { Table } from "../ui/table.tsx";
import { words } from "../words.ts";

type Exhibit = NonNullable<StabilityExhibit>;
type Situation = Exhibit["situations"][number];

/** One situation: what is done in it, why each party would stay or leave, the way there, and what would turn it. */
export function SituationDetail({
  stability,
  situation,
  reading,
}: {
  readonly stability: Exhibit;
  readonly situation: Situation;
  readonly reading: string | null;
}) {
  const { address } = usePick("address");
  const { name, text, does, locked, explanations, reach, inverse, robust, node } = situation;
  // The report words it for the case as coded where no reading is named first.
  const own = situation.readings.filter((each) => each.reading === reading);
  const looked = own.length === 0 ? situation : { ...situation, readings: own };
  return (
    <section className="situation" aria-labelledby="situation-h">
      <h2 id="situation-h">{name}</h2>
      <p className="situation-sum">
        {summaryOf(stability, looked)}.{" "}
        <a href={hrefOf(address, { because: node })} aria-label={`${words.because}: ${name}`}>
          {words.because}
        </a>
      </p>
      {text === null ? null : <p>{text}</p>}
      <p className="definition">{does}.</p>
      {locked.length === 0 ? null : <p>{words.locked(list(locked))}</p>}
      {explanations.length === 0 ? null : (
        <Table
          caption={`${name}: ${words.whyAhead}`}
          head={[words.party, words.stableBy, words.whyAhead]}
          rows={explanations.map((each) => ({
            id: each.party,
            cells: [
              each.name,
              Object.entries(each.stable)
                .filter(([, stable]) => stable)
                .map(([concept]) => conceptName(concept))
                .join(", ") || words.none,
              each.sentences.map((sentence) => <div key={sentence}>{sentence}</div>),
            ],
          }))}
        />
      )}
      {reach === null ? null : (
        <>
          <h3>{words.reachTitle}</h3>
          <p>{reachWords(stability, reach)}</p>
        </>
      )}
      {inverse.length === 0 ? null : (
        <>
          <h3>{words.inverseTitle}</h3>
          <ul className="tests">
            {inverse.map((each) => (
              <li key={each.concept}>{inverseSentence(stability, each)}</li>
            ))}
          </ul>
        </>
      )}
      {robust === null ? null : (
        <>
          <h3>{words.robustTitle}</h3>
          <p>
            {words.robustSays(
              percent(robust.p),
              robust.exact ? "" : words.robustRange(percent(robust.low), percent(robust.high)),
              robust.hangsOn === null ? "" : words.hangsOn(robust.hangsOn, percent(robust.hangsBy)),
            )}
          </p>
        </>
      )}
    </section>
  );
}

function reachWords(stability: Exhibit, reach: NonNullable<Situation["reach"]>): string {
  const { improvements, moves, path } = reach;
  if (moves === 0) return words.isStatusQuo;
  if (moves === null) return words.unreachable(stability.statusQuo?.name ?? words.statusQuo);
  const way = path.join(words.thenJoin);
  return improvements === null ? words.byMoves(moves, way) : words.byImprovements(improvements, way);
}
