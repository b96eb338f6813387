/** Words of the drawer with the case's text. */

const plural = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;

/** The time of day in the reader's own way of writing it; the day too where it is another. */
function when(at: string): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  return date.toDateString() === new Date().toDateString()
    ? time
    : `${date.toLocaleDateString(undefined, { day: "numeric", month: "long" })}, ${time}`;
}

export const drawerWords = {
  button: "Text",
  buttonHelp: "The case as text (Ctrl or ⌘ and E)",
  title: "Text of the case",
  files: "Files of the case",
  textOf: (file: string) => `Text of ${file}`,
  opening: "Opening the text …",
  close: "Close the text",
  larger: "Taller",
  smaller: "Shorter",
  unfold: "Show the whole file",
  saved: "Saved",
  savedAt: (at: string) => `Saved at ${when(at)}`,
  asSaved: "As saved",
  waiting: "Typing …",
  saving: "Saving …",
  held: (n: number) => `Not saved: ${plural(n, "error")}`,
  heldHelp: "What you typed is kept in this browser as a draft.",
  lost: "Not saved: the case's home does not answer. It is tried again, and the draft is kept in this browser.",
  saveAnyway: "Save as it is",
  clash: (n: number) =>
    `Somebody else changed this file while you typed, in ${plural(n, "place")} that you changed too. Choose whose stays there; all other changes of both are kept.`,
  mine: "Yours",
  theirs: "Theirs",
  keepMine: "Keep yours",
  keepTheirs: "Keep theirs",
  nothing: "(nothing)",
  draft: (file: string, at: string) => `There is a draft of ${file} from ${when(at)} that was not saved.`,
  takeUp: "Take it up",
  throwAway: "Throw it away",
  readOnly: "This case can be read here, not changed.",
  makeYours: "Make it yours",
  problems: "Problems",
  noProblems: "No problems found.",
  problemsIn: (errors: number, others: number) =>
    [...(errors === 0 ? [] : [plural(errors, "error")]), ...(others === 0 ? [] : [plural(others, "note")])].join(", "),
  severity: { error: "error", warning: "warning", note: "note" },
  changeTo: (word: string) => `Change to “${word}”`,
  addIn: (section: string) => `Add “${section}” in a form.`,
  writeIt: "Write it in the case's text.",
  keys: "Tab indents; press Escape, then Tab, to leave the text. F8: next problem. Ctrl or ⌘ with F: search, Space: complete.",
} as const;
