import { type CompiledDomain, isFeasible } from "./compile.ts";

/**
 * Changes one or two issues of a package as long as that makes it better: writes the result to `outcome`, gives its score.
 *
 * It finds good packages fast, by which the exact search then knows what it need not look at.
 */
export function climb(
  { sizes, factors }: CompiledDomain,
  allowed: readonly Uint8Array[],
  outcome: Int32Array,
  score: (outcome: Int32Array) => number,
  mostScores = 20_000,
): number {
  const isFree = !factors.some(({ kind }) => kind === "exclusion");
  const issues = sizes.length;
  let best = score(outcome);
  let scores = 0;
  const consider = (): boolean => {
    scores++;
    if (!isFree && !isFeasible({ factors } as CompiledDomain, outcome)) return false;
    const here = score(outcome);
    if (here <= best) return false;
    best = here;
    return true;
  };
  const one = (): boolean => {
    for (let k = 0; k < issues; k++) if (tryIssue(k, consider)) return true;
    return false;
  };
  const tryIssue = (k: number, then: () => boolean): boolean => {
    const kept = outcome[k]!;
    for (let option = 0; option < sizes[k]!; option++) {
      if (option === kept || allowed[k]![option] === 0) continue;
      outcome[k] = option;
      if (then()) return true;
    }
    outcome[k] = kept;
    return false;
  };
  const two = (): boolean => {
    for (let k = 0; k < issues; k++) {
      for (let l = k + 1; l < issues && scores < mostScores; l++) {
        if (tryIssue(k, () => tryIssue(l, consider))) return true;
      }
    }
    return false;
  };
  while (scores < mostScores && (one() || two()));
  return best;
}
