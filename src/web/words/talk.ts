const plural = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;

/** Words of comments on parts of a case. */
export const talkWords = {
  title: "Comments",
  about: (label: string, n: number) => (n === 0 ? `Comment on ${label}` : `${plural(n, "open comment")} on ${label}`),
  count: (n: number) => (n === 0 ? "Comments" : plural(n, "open comment")),
  whole: "the whole case",
  all: "All comments",
  onPart: (path: string) => `On “${path}”`,
  gone: "This part is no longer in the case.",
  none: "Nothing was said here yet.",
  noneAtAll:
    "Nothing was said about this case yet. Comment on it here, or on a part of it beside its field in the form.",
  write: "Comment",
  writePlaceholder: "What should the others know, or look at again?",
  reply: "Answer",
  send: "Send",
  atVersion: (n: number) => `at version ${n}`,
  edited: "edited",
  nobody: "somebody whose account is gone",
  resolve: "Resolve",
  reopen: "Open again",
  resolvedBy: (name: string) => `resolved by ${name}`,
  showResolved: (n: number) => `Show ${plural(n, "resolved thread")}`,
  hideResolved: "Hide resolved threads",
  edit: "Change",
  delete: "Delete",
  deleteAsk: "Delete this comment?",
  close: "Close",
  mayNot: "You may read what is said here, not comment.",
  toField: "its field",
} as const;
