/** Small numbers in words. */
export const ONES: ReadonlyMap<string, number> = new Map(
  (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen " +
    "eighteen nineteen"
  )
    .split(" ")
    .map((word, value) => [word, value]),
);

export const TENS: ReadonlyMap<string, number> = new Map(
  "twenty thirty forty fifty sixty seventy eighty ninety".split(" ").map((word, index) => [word, 20 + 10 * index]),
);

/** Words that multiply the number before them; also those of some other languages, for texts that are not English. */
export const SCALES: ReadonlyMap<string, number> = new Map([
  ["hundred", 1e2],
  ["thousand", 1e3],
  ["million", 1e6],
  ["mn", 1e6],
  ["mln", 1e6],
  ["billion", 1e9],
  ["bn", 1e9],
  ["bln", 1e9],
  ["trillion", 1e12],
  ["tn", 1e12],
  ["trn", 1e12],
  ["lakh", 1e5],
  ["crore", 1e7],
  ["dozen", 12],
  ["tausend", 1e3],
  ["millionen", 1e6],
  ["milliarden", 1e9],
  ["mille", 1e3],
  ["millions", 1e6],
  ["milliards", 1e9],
  ["mil", 1e3],
  ["millones", 1e6],
  ["milhões", 1e6],
  ["milioni", 1e6],
  ["miliardi", 1e9],
  ["тысяч", 1e3],
  ["миллионов", 1e6],
  ["миллиардов", 1e9],
]);

/** Scales that are one letter, read only where they touch a number of money: `$5m`. */
export const LETTER_SCALES: ReadonlyMap<string, number> = new Map([
  ["k", 1e3],
  ["m", 1e6],
  ["b", 1e9],
]);

/** Plurals that stand for a number of no one size: `tens of thousands of people`. */
export const VAGUE: ReadonlyMap<string, number> = new Map([
  ["dozens", 24],
  ["scores", 40],
  ["tens", 10],
  ["hundreds", 1e2],
  ["thousands", 1e3],
  ["millions", 1e6],
  ["billions", 1e9],
]);

/** Parts of a whole: a third, two fifths. */
export const FRACTIONS: ReadonlyMap<string, number> = new Map([
  ["half", 2],
  ["halves", 2],
  ["third", 3],
  ["thirds", 3],
  ["quarter", 4],
  ["quarters", 4],
  ["fourth", 4],
  ["fourths", 4],
  ["fifth", 5],
  ["fifths", 5],
  ["sixth", 6],
  ["sixths", 6],
  ["seventh", 7],
  ["sevenths", 7],
  ["eighth", 8],
  ["eighths", 8],
  ["ninth", 9],
  ["ninths", 9],
  ["tenth", 10],
  ["tenths", 10],
]);

/**
 * How a number is meant, as words before it, longest first where one begins another. `>` and its like say how a case
 * would compare.
 */
export const COMPARATORS: readonly (readonly [words: string, sense: ">" | ">=" | "<" | "<=" | "~"])[] = [
  ["not more than", "<="],
  ["no more than", "<="],
  ["not less than", ">="],
  ["no less than", ">="],
  ["no fewer than", ">="],
  ["not fewer than", ">="],
  ["well over", ">"],
  ["just over", ">"],
  ["a little over", ">"],
  ["just under", "<"],
  ["slightly more than", ">"],
  ["more than", ">"],
  ["greater than", ">"],
  ["in excess of", ">"],
  ["upwards of", ">"],
  ["upward of", ">"],
  ["over", ">"],
  ["above", ">"],
  ["beyond", ">"],
  ["exceeding", ">"],
  ["exceeds", ">"],
  ["exceeded", ">"],
  ["exceed", ">"],
  ["surpassing", ">"],
  ["surpassed", ">"],
  ["topped", ">"],
  ["at least", ">="],
  ["a minimum of", ">="],
  ["less than", "<"],
  ["fewer than", "<"],
  ["below", "<"],
  ["under", "<"],
  ["at most", "<="],
  ["at the most", "<="],
  ["as many as", "<="],
  ["as much as", "<="],
  ["up to", "<="],
  ["a maximum of", "<="],
  ["nearly", "~"],
  ["almost", "~"],
  ["close to", "~"],
  ["about", "~"],
  ["around", "~"],
  ["some", "~"],
  ["roughly", "~"],
  ["approximately", "~"],
  ["approx", "~"],
  ["circa", "~"],
  ["an estimated", "~"],
  ["estimated at", "~"],
  ["estimated", "~"],
  ["a reported", "~"],
  ["~", "~"],
  [">", ">"],
  ["<", "<"],
];
