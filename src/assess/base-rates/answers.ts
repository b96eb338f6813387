import type { Contribution, Findings } from "../answers.ts";
import { count, list } from "../format.ts";
import { percent, percentRange } from "../likelihood.ts";
import type { BaseRatesExhibit } from "./schema.ts";

type Shrunk = NonNullable<NonNullable<BaseRatesExhibit>["questions"][number]["shrunk"]>;

/** What a small class says alone, what the others of its parent say, and what the two come to. */
export function shrunkSentence({ own, others, name, p, low, high, weight }: Shrunk): string {
  return (
    `It came in time for ${own.ended} of the class's ${own.members} and for ${others.ended} of the ${others.members} others of ` +
    `“${name}”; drawn to these, its own members weighing ${percent(weight)}, the chance is ${percent(p)} (80 % ` +
    `${percentRange(low, high)}).`
  );
}

type Compared = NonNullable<BaseRatesExhibit>["questions"][number];

/** The leading fit, whose interval is the fit's own, and the curve of those that lasted as long, which is far less sure. */
function estimates({ rates }: Compared): string {
  const [lead] = rates;
  const curve = rates.find(({ model }) => model === "kaplan-meier");
  const told = (rate: Compared["rates"][number] | undefined) =>
    `${percent(rate?.p ?? 0)} (80 % ${percentRange(rate?.low ?? 0, rate?.high ?? 1)})`;
  if (curve === undefined || curve === lead) return told(lead);
  return `${told(lead)} by a curve fitted to the whole class, ${told(curve)} by those that lasted so long alone`;
}

/** Names beyond which there are too many to tell in a sentence. */
const TOLD = 12;

function namesOf({ lasting }: Compared): string {
  return lasting.length === 0 || lasting.length > TOLD ? "" : ` (${list(lasting)})`;
}

/** What a pool is made of, in a sentence; undefined where the case asks for none. */
export function poolSentence({ text, pool }: NonNullable<BaseRatesExhibit>["beside"][number]): string | undefined {
  if (pool === null) return undefined;
  const { how, p, of, left } = pool;
  const made =
    p === null
      ? ""
      : `Pooled, as the case asks (${how}), of ${list(of.map(({ from, weight }) => `${from} ${percent(weight)}`))}: “${text}” ${percent(p)}.`;
  return [made, ...left].filter((each) => each !== "").join(" ");
}

/** When, by history alone: for each question with a reference class, how likely its event is for a war of this age. */
export function whenFromBaseRates({ baseRates }: Findings): Contribution {
  if (baseRates === null || baseRates.questions.length === 0) return {};
  const { questions, classes } = baseRates;
  const [lead] = questions;
  if (lead === undefined) return {};
  const name = classes.find(({ id }) => id === lead.class)?.name ?? lead.class;
  const members = classes.find(({ id }) => id === lead.class)?.members ?? 0;
  return {
    headline:
      `By history alone, “${lead.text}” ${estimates(lead)}: of ${count(members, "member")} of “${name}”, ${lead.atRisk} lasted as ` +
      `long as this war, ${lead.age.toFixed(0)} months${namesOf(lead)}.` +
      (lead.shrunk === null ? "" : ` ${shrunkSentence(lead.shrunk)}`) +
      baseRates.beside.map((each) => ` ${poolSentence(each) ?? ""}`.trimEnd()).join(""),
    figures: questions.map((each) => ({
      id: `${each.question}/base-rate`,
      label: `${each.text} By earlier wars that lasted as long`,
      value: each.rates[0]?.p ?? 0,
      unit: "probability",
      low: each.rates[0]?.low ?? 0,
      high: each.rates[0]?.high ?? 1,
      text: percent(each.rates[0]?.p ?? 0),
      node: each.node,
    })),
    because: [...questions, ...classes].map(({ node }) => node),
  };
}

/** Years after which it is told how much was fought again. */
const YEARS = 5;

/** Would it hold, by history alone: how much of what ended so was fought again. */
export function holdsFromBaseRates({ baseRates }: Findings): Contribution {
  if (baseRates === null) return {};
  const told = baseRates.recurrence.flatMap(({ ending, members, within, node }) => {
    const at = within.find(({ years }) => years === YEARS);
    return at === undefined ? [] : [{ ending, members, node, ...at }];
  });
  const of = (ending: string) => told.find((each) => each.ending === ending);
  const [ceasefire, agreement] = [of("ceasefire"), of("agreement")];
  if (ceasefire === undefined || agreement === undefined) return {};
  return {
    headline:
      `By history alone, ${percent(ceasefire.p)} of ${count(ceasefire.members, "ceasefire")} and ${percent(agreement.p)} of ` +
      `${count(agreement.members, "agreement")} were fought again within ${YEARS} years, most of them within states: ` +
      `an association, no effect of the ending.`,
    figures: told.map(({ ending, p, low, high, node }) => ({
      id: `recurrence/${ending}`,
      label: `Fought again within ${YEARS} years after it ended by ${ending.replaceAll("-", " ")}`,
      value: p,
      unit: "probability",
      low,
      high,
      text: percent(p),
      node,
    })),
    because: told.map(({ node }) => node),
  };
}
