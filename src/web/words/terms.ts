import type { FoundBy } from "../engine/terms-protocol.ts";

/** The words of the page Terms that its first version did not have. */

const plural = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;

/** Worth on a scale from 0 to 1 in words. */
function worthInWords(value: number): string {
  if (value >= 0.995) return "the best";
  if (value >= 0.75) return "near the best";
  if (value > 0.6) return "above the middle";
  if (value >= 0.4) return "in the middle";
  if (value > 0.25) return "below the middle";
  return value > 0.005 ? "near the worst" : "the worst";
}

/** A weight in words, against the weight that each issue would have if all counted alike. */
function weightInWords(share: number, even: number): string {
  if (share === 0) return "does not matter";
  if (share >= 2 * even) return "very heavy";
  if (share >= 1.25 * even) return "heavy";
  return share >= 0.6 * even ? "middling" : "light";
}

export const termsWords = {
  worthInWords,
  weightInWords,
  // The picture
  shown: "Drawn",
  plane: "Two parties on a plane",
  axes: "All parties, an axis each",
  across: "Across",
  upwards: "Upwards",
  axesKey:
    "An axis for each party, all on the scale of worth; a line for each package. Heavy: focal packages; dashed: proposals by number; faint: packages that waste nothing and nobody who must accept refuses; short bars: without agreement.",
  pickedKey: "Ringed, or the heaviest line: the package that is tried out.",
  approximate: (size: number) => `the frontier of ${size} points is approximate`,
  pointsShown: (shown: number, size: number) =>
    shown === size ? `${plural(size, "point")} of the frontier` : `${shown} of ${size} points of the frontier`,
  noAxis: (name: string) => `There is no party “${name}” to draw; it is left aside.`,
  picked: "The package tried out",
  // The finder
  finder: "Try a package",
  finderHelp:
    "Pick an option for each issue, or leave it open; what each party would make of it stands below at once. Keep an issue to look for packages that leave it as picked.",
  start: "Start from",
  startNone: "choose …",
  startOptions: { proposals: "Proposals", focal: "Focal packages" },
  clear: "Leave all open",
  redLines: "Red lines rule packages out",
  redLinesHelp: "Off: a red line is told, and does not count as a refusal.",
  openOption: "left open",
  keep: (issue: string) => `Keep ${issue} as picked`,
  keepShort: "keep",
  crosses: (parties: string) => `red line of ${parties}`,
  touches: (n: number) => `touches ${plural(n, "norm")}`,
  asideForm: (text: string) => `“${text}” in the address is no pick: write issue:option. It is left aside.`,
  asideIssue: (issue: string) => `The case has no issue “${issue}”; what the address says of it is left aside.`,
  asideOption: (issue: string, option: string, known: string) =>
    `${issue} has no option “${option}”; it is left open. Its options: ${known}.`,
  asideTwice: (issue: string) => `The address picks ${issue} twice; the first stands.`,
  asideLock: (issue: string) => `${issue} is left open: there is nothing to keep.`,
  asideSelected: (id: string) => `There is no proposal “${id}” in this case; nothing is chosen.`,
  asideSheet: (id: string) => `No party “${id}” holds positions in this case; no sheet is shown.`,
  // Verdicts
  verdictOf: "What each would make of it",
  verdictHead: ["Party", "Would", "Worth", "Without agreement", "Over it", "Red lines and what is missing"],
  would: { yes: "would accept", no: "would not accept", depends: "may accept" },
  below: "would not accept (below its no-deal value, as coded)",
  lineCrossed: "would not accept (red line, as coded)",
  crossed: (issue: string, option: string) => `red line: ${issue}, ${option}`,
  crossedUncounted: (issue: string, option: string) => `red line, not counted: ${issue}, ${option}`,
  missing: (issue: string, size: string) => `${issue} ${size}`,
  moreMissing: (n: number) => `and ${plural(n, "issue")} more`,
  noReservation: "any package",
  emptyPick: "Nothing is picked yet: every package is possible.",
  allOpen: (n: number) => `${plural(n, "issue")} left open: worths run from the worst to the best way to fill it in.`,
  nobodyRefuses: "Nobody who must accept would refuse it.",
  canBeFilled: "There is a way to fill it in that nobody who must accept refuses.",
  refusedBy: (names: string, n: number) =>
    `${names} would not accept it${n === 1 ? "" : ", each for reasons of its own"}.`,
  noWay: "Each might accept, but no way to fill it in suits all who must.",
  notKnown: "Whether one way to fill it in suits all is not known.",
  infeasible: (because: string) => `It cannot be had: ${because}`,
  excluded: "options that exclude each other are picked together.",
  excludedBecause: (options: string, because: string) => `${options}: ${because}`,
  norms: "Norms that it touches",
  noNorms: "No option that is picked stands against a norm that the case names.",
  ledger: "In short",
  working: "being worked out",
  broke: (why: string) => `The terms engine could not answer: ${why}`,
  // Parts
  parts: "Issue by issue",
  partsHelp:
    "What each issue adds to or takes from a party's worth over no agreement, at the line in the middle: an issue stands on the line where it gives as much of its range as no agreement gives of the whole. The parts add up to the total.",
  partsOver: (name: string, over: string) => `${name}: ${over} over no agreement`,
  partsWorth: (name: string, worth: string) => `${name}: ${worth} over its worst package`,
  partsTable: (name: string) => `What each issue adds for ${name}`,
  partsHead: ["Issue", "Part"],
  partsOthers: "Parties that are not asked",
  partsNone: "All packages are worth the same to it.",
  completedAs: (terms: string) => `Open issues as they come nearest to suiting all: ${terms}.`,
  // Search
  find: "Find packages",
  findHelp: (locks: string) => (locks === "" ? "Nothing is kept: all issues are free." : `Kept: ${locks}.`),
  sums: "Also the greatest sum of worths",
  sumsHelp: "It adds up what different parties get, which the other concepts never do.",
  found: "Packages found",
  by: {
    nearest: "Nearest to the one tried out",
    egalitarian: "Greatest least gain (egalitarian)",
    nash: "Greatest product of gains (Nash)",
    utilitarian: "Greatest sum of worths",
  } satisfies Readonly<Record<FoundBy, string>>,
  foundHead: ["Package", "Changes", "Least over no agreement"],
  foundCount: (size: string, packages: string) =>
    `${size} of ${packages} packages that red lines and kept issues leave are refused by nobody who must accept.`,
  foundUncounted: "There are packages that nobody who must accept refuses; they could not be counted.",
  isItself: "it is the one tried out",
  changes: (n: number) => plural(n, "issue"),
  take: "Try it",
  ties: (n: number) => `one of ${n} that tie`,
  inexact: "approximate",
  stale: "These were found for other kept issues or red lines. Find again.",
  none: "No package with these kept issues is one that nobody who must accept refuses.",
  noneLines: (lines: string) => `Red lines leave none: ${lines}.`,
  noneLine: (party: string, issue: string) => `${party} on ${issue}`,
  noneParties: (parties: string) => `No package is worth what they get without agreement to ${parties} together.`,
  noneParty: (party: string) => `No package is worth what it gets without agreement to ${party}.`,
  noneExcluded: "The kept options exclude each other.",
  closest: "The package that comes nearest to suiting all",
  blocks: "Who stands in the way, and on what",
  opens: "What would open the way, each by itself",
  opensNone: "No single kept issue and no single red line would open the way.",
  unlock: (issue: string) => `Let ${issue} go`,
  opensLine: (party: string, issue: string) => `if ${party} had no red line on ${issue}`,
  // Trades
  trades: "What to trade",
  tradesHelp:
    "Pairs of issues of which each weighs more with one of the two: giving way on the lighter and winning on the heavier pays for both, where the rates stay below 1.",
  tradesHead: ["Between", "Heavier with the first", "Heavier with the second", "Costs the first", "Costs the second"],
  tradesNone: "No pair of issues weighs differently enough with two of those who bargain.",
  share: (issue: string, a: string, b: string) => `${issue} (${a} and ${b})`,
  rate: (cost: string) => `${cost} for 1 won`,
  openers: "What opens the zone",
  openersHead: ["If these red lines were dropped", "By", "Packages nobody refuses"],
  // Readings and flips
  readings: "Under each reading",
  readingsHead: ["Reading", "A way that nobody refuses", "Who would not accept"],
  readingsRun: "Work it out under each reading",
  readingsHelp: "The package as tried out, and the focal packages of each reading; stress tests are left out.",
  readingHead: ["Reading", "A deal exists", "The package tried out", "Greatest least gain", "Nash"],
  sameAs: "as looked at",
  differs: (what: string) => what,
  nobody: "nobody",
  flips: "What would turn a verdict",
  flipsHelp: "How far one weight or one value alone would have to move; the smallest moves first.",
  flipsHead: ["Party", "Now", "It turns if"],
  flipWeight: (issue: string, from: string, to: string) => `the weight of ${issue} goes from ${from} to ${to}`,
  flipValue: (option: string, issue: string, from: string, to: string) =>
    `the worth of “${option}” (${issue}) goes from ${from} to ${to}`,
  flipsNone: "No single weight or value turns it.",
  more: (n: number) => `${n} more`,
  showAll: (n: number) => `Show all ${n}`,
  ofAll: (shown: number, all: number) => `${shown} of ${all}`,
  tryProposal: "Try it as a package",
  // Sheets
  sheets: "Is this your position?",
  sheetsHelp:
    "A sheet for each party, to be put before it or before someone who knows it; printed, each stands on a page of its own.",
  sheetOf: (name: string) => `Sheet of ${name}`,
  allSheets: "All sheets",
  backToTerms: "Back to the terms",
  print: "Print",
  sheetLead: (name: string) =>
    `How Parley's case has ${name}. It may be wrong: mark what is, and say what it should be.`,
  stated: "Stated by the party",
  inferred: "Inferred by others",
  coded: "As coded, with no basis given",
  statedNone: "Nothing in the case is stated by the party itself.",
  hiddenInferred: "Inferred positions are left out in the view for the room.",
  sheetHead: ["Issue", "Weight", "From most to least wanted", "Never", "Right?"],
  sheetValue: (option: string, words: string, text: string) => `${option}: ${words} (${text})`,
  sheetWeight: (words: string, share: string) => `${words} (${share})`,
  yesNo: "☐\u00a0yes ☐\u00a0no",
  sheetWithout: "Without agreement",
  sheetRole: "Its part",
  sheetRoles: {
    required: "No agreement without it: it bargains and must accept.",
    ratifies: "It must accept, and does not bargain.",
    none: "Its acceptance is not asked for.",
  },
  sheetReason: "Why",
  sheetSources: "Sources",
  sheetValued: "Issues that are not listed do not matter to it, as coded.",
  sheetAnswer: "What is wrong, and what it should be:",
  by_: (who: string) => `set by ${who}`,
} as const;
