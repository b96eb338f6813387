import { FINITE } from "./lexicon/noise.ts";
import type { Token } from "./tokens.ts";

/** Words of a clause that speaks of what is to come. */
const AHEAD = new Set(
  "will shall won't upcoming scheduled plans plan planned expected expects expect due should must may could might would slated can cannot starts begins expires".split(
    " ",
  ),
);

/** Words and marks that part clauses. */
const PARTS = new Set([",", ";", ":", "—", "–", "and", "but", "which", "who", "that", "while", "because", "although"]);

/**
 * Tells of each token of a sentence whether its clause looks ahead: it holds will, may, plans or their like. A clause
 * without a verb belongs to the one after it: `In March, elections will be held`.
 */
export function aheadIn(tokens: readonly Token[]): (at: number) => boolean {
  const clauses: { readonly to: number; readonly verb: boolean; readonly ahead: boolean }[] = [];
  let [verb, ahead] = [false, false];
  for (const [at, { lower, kind, capital }] of tokens.entries()) {
    const may = lower === "may" && capital;
    verb ||= kind === "word" && !may && (FINITE.has(lower) || (!capital && lower.length > 4 && lower.endsWith("ed")));
    ahead ||= AHEAD.has(lower) && !may;
    if (PARTS.has(lower) || at === tokens.length - 1) {
      clauses.push({ to: at, verb, ahead });
      [verb, ahead] = [false, false];
    }
  }
  return (at) => {
    const index = clauses.findIndex(({ to }) => at <= to);
    const own = clauses[index];
    const next = clauses.slice(index).find((clause) => clause.verb || clause.ahead);
    return own?.ahead === true || (own?.verb === false && next?.ahead === true);
  };
}
