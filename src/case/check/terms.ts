import { nearest } from "../../core/problems/index.ts";
import { isAmount } from "../notation/amount.ts";
import type { CaseContent } from "../schema/case.ts";
import type { Findings } from "./sense.ts";
import { entriesOf } from "./sense.ts";

/** Weights as people round them: ten weights of 0.1 with a slip in the second decimal still pass. */
const TOL_WEIGHTS = 0.011;

/** Checks positions: weights that add up, and a value for each option. */
export function checkTerms(findings: Findings): void {
  const { content } = findings;
  for (const [party, position] of entriesOf(content.positions)) checkPosition(findings, party, position);
  if (entriesOf(content.positions).length > 0) checkUnused(findings);
  for (const [index, interaction] of (content.interactions ?? []).entries()) {
    checkLevels(findings, ["interactions", index, "values"], interaction.values, interaction.over, 0);
  }
}

function checkPosition(
  findings: Findings,
  party: string,
  position: NonNullable<CaseContent["positions"]>[string],
): void {
  const stances = entriesOf(position.issues);
  const weighed = stances.filter(([, stance]) => stance.weight !== undefined);
  if (weighed.length > 0) {
    for (const [issue, stance] of stances) {
      if (stance.weight === undefined)
        findings.add("weight-missing", ["positions", party, "issues", issue], { party, issue }, "key");
    }
    const sum = weighed.reduce((total, [, stance]) => total + (stance.weight?.central ?? 0), 0);
    if (weighed.length === stances.length && Math.abs(sum - 1) > TOL_WEIGHTS) {
      findings.add("weights-sum", ["positions", party, "issues"], { party, sum }, "key");
    }
  }
  for (const [issue, stance] of stances) {
    if (stance.values === undefined) continue;
    for (const option of Object.keys(findings.content.issues?.[issue]?.options ?? {})) {
      if (stance.values[option] !== undefined) continue;
      const path = ["positions", party, "issues", issue, "values"];
      findings.add("unvalued-option", path, { option, issue, party }, "key");
    }
  }
}

/** An option that no party values is a slip, or an option that nobody discusses. */
function checkUnused(findings: Findings): void {
  const positions = entriesOf(findings.content.positions);
  for (const [issue, { options }] of entriesOf(findings.content.issues)) {
    for (const option of Object.keys(options)) {
      const valued = positions.some(([, position]) => {
        const stance = position.issues?.[issue];
        return stance?.values?.[option] !== undefined || stance?.redLines?.includes(option);
      });
      if (!valued) findings.add("unused-option", ["issues", issue, "options", option], { option, issue }, "key");
    }
  }
}

function checkLevels(
  findings: Findings,
  path: readonly (string | number)[],
  values: Readonly<Record<string, unknown>>,
  over: readonly string[],
  level: number,
): void {
  const issue = over[level];
  const options = issue === undefined ? undefined : findings.content.issues?.[issue]?.options;
  for (const [option, below] of Object.entries(values)) {
    const here = [...path, option];
    if (options !== undefined && issue !== undefined && options[option] === undefined) {
      const known = Object.keys(options);
      const facts = { value: option, issue, near: nearest(option, known), known: known.join(", ") };
      findings.add("unknown-option", here, facts, "key");
    }
    const last = level === over.length - 1;
    const isNumber = typeof below === "object" && below !== null && isAmount(below);
    if (last !== isNumber) {
      const expected = last ? "a value from 0 to 1" : `options of ${over[level + 1]} below it`;
      findings.add("wrong-type", here, { thing: option, got: isNumber ? "a value" : "a mapping", expected });
    } else if (!last) {
      checkLevels(findings, here, below as Readonly<Record<string, unknown>>, over, level + 1);
    }
  }
}
