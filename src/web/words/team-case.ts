/** Words of a case on a team server: its versions, comments, who is here, who it is shared with. */

const plural = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;

const KINDS: Readonly<Record<string, string>> = {
  made: "made",
  edited: "edited in the form",
  merged: "edited, brought together with another's changes",
  text: "edited as text",
  restored: "restored",
};

export const caseWords = {
  version: (n: number) => `Version ${n}`,
  reader: "You may read this case, not change it.",
  // Versions
  versions: "Versions",
  versionsLead: "Every save is a version. Any of them can be looked at, compared with another and restored.",
  kind: (kind: string) => KINDS[kind] ?? kind,
  by: (name: string) => `by ${name}`,
  nobody: "by somebody whose account is gone",
  newest: "newest",
  view: "View",
  viewOf: (n: number) => `View version ${n}`,
  compare: "Compare with the newest",
  compareOf: (n: number) => `Compare version ${n} with the newest`,
  restore: "Restore",
  restoreOf: (n: number) => `Restore version ${n}`,
  restoreAsk: (n: number) => `Save version ${n} as the newest? Nothing is lost: what is newest now stays as a version.`,
  restoreSure: "Restore it",
  restored: (n: number) => `Restored as version ${n}.`,
  older: "Show older ones",
  textsOf: (n: number) => `Version ${n}, as it was saved`,
  close: "Close",
  backToCase: "Back to the case",
} as const;

export { plural };
