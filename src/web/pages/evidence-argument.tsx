import { useCallback, useMemo, useState } from "react";
import type { Assessment, QuestionAssessment } from "../../assess/index.ts";
import { drawArgumentMap } from "../../report/charts/argument-map.ts";
import { MOST_DRAWN, mapOf, QUESTION } from "../state/argument.ts";
import { GraphPane } from "../ui/graph-pane.tsx";
import { evidenceWords as words } from "../words/evidence.ts";
import { Outline } from "./evidence-outline.tsx";

/** The argument as a map or as an outline: the same claims, the same one chosen. */
export function Argument({
  assessment,
  question,
  chosen,
  onChoose,
}: {
  readonly assessment: Assessment;
  readonly question: QuestionAssessment;
  readonly chosen: string | undefined;
  readonly onChoose: (claim: string) => void;
}) {
  // On a phone an outline is read where a map would be pushed about.
  const [shown, setShown] = useState<"map" | "outline">(() =>
    matchMedia("(min-width: 48rem)").matches ? "map" : "outline",
  );
  if (assessment.argument.claims.length === 0) return null;
  return (
    <section className="argument" aria-labelledby="argument-h">
      <h2 id="argument-h">{words.argument}</h2>
      <fieldset className="switch">
        <legend className="sr">{words.argumentAs}</legend>
        {(["map", "outline"] as const).map((each) => (
          <label key={each}>
            <input type="radio" name="argument-as" checked={shown === each} onChange={() => setShown(each)} />
            <span>{each === "map" ? words.asMap : words.asOutline}</span>
          </label>
        ))}
      </fieldset>
      {shown === "map" ? (
        <MapView assessment={assessment} question={question} chosen={chosen} onChoose={onChoose} />
      ) : (
        <Outline argument={assessment.argument} question={question} chosen={chosen} onChoose={onChoose} />
      )}
    </section>
  );
}

function MapView({ assessment, question, chosen, onChoose }: Parameters<typeof Argument>[0]) {
  const { argument } = assessment;
  // A map that is whole stays as it is whatever is chosen in it.
  const focus = argument.claims.length > MOST_DRAWN ? chosen : undefined;
  const { map, all } = useMemo(() => mapOf(argument, question, focus), [argument, question, focus]);
  const draw = useCallback(() => drawArgumentMap(map, 760), [map]);
  const ids = useMemo(() => map.nodes.map(({ id }) => id), [map]);
  const marked = useMemo(() => (chosen === undefined ? [] : [chosen]), [chosen]);
  const count = (kind: string) => map.edges.filter((edge) => edge.kind === kind && edge.to !== QUESTION).length;
  const claims = map.nodes.length - 1;
  return (
    <>
      <p className="note">{words.mapHelp}</p>
      {claims < all ? (
        <p className="note">{focus === undefined ? words.mapCut(claims, all) : words.mapNear(claims, all)}</p>
      ) : null}
      <GraphPane
        draw={draw}
        ids={ids}
        alt={words.mapAlt(claims, count("supports"), count("attacks"))}
        chosen={marked}
        onChoose={(id) => (id === QUESTION ? undefined : onChoose(id))}
      />
    </>
  );
}
