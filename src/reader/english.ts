/** Words that hold English sentences together; about two in five words of any English prose are of these. */
const FUNCTION_WORDS = new Set(
  (
    "the of and to in a is that for with on was by are as at from it be this have has had not but which their they were " +
    "an or his its will been would more than after who he said if about there when into no some"
  ).split(" "),
);

/** The share of such words below which a text does not look English, and the words that a judgement needs. */
const LEAST = 0.2;
const ENOUGH = 25;

/** Whether a text looks English, by its function words; a short one counts as English. */
export function looksEnglish(words: Iterable<string>): boolean {
  let all = 0;
  let found = 0;
  for (const word of words) {
    all += 1;
    if (FUNCTION_WORDS.has(word)) found += 1;
  }
  return all < ENOUGH || found / all >= LEAST;
}
