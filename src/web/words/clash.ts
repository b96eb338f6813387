const plural = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;

/** Words of the choice where two changed the same. */
export const clashWords = {
  title: "Somebody else changed the same",
  lead: "While you changed this, somebody else saved a change of the same. Nothing of yours is lost: choose whose stays, for each.",
  leadOther:
    "What you changed could not be saved, and is kept here. Try it again, or copy what you need before you drop it.",
  waiting: (n: number) =>
    `${plural(n, "change")} of yours ${n === 1 ? "was" : "were"} not saved, since somebody else changed the same.`,
  choose: "Choose",
  later: "Later",
  yours: "Yours",
  theirs: "Theirs, as it is saved now",
  before: "Before both",
  nothing: "(nothing)",
  removed: "(removed)",
  renamed: (to: string) => `renamed to “${to}”`,
  allYours: "Yours for all",
  allTheirs: "Theirs for all",
  apply: "Save what is chosen",
  applying: "Saving …",
  again: "Try again",
  drop: "Drop mine",
  also: (n: number) =>
    `With it, ${plural(n, "other change")} of yours that nobody else touched ${n === 1 ? "is" : "are"} saved.`,
  refused: "It could not be saved:",
  both: (part: string) => `Both versions of ${part}`,
} as const;
