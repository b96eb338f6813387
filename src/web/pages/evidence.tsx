import { useMemo } from "react";
import type { Assessment, QuestionAssessment } from "../../assess/index.ts";
import { decibans, percent } from "../../assess/index.ts";
import { achChart } from "../../report/charts/ach.ts";
import { waterfallChart } from "../../report/charts/waterfall.ts";
import { contextOf } from "../state/context.ts";
import { leadingQuestion } from "../state/rows.ts";
import { go, hrefOf } from "../state/session.ts";
import { useStore } from "../state/store.ts";
import { Figure } from "../ui/figure.tsx";
import { Table } from "../ui/table.tsx";
import { figureWords } from "../words/figure.ts";
import { words } from "../words.ts";

/** What is known and who says so: from prior to posterior, claim by claim, and claims against hypotheses. */
export default function Evidence() {
  const { address, now, whole } = useStore();
  const assessment = (now ?? whole)?.assessment;
  if (assessment === undefined) return null;
  const { questions } = assessment;
  const question = questions.find(({ id }) => id === address.selected) ?? leadingQuestion(assessment);
  if (question === undefined) return null;
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
      <Waterfall assessment={assessment} question={question} />
      <Claims question={question} />
      <Matrix assessment={assessment} question={question} />
    </article>
  );
}

function Waterfall({
  assessment,
  question,
}: {
  readonly assessment: Assessment;
  readonly question: QuestionAssessment;
}) {
  const { address } = useStore();
  const chart = useMemo(() => waterfallChart(question), [question]);
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

/** Each claim with its weight, who says so, and what becomes of the answer without it. */
function Claims({ question }: { readonly question: QuestionAssessment }) {
  const { address } = useStore();
  const id = question.hypotheses[0]?.id ?? "";
  const claims = question.claims.toSorted((a, b) => Math.abs(b.leanDb) - Math.abs(a.leanDb));
  if (claims.length === 0) return null;
  return (
    <section aria-labelledby="claims-h">
      <h2 id="claims-h">{words.claimList}</h2>
      <Table
        caption={words.claimList}
        head={words.weightHead}
        rows={claims.map((claim) => ({
          id: claim.id,
          cells: [
            <a key="name" href={hrefOf(address, { because: claim.node })}>
              {claim.name}
            </a>,
            <span key="weight" className={claim.leans}>
              {decibans(claim.leanDb)}
            </span>,
            percent(claim.credence),
            claim.leaveOneOut?.[id] === undefined ? "–" : percent(claim.leaveOneOut[id]),
            <>
              {claim.citations.join("; ") || "–"}
              {claim.verdict === null ? null : <span className={`verdict ${claim.verdict}`}> {claim.verdict}</span>}
            </>,
          ],
        }))}
      />
    </section>
  );
}

function Matrix({ assessment, question }: { readonly assessment: Assessment; readonly question: QuestionAssessment }) {
  const { address } = useStore();
  const chart = useMemo(() => achChart(question), [question]);
  const { ach, hypotheses } = question;
  if (ach.rows.length === 0) return null;
  const textOf = (id: string) => hypotheses.find((each) => each.id === id)?.text ?? id;
  return (
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
        rows={ach.rows.map(({ id, name, ratings }) => ({
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
  );
}
