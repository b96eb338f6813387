import { useMemo } from "react";
import type { Assessment, BaseRatesExhibit } from "../../assess/index.ts";
import { list, percent, percentRange, poolSentence, shrunkSentence } from "../../assess/index.ts";
import { survivalChart } from "../../report/charts/survival.ts";
import { endingName, modelName } from "../../report/sections/history.ts";
import { contextOf } from "../state/context.ts";
import { go, hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { pathOf } from "../state/variants.ts";
import { Absent } from "../ui/absent.tsx";
import { Figure } from "../ui/figure.tsx";
import { Table } from "../ui/table.tsx";
import { historyWords as own } from "../words/history.ts";
import { PAGE_WORDS, words } from "../words.ts";

type Exhibit = NonNullable<BaseRatesExhibit>;
type Question = Exhibit["questions"][number];
type Class = Exhibit["classes"][number];

/** Members at risk below which a reader is told how few they are. */
const FEW = 15;

/** What history says before anyone argues about this war. */
export default function History() {
  const { now, whole } = usePick("now", "whole");
  const assessment = (now ?? whole)?.assessment;
  if (assessment === undefined || assessment.baseRates === null) return <Absent page="history" />;
  const { baseRates } = assessment;
  const { name, asks } = PAGE_WORDS.history;
  return (
    <article className="page history">
      <p className="kicker">{name}</p>
      <h1>{asks}</h1>
      <p className="lead">{own.lead}</p>
      <Age exhibit={baseRates} />
      {baseRates.questions.map((each) => (
        <Asked key={each.question} exhibit={baseRates} asked={each} />
      ))}
      {baseRates.notes.map((note) => (
        <p className="note" key={note}>
          {note}
        </p>
      ))}
      <Beside exhibit={baseRates} />
      <section aria-labelledby="classes-h">
        <h2 id="classes-h">{own.classes}</h2>
        {baseRates.classes.map((each) => (
          <ClassFigure key={each.id} assessment={assessment} exhibit={baseRates} shown={each} />
        ))}
      </section>
      <Again exhibit={baseRates} />
    </article>
  );
}

function Age({ exhibit: { start, age } }: { readonly exhibit: Exhibit }) {
  const { address } = usePick("address");
  if (start === null || age === null) return null;
  return (
    <p>
      {own.age(age.toFixed(0), start)} <a href={hrefOf(address, { edit: "history" })}>{own.changeStart}</a>
    </p>
  );
}

function Asked({ exhibit, asked }: { readonly exhibit: Exhibit; readonly asked: Question }) {
  const { address } = usePick("address");
  const { question, text, rates, shrunk, atRisk, age, lasting, readings, node } = asked;
  const name = exhibit.classes.find(({ id }) => id === asked.class)?.name ?? asked.class;
  const others = readings.filter((each) => each.age !== age || each.p !== rates[0]?.p);
  return (
    <section aria-labelledby={`rate-${question}`}>
      <h2 id={`rate-${question}`}>{text}</h2>
      <p>
        {name}: {own.lasting(atRisk, age.toFixed(0))}.{" "}
        <a href={hrefOf(address, { because: node })} aria-label={words.whyAnswer(text)}>
          {words.because}
        </a>
      </p>
      {atRisk < FEW ? <p className="note">{own.fewAtRisk(atRisk)}</p> : null}
      {lasting.length === 0 ? null : <p className="note">{list(lasting)}.</p>}
      <Table
        caption={`${own.rates}: ${text}`}
        head={[own.model, own.chance, own.interval, own.criterion]}
        rows={rates.map(({ model, p, low, high, aic }) => ({
          id: model,
          cells: [modelName(model), percent(p), percentRange(low, high), aic === null ? "–" : aic.toFixed(1)],
        }))}
      />
      {shrunk === null ? null : <p>{shrunkSentence(shrunk)}</p>}
      <Choice asked={asked} />
      {others.length === 0 ? null : (
        <Table
          caption={`${own.underReadings}: ${text}`}
          head={[own.reading, own.months, own.chance]}
          rows={others.map((each) => ({
            id: each.reading ?? "",
            cells: [each.name, each.age.toFixed(0), percent(each.p)],
          }))}
        />
      )}
    </section>
  );
}

/** Whom the war is compared with: another class at a choice, and what each member that lasted so long makes of it. */
function Choice({ asked }: { readonly asked: Question }) {
  const { address } = usePick("address");
  const { question, text, across, without, rates } = asked;
  const path = `questions.${question}.referenceClass`;
  // What is chosen stands there before what it comes to does.
  const set = address.sets.find((each) => pathOf(each) === path);
  const chosen = set === undefined ? asked.class : set.slice(path.length + 1);
  const choose = (id: string) =>
    go({ sets: [...address.sets.filter((each) => pathOf(each) !== path), `${path}=${id}`] }, "replace");
  const all = rates[0]?.p ?? 0;
  return (
    <>
      {across.length < 2 ? null : (
        <fieldset className="class-choice">
          <legend>{own.across}</legend>
          {across.map((each) => (
            <label key={each.class}>
              <input
                type="radio"
                name={path}
                value={each.class}
                checked={each.class === chosen}
                onChange={() => choose(each.class)}
              />{" "}
              {each.name}: {percent(each.p)}{" "}
              <span className="note">{own.acrossMembers(each.members, each.atRisk)}</span>
            </label>
          ))}
          {set !== undefined ? (
            <button
              type="button"
              className="quiet"
              onClick={() => go({ sets: address.sets.filter((each) => pathOf(each) !== path) }, "replace")}
            >
              {own.asCoded}
            </button>
          ) : null}
        </fieldset>
      )}
      {without.length === 0 ? null : (
        <details>
          <summary>
            {own.without(
              percent(Math.min(...without.map(({ p }) => p))),
              percent(Math.max(...without.map(({ p }) => p))),
            )}
          </summary>
          <Table
            caption={`${own.withoutEach}: ${text}`}
            head={[own.name, own.chance, own.change]}
            rows={without.map(({ name, p }) => ({ id: name, cells: [name, percent(p), points(p - all)] }))}
          />
          <p className="note">
            <a href={hrefOf(address, { edit: "history" })}>{own.editClasses}</a>
          </p>
        </details>
      )}
    </>
  );
}

/** A difference in points, signed: a share of a hundred. */
const points = (difference: number): string => {
  const value = 100 * difference;
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
};

function Beside({ exhibit: { beside } }: { readonly exhibit: Exhibit }) {
  const { address } = usePick("address");
  const shown = beside.filter(({ estimates }) => estimates.length > 0);
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="beside-h">
      <h2 id="beside-h">{own.beside}</h2>
      <p>{own.besideLead}</p>
      {shown.map((each) => {
        const { question, text, estimates, shared, lacks } = each;
        return (
          <div key={question}>
            <h3>{text}</h3>
            <Table
              caption={`${own.beside}: ${text}`}
              head={[own.estimate, own.chance, own.range]}
              rows={estimates.map(({ from, p, low, high, range, node }) => ({
                id: from,
                cells: [
                  <a key="from" href={hrefOf(address, { because: node })}>
                    {own.from[from]}
                  </a>,
                  percent(p),
                  `${percentRange(low, high)} (${range})`,
                ],
              }))}
            />
            {each.pool === null ? null : <p>{poolSentence(each)}</p>}
            <p className="note">{[...(shared.length === 0 ? [own.nothingShared] : shared), ...lacks].join(" ")}</p>
          </div>
        );
      })}
    </section>
  );
}

function ClassFigure({
  assessment,
  exhibit,
  shown,
}: {
  readonly assessment: Assessment;
  readonly exhibit: Exhibit;
  readonly shown: Class;
}) {
  const { name, table, fits, members, kinds, endings, leftOut, named, node, citation, what } = shown;
  const chart = useMemo(() => survivalChart(shown, exhibit.age), [shown, exhibit.age]);
  const [fit] = fits;
  const notes = [`${members}: ${what}`, ...(fit === undefined ? [] : [own.fitted(modelName(fit.family))]), citation];
  return (
    <>
      <Figure
        title={own.survival(name)}
        alt={table.map(({ months, survival, atRisk }) => `${months}: ${percent(survival)}, ${atRisk}`).join("; ")}
        chart={chart}
        context={contextOf(assessment, notes.join(" · "))}
        because={node}
        data={{
          columns: [
            { name: own.months },
            { name: own.atRisk },
            { name: own.goingOn },
            { name: "low" },
            { name: "high" },
          ],
          rows: table.map(({ months, atRisk, survival, low, high }) => [months, atRisk, survival, low, high]),
        }}
      >
        <Table
          caption={own.survival(name)}
          head={[own.months, own.atRisk, own.goingOn, own.interval]}
          rows={table.map(({ months, atRisk, survival, low, high }) => ({
            id: String(months),
            cells: [months, atRisk, percent(survival), percentRange(low, high)],
          }))}
        />
      </Figure>
      <p className="note">
        {own.mix(
          kinds.map(({ kind, count }) => `${kind} ${count}`).join(", "),
          endings.map(({ ending, count }) => `${endingName(ending)} ${count}`).join(", "),
        )}{" "}
        {leftOut.map(({ count, why }) => `${own.leftOut(count, why)}.`).join(" ")}
      </p>
      {named.length === 0 ? null : (
        <details>
          <summary>{own.members}</summary>
          <Table
            caption={`${name}: ${own.members}`}
            head={[own.name, own.began, own.lasted, own.ended]}
            rows={named.map((each) => ({
              id: `${each.name} ${each.start}`,
              cells: [each.name, each.start, each.months.toFixed(1), endingName(each.ending)],
            }))}
          />
        </details>
      )}
    </>
  );
}

function Again({ exhibit: { recurrence } }: { readonly exhibit: Exhibit }) {
  const { address } = usePick("address");
  const years = recurrence[0]?.within.map((each) => each.years) ?? [];
  if (recurrence.length === 0) return null;
  return (
    <section aria-labelledby="again-h">
      <h2 id="again-h">{own.again}</h2>
      <p>{own.againLead}</p>
      <Table
        caption={own.again}
        head={[own.endedBy, own.peaces, ...years.map(own.within)]}
        rows={recurrence.map(({ ending, members, kinds, within, node }) => ({
          id: ending,
          cells: [
            <a key="ending" href={hrefOf(address, { because: node })}>
              {endingName(ending)}
            </a>,
            `${members} (${kinds.map(({ kind, count }) => `${kind} ${count}`).join(", ")})`,
            ...within.map(({ p, low, high }) => `${percent(p)} (${percentRange(low, high)})`),
          ],
        }))}
      />
    </section>
  );
}
