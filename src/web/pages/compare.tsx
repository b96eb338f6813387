import { useMemo } from "react";
import type { Assessment } from "../../assess/index.ts";
import { formatProblem } from "../../core/problems/index.ts";
import { viewKey } from "../state/address.ts";
import { comparedOf, shownOf } from "../state/room.ts";
import { filesForWork, usePick } from "../state/store.ts";
import {
  formatVariant,
  lookOfVariant,
  MOST_VARIANTS,
  parseVariant,
  type Variant,
  variantOf,
} from "../state/variants.ts";
import { Stale } from "../ui/stale.tsx";
import { compareWords as say } from "../words/compare.ts";
import { words } from "../words.ts";
import { AnswersBeside, EvidenceBeside } from "./compare-answers.tsx";
import { Differences } from "./compare-differences.tsx";
import { useJobs } from "./compare-engine.ts";
import { MetricField } from "./compare-fields.tsx";
import { metricOf } from "./compare-metric.ts";
import { nameOfVariant } from "./compare-names.ts";
import { Views } from "./compare-views.tsx";
import "../styles/compare.css";

/** Trajectories of each view: a standard error below a point of percent, and of paired differences far less. */
const RUNS = 4000;

/** A view among those compared. */
export interface Compared extends Variant {
  readonly letter: string;
  readonly name: string;
  /** Undefined while it is worked out. */
  readonly assessment: Assessment | undefined;
}

/** Two to four views side by side: paired differences, what makes them, and all answers. */
export default function Compare() {
  const { address, open, whole, now } = usePick("address", "open", "whole", "now");
  const assessment = whole?.assessment ?? now?.assessment;
  const here = variantOf(address);
  const variants = [here, ...address.versus.slice(0, MOST_VARIANTS - 1).map(parseVariant)];
  const looks = variants.map((variant) => lookOfVariant(variant, address));
  const others = looks.slice(1);
  const packed = filesForWork();

  const outputs = useMemo(() => assessment?.sensitivity?.outputs ?? [], [assessment]);
  const months = assessment?.simulation?.months ?? 0;
  const metric = metricOf(
    address.selected,
    address.month,
    months,
    outputs.map(({ id }) => id),
  );
  const also = "event" in metric && months > 0 ? { passage: metric.event, month: metric.month } : undefined;
  const compared = useJobs(
    packed,
    "compare",
    others.map((b) => ({ a: looks[0] ?? b, b, runs: RUNS, also })),
  );
  const views = useJobs(
    packed,
    "assess",
    others.map((look) => ({ look })),
  );
  const controls = useJobs(
    packed,
    "controls",
    [...new Set(variants.map(({ reading }) => reading))].map((reading) => ({
      look: lookOfVariant({ reading, sets: [] }, address),
    })),
  );
  if (assessment === undefined) return <p className="waiting">{words.awaited} …</p>;
  const readings = [...new Set(variants.map(({ reading }) => reading))];
  const present = whole?.key === viewKey(address) ? whole.assessment : undefined;
  const sides = variants.map((variant, index): Compared => {
    const own = controls.answers[readings.indexOf(variant.reading)];
    return {
      ...variant,
      letter: say.letter(index),
      name: nameOfVariant(variant, assessment, own, open?.claims ?? []),
      assessment: index === 0 ? present : shownOf(views.answers[index - 1]?.assessment, address.room),
    };
  });
  const results = compared.answers.map((each, i) => comparedOf(each, views.answers[i]?.assessment, address.room));
  const broke = compared.broke ?? views.broke;
  return (
    <article className="page compare">
      <p className="kicker">{assessment.case.title}</p>
      <h1>{say.title}</h1>
      <p className="lead">{say.lead}</p>
      <Stale on={present === undefined} />
      <Views sides={sides} assessment={assessment} controls={controls.answers[0] ?? undefined} />
      <Progress compared={compared.doing} views={views.doing} sides={sides} />
      {broke === undefined ? null : (
        <p className="notice" role="alert">
          {say.broke(broke)}
        </p>
      )}
      {views.answers.map((answer, index) =>
        answer === undefined || answer.assessment !== undefined ? null : (
          <div className="notice" role="alert" key={formatVariant(variants[index + 1] ?? here)}>
            <p>{say.faulty(say.letter(index + 1))}</p>
            {address.room ? null : (
              <ul>
                {answer.problems.map((each) => (
                  <li key={formatProblem(each)}>
                    <code>{formatProblem(each)}</code>
                  </li>
                ))}
              </ul>
            )}
          </div>
        ),
      )}
      {others.length === 0 ? (
        <p className="note">{say.nothing}</p>
      ) : (
        <>
          {months === 0 ? (
            whole === undefined ? null : (
              <p className="note">{say.onlyEvidence}</p>
            )
          ) : (
            <>
              <MetricField metric={metric} months={months} outputs={outputs} assessment={assessment} />
              <Differences sides={sides} results={results} metric={metric} assessment={assessment} runs={RUNS} />
            </>
          )}
          <AnswersBeside sides={sides} />
          <EvidenceBeside sides={sides} results={results} />
        </>
      )}
    </article>
  );
}

function Progress({
  compared,
  views,
  sides,
}: {
  readonly compared: ReturnType<typeof useJobs>["doing"];
  readonly views: ReturnType<typeof useJobs>["doing"];
  readonly sides: readonly Compared[];
}) {
  const doing = [
    ...(compared === undefined ? [] : [say.comparing(compared.at, compared.of)]),
    ...(views === undefined ? [] : [say.working(sides[views.index + 1]?.letter ?? "", views.at, views.of)]),
  ];
  return (
    <p className={`work compare-work${doing.length === 0 ? "" : " on"}`} role="status">
      {doing.length === 0 ? sides.length > 1 ? <span className="sr">{say.done}</span> : "" : doing.join(" ")}
    </p>
  );
}
