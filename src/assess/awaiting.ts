import type { Case } from "../case/index.ts";
import type { Answer, AnswerId } from "./schema.ts";

/** An engine that is still to come, the section of the case that it will read, and the answers that it will give. */
interface Awaited {
  readonly engine: string;
  readonly needs: string;
  readonly answers: readonly AnswerId[];
  /** Why it is not there; undefined where the case does not await it. */
  says(content: Case): string | undefined;
}

/**
 * Engines that this version does not have. An answer that rests on one says so, and shows no figure in its place.
 *
 * When an engine comes, its entry leaves this list and its contribution joins CONTRIBUTIONS in assess.ts.
 */
const AWAITED: readonly Awaited[] = [
  {
    engine: "simulation",
    needs: "war",
    answers: ["when", "holds"],
    says: ({ war }) =>
      war === undefined
        ? "The simulation of fighting and talking needs the section “war”, which this case does not have."
        : undefined,
  },
  {
    engine: "sensitivity",
    needs: "war",
    answers: ["changes"],
    says: ({ war }) =>
      war === undefined
        ? "What moves the simulation (levers, one parameter at a time, drivers) needs the section “war”, which this case does not have."
        : undefined,
  },
  {
    engine: "base rates",
    needs: "questions.*.referenceClass",
    answers: ["when"],
    says: ({ questions }) =>
      Object.values(questions).some(({ referenceClass }) => referenceClass !== undefined)
        ? undefined
        : "How often it came about in earlier wars needs a question with a “referenceClass”, and “history.start”.",
  },
  {
    engine: "terms",
    needs: "positions",
    answers: ["what"],
    says: ({ issues, positions }) =>
      Object.keys(issues).length > 0 && Object.keys(positions).length > 0
        ? undefined
        : "Which terms every party could accept needs the sections “issues” and “positions”, which this case does not have.",
  },
  {
    engine: "stability",
    needs: "graph",
    answers: ["holds"],
    says: ({ graph }) =>
      graph === undefined
        ? "Whether an outcome is stable, and who would leave it, needs the section “graph”, which this case does not have."
        : undefined,
  },
];

/** What an answer still awaits. */
export function awaits(answer: AnswerId, content: Case): Answer["awaits"] {
  return AWAITED.filter(({ answers }) => answers.includes(answer)).flatMap(({ engine, needs, says }) => {
    const text = says(content);
    return text === undefined ? [] : [{ engine, needs, says: text }];
  });
}
