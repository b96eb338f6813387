const plural = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;

/** Words of what changed between two versions. */
export const diffWords = {
  title: (from: number, to: number) => `From version ${from} to version ${to}`,
  working: "Comparing the two …",
  same: "The two hold the same.",
  onlyText: "Comments or layout of the text differ; what the case says is the same.",
  inputs: "What was changed",
  more: (n: number) => `and ${plural(n, "more change")}`,
  head: ["Where", "Before", "After"],
  nothing: "–",
  answers: "What it made of the answers",
  answersHead: ["Answer", "Before", "After", "Difference"],
  evidence: "on the evidence alone",
  unmoved: "No answer moved beyond chance.",
  why: "Which change made how much",
  whyHelp:
    "Each change alone taken back from the newer version, on the same chance. Changes that work together do not add up.",
  whyHead: ["Change", "Answer", "Without it", "With it", "Difference"],
  noAnswers: "One of the two cannot be assessed as it stands, so that no answers can be compared:",
  chance: "within chance",
  prior: "no prior",
  error: (value: string) => `± ${value}`,
} as const;
