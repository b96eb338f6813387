/** How a full stop behind a word is meant. */
type Use = "never" | "before a number" | "before a name";

const never =
  "mr mrs ms dr prof gen col lt maj capt sgt cpl adm cmdr sen rep gov pres hon rev fr messrs mt st ft vs cf e.g i.e approx ca viz";
const number =
  "no nos art arts fig figs sec secs para paras p pp vol vols ch chap res sr art jan feb mar apr jun jul aug sep sept oct nov dec ed eds op est";
const name = "u.s u.k u.n e.u u.s.a d.c a.m p.m inc ltd co corp etc al jr bros dept univ gov't";

/**
 * Words whose full stop need not end a sentence: `never` does, `before a number` does not before a digit (No. 5,
 * Nov. 21), `before a name` does only where a word follows that begins sentences.
 */
export const ABBREVIATIONS: ReadonlyMap<string, Use> = new Map([
  ...name.split(" ").map((word) => [word, "before a name"] as const),
  ...number.split(" ").map((word) => [word, "before a number"] as const),
  ...never.split(" ").map((word) => [word, "never"] as const),
]);

/** Words that begin sentences more often than names. */
export const STARTERS: ReadonlySet<string> = new Set(
  (
    "a an the this that these those it its he she they we i you his her their our my there here in on at by for from " +
    "to of as if when while since although though because but and or nor so yet however meanwhile moreover therefore " +
    "after before until during both neither either each every all some many most few no not what who why how where " +
    "first second third finally then now still also even only one two with without under over such according analysts"
  ).split(" "),
);
