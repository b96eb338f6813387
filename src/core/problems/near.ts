import { distance } from "fastest-levenshtein";

/**
 * The candidate that a mistyped word most likely meant, or undefined where none is near.
 *
 * Near means a few edits (Levenshtein 1966), case and separators aside: one in words of three or four letters, two in
 * words of five to seven, a third of the letters in longer ones. The first of equally near candidates wins.
 *
 * @example
 * nearest("ukrane", ["russia", "ukraine"]); // "ukraine"
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = fold(word);
  let best: string | undefined;
  let least = allowance(wanted.length) + 1;
  for (const candidate of candidates) {
    const folded = fold(candidate);
    if (folded !== wanted && Math.abs(folded.length - wanted.length) >= least) continue;
    // Two letters exchanged are one slip, though two edits.
    const isSwapped = folded.length === wanted.length && folded !== wanted && letters(folded) === letters(wanted);
    const edits = isSwapped ? 1 : distance(wanted, folded);
    if (edits < least) {
      least = edits;
      best = candidate;
    }
  }
  return best;
}

/** How many edits a word of some length may be away: of two letters every other pair is near. */
function allowance(length: number): number {
  if (length < 3) return 0;
  if (length < 5) return 1;
  return length < 8 ? 2 : Math.floor(length / 3);
}

function letters(word: string): string {
  return [...word].sort().join("");
}

function fold(word: string): string {
  return word
    .slice(0, 200)
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, "-");
}
