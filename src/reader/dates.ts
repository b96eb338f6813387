import { dayFirst, monthFirst, numeric, yearAlone } from "./calendar-dates.ts";
import type { DateOptions, Match } from "./date-words.ts";
import { DateWords } from "./date-words.ts";
import { RELATIONS } from "./lexicon/calendar.ts";
import { part, relative } from "./spans.ts";
import type { Token } from "./tokens.ts";
import { between } from "./tokens.ts";
import type { FoundDate } from "./types.ts";

/** Dates of a sentence, and which of its tokens they are made of. */
export interface DatesFound {
  readonly dates: readonly FoundDate[];
  readonly dated: ReadonlySet<number>;
}

/**
 * The dates of a sentence, resolved against the document's date: days, months, years, seasons, halves and quarters,
 * weekdays, and spans such as `last week` or `two months ago`.
 *
 * A month without a year takes the year that the sentence itself gives, else the custom of news: the last such month.
 */
export function datesOf(text: string, tokens: readonly Token[], options: DateOptions = {}): DatesFound {
  const words = new DateWords(tokens, options);
  const dates: FoundDate[] = [];
  const dated = new Set<number>();
  for (let at = 0; at < tokens.length; ) {
    const match = dateAt(words, at);
    if (match === undefined) {
      at += 1;
      continue;
    }
    for (let index = at; index < match.next; index += 1) dated.add(index);
    const link = tokens[at - 1]?.lower === "the" ? tokens[at - 2] : tokens[at - 1];
    const relation = RELATIONS.get(link?.lower ?? "");
    for (const when of match.when) {
      const { until, stated, date } = when;
      dates.push({
        text: between(text, tokens, at, match.next - 1),
        date,
        ...(until === undefined ? {} : { until }),
        ...(relation === undefined ? {} : { relation }),
        stated,
      });
    }
    at = match.next;
  }
  return { dates, dated };
}

function dateAt(words: DateWords, at: number): Match | undefined {
  return (
    numeric(words, at) ??
    dayFirst(words, at) ??
    monthFirst(words, at) ??
    part(words, at) ??
    yearAlone(words, at) ??
    relative(words, at)
  );
}
