import type { Case } from "../../case/index.ts";
import { count } from "../format.ts";
import type { QuestionAssessment, SimulationExhibit } from "../schema.ts";
import { poolOf } from "./pool.ts";
import type { BaseRatesExhibit } from "./schema.ts";

type Exhibit = NonNullable<BaseRatesExhibit>;
type Beside = Exhibit["beside"][number];

/**
 * The three estimates of each question beside one another, with what they share. They are not pooled unless the case asks for
 * it: who shares premises is no independent witness.
 */
export function besideEachOther(
  content: Case,
  rates: Exhibit["questions"],
  answered: readonly QuestionAssessment[],
  simulation: SimulationExhibit,
): Beside[] {
  return answered.map((question): Beside => {
    const history = rates.find((each) => each.question === question.id);
    const simulated = simulation?.questions.find((each) => each.question === question.id);
    const [rate] = history?.rates ?? [];
    const own = question.posterior?.[question.hypotheses[0]?.id ?? ""];
    const seen = simulated?.readings.find(({ reading }) => reading === (content.reading ?? null));
    const estimates: Beside["estimates"] = [
      ...(history === undefined || rate === undefined
        ? []
        : [
            {
              from: "base rate" as const,
              p: rate.p,
              low: rate.low,
              high: rate.high,
              range: "80 % interval",
              node: history.node,
            },
          ]),
      ...(own === undefined
        ? []
        : [
            {
              from: "evidence" as const,
              p: own.median,
              low: own.low80,
              high: own.high80,
              range: "80 % interval",
              node: question.node,
            },
          ]),
      ...(simulated === undefined || seen === undefined
        ? []
        : [
            {
              from: "simulation" as const,
              p: seen.p,
              low: simulated.range.low,
              high: simulated.range.high,
              range: "over the readings",
              node: simulated.node,
            },
          ]),
    ];
    return {
      question: question.id,
      text: question.text,
      estimates,
      pool: poolOf(content.questions[question.id], estimates),
      shared: sharedBy(content, question, history, simulated !== undefined),
      lacks: lacking(content, question, history, estimates),
    };
  });
}

function sharedBy(
  content: Case,
  question: QuestionAssessment,
  history: Exhibit["questions"][number] | undefined,
  simulated: boolean,
): string[] {
  const said: string[] = [];
  if (history?.prior === true)
    said.push("The evidence starts from the base rate: it is the same number moved by claims.");
  if (!simulated) return said;
  const ofClaims = new Set(
    question.claims.flatMap(({ id }) => (content.claims[id]?.source ?? []).map(({ source }) => source)),
  );
  const ofWar = sourcesIn(content.war);
  const both = [...ofWar].filter((id) => ofClaims.has(id)).length;
  if (both > 0) {
    const verb = both === 1 ? "stands" : "stand";
    said.push(
      `${count(both, "source")} ${verb} behind claims of the evidence and behind parameters of the simulation.`,
    );
  }
  return said;
}

/** Sources named anywhere in a part of the case. */
function sourcesIn(part: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (typeof part !== "object" || part === null) return found;
  for (const [key, value] of Object.entries(part)) {
    if (key === "source" && Array.isArray(value)) {
      for (const ref of value)
        if (typeof ref === "object" && ref !== null && "source" in ref) found.add(String(ref.source));
    } else sourcesIn(value, found);
  }
  return found;
}

function lacking(
  content: Case,
  question: QuestionAssessment,
  history: Exhibit["questions"][number] | undefined,
  estimates: Beside["estimates"],
): string[] {
  const has = (from: Beside["estimates"][number]["from"]) => estimates.some((each) => each.from === from);
  const asked = content.questions[question.id];
  return [
    ...(history !== undefined
      ? []
      : [
          asked?.referenceClass === undefined
            ? "No base rate: the question names no reference class."
            : "No base rate: see the notes.",
        ]),
    ...(has("evidence") ? [] : ["No evidence: the question has no prior."]),
    ...(has("simulation") ? [] : ["No simulation: it has no such event."]),
  ];
}
