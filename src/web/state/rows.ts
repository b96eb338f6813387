import type { AnswerId, Assessment, QuestionAssessment } from "../../assess/index.ts";
import { decibans, percent, percentRange } from "../../assess/index.ts";
import { words } from "../words.ts";

/** A leading figure of an answer, ready to be placed on a scale. */
export interface Row {
  readonly id: string;
  readonly label: string;
  readonly sign: "driver" | "obstacle" | undefined;
  /** Undefined where there is a mark only. */
  readonly value: number | undefined;
  readonly text: string;
  /** Over the readings. */
  readonly range: { readonly low: number; readonly high: number } | undefined;
  /** A place to compare with: before a claim is left out. */
  readonly from: number | undefined;
  readonly note: string;
  /** Ends of its scale. */
  readonly scale: readonly [number, number];
  readonly node: string;
}

const SHARE = [0, 1] as const;
const MOST = 5;

/** The leading figures of each answer. Nothing is computed here: they are picked from the assessment and put in order. */
export function rowsOf(assessment: Assessment): Readonly<Record<AnswerId, readonly Row[]>> {
  return {
    why: driverRows(assessment),
    when: likelihoodRows(assessment),
    what: termsRows(assessment),
    holds: [...situationRows(assessment), ...relapseRows(assessment)],
    changes: withoutRows(assessment),
  };
}

/** The question that the headlines speak of: the first on talks, else the first. */
export function leadingQuestion({ questions }: Assessment): QuestionAssessment | undefined {
  return questions.find(({ event }) => event === "talks") ?? questions[0];
}

function driverRows(assessment: Assessment): Row[] {
  const question = leadingQuestion(assessment);
  const table = assessment.links.find((each) => each.question === question?.id);
  const rows = (table?.rows ?? []).flatMap((row): Row[] => {
    const effects = row.engines.find(({ engine }) => engine === "evidence")?.effects ?? [];
    const own = effects.find(({ reading }) => reading === assessment.reading.id) ?? effects[0];
    if (own === undefined) return [];
    const range = rangeOf(effects.map(({ size }) => size));
    return [
      {
        id: `why/${row.claim}`,
        label: row.name,
        sign: own.size > 0 ? "driver" : own.size < 0 ? "obstacle" : undefined,
        value: own.size,
        text: decibans(own.size),
        range,
        from: undefined,
        note: range === undefined ? "" : words.from(decibans(range.low), decibans(range.high)),
        scale: SHARE,
        node: own.node,
      },
    ];
  });
  const top = rows.toSorted((a, b) => Math.abs(b.value ?? 0) - Math.abs(a.value ?? 0)).slice(0, MOST + 1);
  const ends = top.flatMap(({ value = 0, range }) => [
    Math.abs(value),
    Math.abs(range?.low ?? 0),
    Math.abs(range?.high ?? 0),
  ]);
  const end = Math.max(1, Math.ceil(Math.max(...ends, 0)));
  return top.map((row) => ({ ...row, scale: [-end, end] as const }));
}

function likelihoodRows({ when, simulation, reading }: Assessment): Row[] {
  const evidence = when.likelihood.map(
    (each): Row => ({
      id: `when/${each.question}`,
      label: each.text,
      sign: undefined,
      value: each.estimate.median,
      text: percent(each.estimate.median),
      range: each.readings.length > 1 ? each.range : undefined,
      from: undefined,
      note:
        each.readings.length > 1 ? words.over(percentRange(each.range.low, each.range.high), each.readings.length) : "",
      scale: SHARE,
      node: each.node,
    }),
  );
  const simulated = (simulation?.questions ?? []).flatMap((each): Row[] => {
    const own = each.readings.find((one) => one.reading === reading.id) ?? each.readings[0];
    if (own === undefined) return [];
    const label = when.likelihood.find(({ question }) => question === each.question)?.text ?? each.text;
    const views = each.readings.filter(({ kind }) => kind !== "stress").length;
    return [
      {
        id: `when/${each.question}/simulated`,
        label: words.simulated(label),
        sign: undefined,
        value: own.p,
        text: percent(own.p),
        range: views > 1 ? each.range : undefined,
        from: undefined,
        note: views > 1 ? words.over(percentRange(each.range.low, each.range.high), views) : "",
        scale: SHARE,
        node: each.node,
      },
    ];
  });
  return [...evidence, ...simulated];
}

function termsRows({ terms }: Assessment): Row[] {
  if (terms === null) return [];
  const held = terms.readings.filter(({ exists }) => exists).length;
  const deal: Row = {
    id: "what/deal",
    label: words.dealExists,
    sign: undefined,
    value: terms.chance.p,
    text: percent(terms.chance.p),
    range: undefined,
    from: undefined,
    note: terms.readings.length > 1 ? words.inReadings(held, terms.readings.length) : "",
    scale: SHARE,
    node: terms.node,
  };
  const proposals = terms.proposals
    .filter(({ chance }) => chance !== null)
    .toSorted((a, b) => (b.chance?.p ?? 0) - (a.chance?.p ?? 0))
    .slice(0, MOST - 1)
    .map((each): Row => {
      const accepted = each.readings.filter(({ acceptable }) => acceptable === true).length;
      return {
        id: `what/${each.id}`,
        label: words.quoted(each.name),
        sign: undefined,
        value: each.chance?.p,
        text: percent(each.chance?.p ?? 0),
        range: undefined,
        from: undefined,
        note: each.readings.length > 1 ? words.acceptedIn(accepted, each.readings.length) : "",
        scale: SHARE,
        node: each.node,
      };
    });
  return [deal, ...proposals];
}

function situationRows({ stability, reading }: Assessment): Row[] {
  const rows = (stability?.situations ?? []).map((each): Row => {
    const holds = (of: (typeof each.readings)[number] | undefined) => (of?.equilibria["seq"] ?? 0) > 0;
    const own = each.readings.find((one) => one.reading === reading.id) ?? each.readings[0];
    const held = each.readings.filter(holds).length;
    return {
      id: `holds/${each.id}`,
      label: each.name,
      sign: undefined,
      value: each.robust?.p,
      text: each.robust === null ? words.holdsMark(holds(own)) : percent(each.robust.p),
      range: undefined,
      from: undefined,
      note:
        each.readings.length > 1
          ? words.stableIn(held, each.readings.length)
          : each.robust === null
            ? ""
            : words.holdsMark(holds(own)),
      scale: SHARE,
      node: each.node,
    };
  });
  return rows.toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0)).slice(0, MOST);
}

const YEAR = 12;

function relapseRows({ simulation, reading }: Assessment): Row[] {
  const at = (of: { relapse: readonly { months: number; p: number }[] } | undefined) =>
    of?.relapse.find(({ months }) => months === YEAR)?.p;
  const own = at(simulation?.readings.find((each) => each.reading === reading.id) ?? simulation?.readings[0]);
  if (simulation === null || own === undefined) return [];
  const views = simulation.readings.filter(({ kind }) => kind !== "stress").flatMap((each) => at(each) ?? []);
  const range = rangeOf(views);
  return [
    {
      id: "holds/relapse",
      label: words.relapse,
      sign: undefined,
      value: own,
      text: percent(own),
      range,
      from: undefined,
      note: range === undefined ? "" : words.over(percentRange(range.low, range.high), views.length),
      scale: SHARE,
      node: simulation.node,
    },
  ];
}

function withoutRows(assessment: Assessment): Row[] {
  const question = leadingQuestion(assessment);
  const [hypothesis] = question?.hypotheses ?? [];
  const from = hypothesis === undefined ? undefined : question?.posterior?.[hypothesis.id]?.central;
  return assessment.changes.figures
    .filter(({ id }) => id.startsWith(`${question?.id}/`) && id.endsWith("/without"))
    .slice(0, MOST)
    .map((figure) => ({
      id: `changes/${figure.id}`,
      label: figure.label,
      sign: undefined,
      value: figure.value,
      text: figure.text,
      range: undefined,
      from,
      note: from === undefined ? "" : words.insteadOf(percent(from)),
      scale: SHARE,
      node: figure.node,
    }));
}

function rangeOf(values: readonly number[]): Row["range"] {
  return values.length < 2 ? undefined : { low: Math.min(...values), high: Math.max(...values) };
}

/** Figures that read otherwise than before, in the order of the answers. */
export function movedRows(
  before: Readonly<Record<AnswerId, readonly Row[]>>,
  now: Readonly<Record<AnswerId, readonly Row[]>>,
  answers: readonly AnswerId[],
): { readonly row: Row; readonly was: Row }[] {
  return answers.flatMap((id) =>
    now[id].flatMap((row) => {
      const was = before[id].find((each) => each.id === row.id);
      return was === undefined || was.text === row.text ? [] : [{ row, was }];
    }),
  );
}
