import { pool as pooled } from "../../baserates/index.ts";
import type { Case } from "../../case/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import type { BaseRatesExhibit } from "./schema.ts";

type Beside = NonNullable<BaseRatesExhibit>["beside"][number];
type From = Beside["estimates"][number]["from"];

/** How a case names what is pooled. */
const NAMES: Readonly<Record<From, "base-rate" | "evidence" | "simulation">> = {
  "base rate": "base-rate",
  evidence: "evidence",
  simulation: "simulation",
};

/**
 * The pool of a question's estimates, where its case asks for one; null where it does not. The base rate is left out where the
 * evidence starts from it. What has no weight given counts 1.
 */
export function poolOf(
  question: Case["questions"][string] | undefined,
  estimates: Beside["estimates"],
): Beside["pool"] {
  const asked = question?.pool;
  if (asked === undefined) return null;
  const startsThere = question?.prior === "base-rate";
  const left: string[] = [];
  const members = estimates.flatMap(({ from, p }) => {
    if (from === "base rate" && startsThere) {
      left.push("The base rate is left out: the evidence starts from it.");
      return [];
    }
    return [{ name: from, chances: { yes: p, no: 1 - p }, weight: asked.weights?.[NAMES[from]] ?? 1 }];
  });
  if (members.length < 2) {
    return { how: asked.how, p: null, of: [], left: [...left, "There is nothing to pool: fewer than two estimates."] };
  }
  try {
    const { chances, weights } = pooled(
      asked.how,
      members,
      asked.how === "extremised" ? { exponent: asked.exponent ?? 1.5 } : {},
    );
    return {
      how: asked.how,
      p: chances["yes"] ?? null,
      of: members.map(({ name }) => ({ from: name, weight: weights[name] ?? 0 })),
      left,
    };
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    return { how: asked.how, p: null, of: [], left: [...left, ...error.problems.map(({ message }) => message)] };
  }
}
