import { exp } from "../../core/math/index.ts";
import { createStream, purpose } from "../../core/random/index.ts";
import { expectCount, invalid } from "../check.ts";
import { isFeasible, utilities } from "../compile.ts";
import { namesOf } from "../points.ts";
import { makeSpace, type SpaceOptions, unitOf } from "../space.ts";
import type { Domain, Package } from "../types.ts";

export interface SingleTextOptions extends SpaceOptions {
  /** Drafts that the mediator puts to the vote: 2 000 unless given. */
  readonly drafts?: number | undefined;
  readonly seed?: number | undefined;
  /**
   * How much worse a draft a party may vote for at first, as a share of its range, falling to 0 at the end: simulated
   * annealing. 0, hill climbing, unless given.
   */
  readonly temperature?: number | undefined;
}

export interface SingleTextResult {
  readonly outcome: Package;
  /** Utilities of all parties, in the domain's order. */
  readonly utilities: readonly number[];
  /** Whether all who must accept prefer it to no agreement. */
  readonly acceptable: boolean;
  /** The texts that were adopted, with the number of the draft, the first text included. */
  readonly trace: readonly { readonly draft: number; readonly utilities: readonly number[] }[];
}

/**
 * Negotiation over a single text with a mediator (Klein, Faratin, Sayama & Bar-Yam 2003).
 *
 * The mediator changes one issue of the text at random and puts the draft to the vote; it becomes the text where all who must
 * accept vote for it. A party votes for what is no worse to it, and, at a temperature, for what is worse by d with
 * probability exp(-d / temperature). The last text that is best for the worst-off of all adopted ones is kept.
 *
 * @throws ParleyError where no package was found to begin with
 */
export function negotiateSingleText(domain: Domain, options: SingleTextOptions = {}): SingleTextResult {
  const { drafts = 2000, seed = 1, temperature = 0 } = options;
  expectCount("drafts", drafts, 1);
  const space = makeSpace(domain, options);
  const { compiled, allowed, acceptors } = space;
  const stream = createStream(seed, purpose("TEXT"));
  const unit = (i: number) => (Number.isNaN(space.greatest[i]!) ? 1 : unitOf(space, i));
  const choices = allowed.map((flags) => [...flags.keys()].filter((option) => flags[option] === 1));
  const draw = (slot: number, step: number, count: number) => Math.floor(stream.uniform(slot, step, 0) * count);
  const text = firstText();
  let values = Array.from(utilities(compiled, text));
  const trace = [{ draft: 0, utilities: values }];
  let best = { text: text.slice(), values };
  const draft = text.slice();
  for (let n = 1; n <= drafts; n++) {
    draft.set(text);
    const issue = draw(0, n, draft.length);
    draft[issue] = choices[issue]![draw(1, n, choices[issue]!.length)]!;
    if (draft[issue] === text[issue] || !isFeasible(compiled, draft)) continue;
    const drafted = Array.from(utilities(compiled, draft));
    const heat = temperature * (1 - n / drafts);
    const isAdopted = acceptors.every((i) => {
      const loss = (values[i]! - drafted[i]!) / unit(i);
      return loss <= 0 || (heat > 0 && stream.uniform(2 + i, n, 0) < exp(-loss / heat));
    });
    if (!isAdopted) continue;
    text.set(draft);
    values = drafted;
    trace.push({ draft: n, utilities: values });
    if (leastSurplus(values) > leastSurplus(best.values)) best = { text: text.slice(), values };
  }
  // Without heat every text is at least as good to all as the one before.
  const kept = temperature > 0 ? best : { text, values };
  return {
    outcome: namesOf(compiled, kept.text),
    utilities: kept.values,
    acceptable: acceptors.every((i) => kept.values[i]! >= space.reservation[i]!),
    trace,
  };

  function leastSurplus(of: readonly number[]): number {
    return Math.min(...acceptors.map((i) => (of[i]! - space.disagreement[i]!) / unit(i)));
  }

  /** The first of a thousand random packages that is feasible. */
  function firstText(): Int32Array {
    for (let attempt = 0; attempt < 1000; attempt++) {
      const outcome = Int32Array.from(
        choices,
        (options, k) => options[draw(4 + k, attempt + drafts + 1, options.length)] ?? -1,
      );
      if (!outcome.includes(-1) && isFeasible(compiled, outcome)) return outcome;
    }
    throw invalid("domain", "no feasible package in a thousand", "one to begin with");
  }
}
