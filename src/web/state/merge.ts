import { diff3Merge, diffIndices } from "node-diff3";

/** A stretch of two versions of one text: alike, or changed in both in different ways. */
export type Stretch =
  | { readonly same: readonly string[] }
  | { readonly mine: readonly string[]; readonly theirs: readonly string[] };

/** Two versions of one text brought together, line by line. */
export interface Merged {
  readonly stretches: readonly Stretch[];
  /** How many stretches were changed in both, in different ways. */
  readonly clashes: number;
}

/** Brings together what two made of one text: where only one changed lines, that change counts. */
export function mergeTexts(base: string, mine: string, theirs: string): Merged {
  const regions = diff3Merge(mine.split("\n"), base.split("\n"), theirs.split("\n"), { excludeFalseConflicts: true });
  const stretches = regions.map(
    ({ ok, conflict }): Stretch =>
      conflict === undefined ? { same: ok ?? [] } : { mine: conflict.a, theirs: conflict.b },
  );
  return { stretches, clashes: stretches.filter((each) => "mine" in each).length };
}

/** The text of a merge; where both changed the same lines, as one side has them. */
export function settled({ stretches }: Merged, side: "mine" | "theirs"): string {
  return stretches.flatMap((each) => ("same" in each ? each.same : each[side])).join("\n");
}

export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The least that turns one text into another, by lines and within them: what an editor needs to keep its cursor. */
export function changesBetween(before: string, after: string): readonly TextChange[] {
  if (before === after) return [];
  const [old, now] = [before.split("\n"), after.split("\n")];
  const starts: number[] = [0];
  for (const line of old) starts.push((starts.at(-1) ?? 0) + line.length + 1);
  return diffIndices(old, now).map(({ buffer1: [at, count], buffer2: [place, length] }): TextChange => {
    const added = now.slice(place, place + length).map((line) => `${line}\n`);
    let [from, to] = [starts[at] ?? 0, starts[at + count] ?? 0];
    let insert = added.join("");
    // The last line has no end of its own.
    if (to > before.length) {
      to = before.length;
      if (from > before.length) {
        from = before.length;
        insert = `\n${insert}`;
      } else if (length === 0 && from > 0) from -= 1;
      insert = insert.slice(0, -1);
    }
    return trimmed(before, { from, to, insert });
  });
}

function trimmed(before: string, { from, to, insert }: TextChange): TextChange {
  let head = 0;
  const most = Math.min(to - from, insert.length);
  while (head < most && before[from + head] === insert[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[to - 1 - tail] === insert[insert.length - 1 - tail]) tail += 1;
  return { from: from + head, to: to - tail, insert: insert.slice(head, insert.length - tail) };
}
