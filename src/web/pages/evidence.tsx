import { lazy, Suspense, useMemo, useState } from "react";
import type { Assessment, QuestionAssessment } from "../../assess/index.ts";
import { decibans, percent } from "../../assess/index.ts";
import { achChart } from "../../report/charts/ach.ts";
import { waterfallChart } from "../../report/charts/waterfall.ts";
import { selectionOf } from "../state/argument.ts";
import { contextOf } from "../state/context.ts";
import { leadingQuestion } from "../state/rows.ts";
import { go, hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { AsOfStrip } from "../ui/asof-strip.tsx";
import { Figure } from "../ui/figure.tsx";
import { Table } from "../ui/table.tsx";
import { evidenceWords } from "../words/evidence.ts";
import { figureWords } from "../words/figure.ts";
import { words } from "../words.ts";
import { Argument } from "./evidence-argument.tsx";
import { ClaimCard } from "./evidence-claim.tsx";
import { Claims } from "./evidence-claims.tsx";
import { Contradictions } from "./evidence-contradictions.tsx";
import { Indicators } from "./evidence-indicators.tsx";
import { Sources } from "./evidence-sources.tsx";
import "../styles/evidence.css";

const CaseMap = lazy(() => import("../map/map.tsx"));

/** What is known and who says so: the argument, each claim in full, claims against hypotheses, sources, indicators. */
export default function Evidence() {
  const { address, now, whole, former } = usePick("address", "now", "whole", "former");
  const newest = now ?? whole;
  const assessment = newest?.assessment;
  if (assessment === undefined) return null;
  const { questions } = assessment;
  const selected = selectionOf(address.selected, questions);
  const question = questions.find(({ id }) => id === selected.question) ?? leadingQuestion(assessment);
  if (question === undefined) return null;
  const before =
    former === undefined || former.key === newest?.key
      ? undefined
      : former.assessment.questions.find(({ id }) => id === question.id);
  const choose = (claim: string) => go({ selected: `${question.id}/${claim}` });
  return (
    <article className="page evidence">
      <p className="kicker">{assessment.case.title}</p>
      <h1>{words.evidenceTitle}</h1>
      {questions.length < 2 ? null : (
        <label className="field question">
          <span>{words.question}</span>
          <select value={question.id} onChange={({ target }) => go({ selected: target.value })}>
            {questions.map(({ id, text }) => (
              <option key={id} value={id}>
                {text}
              </option>
            ))}
          </select>
        </label>
      )}
      <p className="asked">{question.text}</p>
      {question.settledBy === null ? null : (
        <p className="definition">
          <span className="label">{words.settledBy}</span> {question.settledBy}
        </p>
      )}
      <AsOfStrip assessment={assessment} />
      <MovedTo question={question} before={before} />
      <Waterfall assessment={assessment} question={question} />
      <Argument assessment={assessment} question={question} chosen={selected.claim} onChoose={choose} />
      {selected.claim === undefined ? (
        <p className="note choose">{evidenceWords.chooseClaim}</p>
      ) : (
        <ClaimCard assessment={assessment} question={question} id={selected.claim} />
      )}
      <Claims assessment={assessment} question={question} before={before} chosen={selected.claim} />
      <Matrix assessment={assessment} question={question} />
      <Contradictions assessment={assessment} question={question.id} />
      <Sources assessment={assessment} />
      <Suspense fallback={null}>
        {assessment.places === null ? null : (
          <CaseMap assessment={assessment} places={assessment.places} detail="fine" />
        )}
      </Suspense>
      <Indicators assessment={assessment} question={question.id} />
    </article>
  );
}

/** What the answer was before claims or sources were left out. */
function MovedTo({
  question,
  before,
}: {
  readonly question: QuestionAssessment;
  readonly before: QuestionAssessment | undefined;
}) {
  const [hypothesis] = question.hypotheses;
  const to = question.posterior?.[hypothesis?.id ?? ""];
  const from = before?.posterior?.[hypothesis?.id ?? ""];
  if (to === undefined || from === undefined || percent(to.median) === percent(from.median)) return null;
  return (
    <p className="moved-to" role="status">
      {evidenceWords.moved(hypothesis?.text ?? "", percent(from.median), percent(to.median))}
    </p>
  );
}

/** Steps that are drawn; the smaller ones of a long case are told together. */
const MOST_STEPS = 42;

/** The prior, the weightiest claims, all the others as one step of each side, and the posterior. */
function shortened(question: QuestionAssessment): QuestionAssessment {
  const claims = question.waterfall.filter(({ kind }) => kind === "claim");
  const size = ({ from, to }: (typeof claims)[number]) => Math.abs(to - from);
  const kept = new Set(
    claims
      .toSorted((a, b) => size(b) - size(a))
      .slice(0, MOST_STEPS - 4)
      .map(({ id }) => id),
  );
  const waterfall: QuestionAssessment["waterfall"] = [];
  for (const step of question.waterfall) {
    const last = waterfall.at(-1);
    const sign = Math.sign(step.to - step.from);
    if (step.kind !== "claim" || kept.has(step.id)) waterfall.push(step);
    else if (last?.id === `rest/${sign}`) {
      const joined = { ...last, to: step.to, text: decibans(step.to - last.from) };
      waterfall[waterfall.length - 1] = joined;
    } else waterfall.push({ ...step, id: `rest/${sign}`, label: evidenceWords.otherClaims });
  }
  return { ...question, waterfall };
}

function Waterfall({
  assessment,
  question,
}: {
  readonly assessment: Assessment;
  readonly question: QuestionAssessment;
}) {
  const { address } = usePick("address");
  const steps = question.waterfall;
  const chart = useMemo(
    () => waterfallChart(steps.length > MOST_STEPS ? shortened(question) : question),
    [question, steps],
  );
  if (question.waterfall.length === 0) return null;
  const [hypothesis] = question.hypotheses;
  const prior = question.prior?.[hypothesis?.id ?? ""];
  const posterior = question.posterior?.[hypothesis?.id ?? ""];
  const title =
    prior === undefined || posterior === undefined
      ? words.waterfall
      : words.movesFrom(hypothesis?.text ?? "", percent(prior.central), percent(posterior.central));
  return (
    <Figure
      level={2}
      title={title}
      alt={words.waterfallAlt(question.waterfall.map(({ label, text }) => `${label} ${text}`).join("; "))}
      chart={chart}
      context={contextOf(assessment, words.atCentral)}
      because={question.node}
      definition={`${question.text} ${question.settledBy ?? ""}`.trim()}
      data={{
        columns: [
          { name: figureWords.step },
          { name: figureWords.kind },
          { name: figureWords.from, unit: figureWords.decibans },
          { name: figureWords.to, unit: figureWords.decibans },
        ],
        rows: question.waterfall.map(({ label, kind, from, to }) => [label, kind, from, to]),
      }}
    >
      <Table
        caption={title}
        head={words.stepHead}
        rows={question.waterfall.map(({ id, label, from, to, node }) => ({
          id,
          cells: [
            <a key="label" href={hrefOf(address, { because: node })}>
              {label}
            </a>,
            decibans(from),
            decibans(to),
          ],
        }))}
      />
    </Figure>
  );
}

/** Rows of the matrix that are drawn before all are asked for. */
const MOST_ROWS = 40;

function Matrix({ assessment, question }: { readonly assessment: Assessment; readonly question: QuestionAssessment }) {
  const { hypotheses } = question;
  const ach = useMemo(
    () => ({ ...question.ach, rows: question.ach.rows.toSorted((a, b) => b.diagnosticity - a.diagnosticity) }),
    [question],
  );
  const { address } = usePick("address");
  const [all, setAll] = useState(false);
  const cut = !all && ach.rows.length > MOST_ROWS;
  const chart = useMemo(
    () => achChart(cut ? { ...question, ach: { ...ach, rows: ach.rows.slice(0, MOST_ROWS) } } : { ...question, ach }),
    [question, ach, cut],
  );
  if (ach.rows.length === 0) return null;
  const textOf = (id: string) => hypotheses.find((each) => each.id === id)?.text ?? id;
  return (
    <>
      <Figure
        level={2}
        title={words.ach}
        alt={words.achAlt(ach.ranking.map(textOf).join(", "))}
        chart={chart}
        context={`${words.achKey} ${contextOf(assessment)}`}
        because={question.node}
      >
        <Table
          caption={words.ach}
          head={[words.achHead, ...ach.hypotheses.map(textOf)]}
          rows={(cut ? ach.rows.slice(0, MOST_ROWS) : ach.rows).map(({ id, name, ratings }) => ({
            id,
            cells: [
              <a key="name" href={hrefOf(address, { because: question.claims.find((each) => each.id === id)?.node })}>
                {name}
              </a>,
              ...ratings.map(({ rating }) => rating),
            ],
          }))}
        />
      </Figure>
      {cut ? (
        <button type="button" className="quiet" onClick={() => setAll(true)}>
          {evidenceWords.more(ach.rows.length - MOST_ROWS)}
        </button>
      ) : null}
    </>
  );
}
