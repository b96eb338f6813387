import type { AnswerId } from "../assess/index.ts";
import type { PageId } from "./state/address.ts";

/** Every word of the workbench that is not of a case or of its assessment. */

const plural = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;

export const PAGE_WORDS: Readonly<Record<PageId, { readonly name: string; readonly asks: string }>> = {
  brief: { name: "Brief", asks: "What should I believe now?" },
  evidence: { name: "Evidence", asks: "What do we know, who says so?" },
  parties: { name: "Parties", asks: "Who wants what?" },
  stability: { name: "Stability", asks: "Which situations hold?" },
  terms: { name: "Terms", asks: "What deal is possible?" },
  futures: { name: "Futures", asks: "What happens if …?" },
  history: { name: "Base rates", asks: "How did similar wars end?" },
  compare: { name: "Compare", asks: "What differs, and why?" },
  record: { name: "Record", asks: "Were we right?" },
  report: { name: "Report", asks: "Can I show this?" },
};

/** What a page would be filled by where the case or this version lacks it. */
export const ABSENT_WORDS: Readonly<Record<PageId, readonly string[]>> = {
  brief: [],
  evidence: [
    "The case has no section “questions” with claims that bear on them.",
    "Add a question, then claims with their sources.",
  ],
  parties: ["The case names no parties.", "Add “parties”, then “issues” and a position of each party on them."],
  stability: [
    "The case has no graph model.",
    "Add “graph” with decision makers, their options and what they prefer, or bring in a .gmcr file.",
  ],
  terms: [
    "The case has no issues that parties take positions on.",
    "Add “issues” with their options and “positions” of at least two parties.",
  ],
  futures: [
    "The case has no war of two sides that could be simulated.",
    "Add “war” with its sides; every other parameter has a default that is shown.",
  ],
  history: [
    "No question of the case names a reference class, and the case does not say when the war began (history.start).",
    "Until then its questions keep their stated prior ranges, shown with the evidence.",
  ],
  compare: ["There is nothing to compare: the case could not be assessed.", ""],
  record: [
    "No forecast of this case has been frozen yet, so there is nothing that could be scored.",
    "A record begins when today's answers are put down with their date and the case's hash, before it is known how things turn out.",
  ],
  report: [],
};

export const ANSWER_WORDS: Readonly<Record<AnswerId, string>> = {
  why: "Why",
  when: "When",
  what: "What",
  holds: "Would it hold",
  changes: "What would change it",
};

/** The five answers, in the order in which an analyst asks. */
export const ANSWER_IDS = ["why", "when", "what", "holds", "changes"] as const satisfies readonly AnswerId[];

/** What is being worked out, by the name under which its results are kept. */
const STEPS: Readonly<Record<string, string>> = {
  levers: "simulating each lever",
  tornado: "moving one parameter at a time",
  drivers: "looking for what drives the simulation",
  terms: "searching the packages",
  "terms under": "searching the packages under each reading",
  stability: "shaking preferences of the graph model",
};

export const words = {
  parley: "Parley",
  skip: "Skip to the page",
  pages: "Pages of this case",
  cases: "Cases",
  allCases: "All cases",
  asOf: (day: string) => `as of ${day}`,
  reading: "Reading",
  asCoded: "As coded",
  readingKinds: { held: "Held by somebody", counter: "Counter-readings", stress: "Stress tests" } as Readonly<
    Record<string, string>
  >,
  otherReadings: "Readings",
  view: "View",
  viewOf: "How the case is looked at",
  asOfField: "Known on",
  asOfHelp: "Leaves out what was published later. Empty: the case's own day.",
  seed: "Seed",
  seedHelp: "The same case, version and seed give the same figures.",
  hash: "Case",
  draws: (n: string) => `${n} draws`,
  theme: "Colours",
  themes: { system: "as the system", light: "light", dark: "dark" },
  close: "Close",
  shownOf: (shown: number, all: number) => `${shown} of ${all} are shown.`,
  showAll: (all: number) => `Show all ${all}`,
  // Notices
  unknownParameter: (name: string, value: string) =>
    `This version does not know “${name}=${value}” in the address. It is kept.`,
  invalidParameter: (name: string, value: string) => `“${value}” in the address is no valid ${name}; it is left aside.`,
  viewHasProblems: "This view of the case has problems; what is shown is the view before.",
  seeAsCoded: "Look at the case as coded",
  broke: (message: string) => `The engine stopped: ${message}`,
  // Work
  readingCase: "Reading the case …",
  weighing: "Weighing the evidence …",
  working: (step: string) =>
    `The evidence is there. Working out the rest: ${STEPS[step] ?? "simulation, terms, graph model"} …`,
  done: "All answers are there.",
  stale: "of the view before; the new one is being worked out",
  awaited: "being worked out",
  ofViewAlone: "of this view alone; the rest is being worked out",
  dealNow: (exists: boolean) =>
    exists ? "in this view, at central values: yes" : "in this view, at central values: no",
  acceptedNow: (yes: boolean | null) =>
    yes === null
      ? "in this view, at central values: it depends"
      : yes
        ? "in this view, at central values: nobody refuses"
        : "in this view, at central values: somebody refuses",
  holdsNow: (yes: boolean) => (yes ? "in this view as stated: stable" : "in this view as stated: not stable"),
  // Trouble
  missing: (id: string) => `There is no case “${id}” here`,
  missingHelp: "It is neither among the cases that came with the workbench nor kept in this browser.",
  problemsOf: (file: string) => `${file} has problems`,
  problemsHelp: "Mend these in the file and drop it again.",
  problemCount: (errors: number, others: number) =>
    [plural(errors, "error"), ...(others === 0 ? [] : [plural(others, "note")])].join(", "),
  // Gallery
  galleryTitle: "Will they talk, about what, and would it hold?",
  galleryLead:
    "Each case below is an argument about a conflict, taken apart: who says what, what the data say of it, and what follows under rival readings. Open one, change an assumption, and see every answer move.",
  bundled: "Cases",
  own: "Your own",
  overReadings: (n: number) => (n === 1 ? "one reading" : `range over ${n} readings`),
  stableOf: (stable: number, all: number) => `${stable} of ${plural(all, "situation")} would hold`,
  noLeading: "Open it for its answers.",
  open: (title: string) => `Open ${title}`,
  drop: "Drop a case here",
  dropHelp:
    "A folder with a case.yaml, a single YAML file, or a shared .parley.zip, also an encrypted one. It is read in this browser, kept in it, and sent nowhere.",
  pickFile: "Choose a file",
  pickFolder: "Choose a folder",
  forget: (title: string) => `Remove ${title} from this browser`,
  remove: "Remove",
  reading1: "Reading what was dropped …",
  // Brief
  inBrief: "In brief",
  thesis: "The argument, as its author puts it",
  notYet: "not yet",
  confidence: (level: string) => `confidence ${level}`,
  because: "Because",
  whyAnswer: (label: string) => `Because: the reasons of the answer to “${label}”`,
  table: (of: string) => `Table: ${of}`,
  figureWhy: (label: string, text: string) => `${label}: ${text}. Show its reasons.`,
  was: (text: string) => `was ${text}`,
  from: (low: string, high: string) =>
    low === high ? "the same in all readings" : `${low} to ${high} over the readings`,
  over: (range: string, n: number) => `${range} over ${n} readings`,
  simulated: (label: string) => `${label}, simulated`,
  dealExists: "A deal exists, values drawn",
  quoted: (name: string) => `“${name}”`,
  inReadings: (k: number, n: number) => `in ${k} of ${n} readings`,
  acceptedIn: (k: number, n: number) => `acceptable in ${k} of ${n} readings`,
  stableIn: (k: number, n: number) => `stable in ${k} of ${n} readings`,
  holdsMark: (holds: boolean) => (holds ? "stable" : "not stable"),
  relapse: "A stop of fighting relapses within 12 months",
  insteadOf: (text: string) => `instead of ${text}`,
  key: "● as looked at   ○ before   ▬ range over readings   ╎ 50 %",
  moved: "What moved",
  movedFrom: (n: number) => `${plural(n, "figure")} moved`,
  nothingMoved: "No leading figure reads otherwise than before.",
  becomes: (was: string, now: string) => `${was} → ${now}`,
  clearGhost: "Forget the former view",
  claims: "Doubt a claim",
  claimsHelp:
    "Untick a claim to leave it out: everything that rests on it is worked out anew, and what was there stays as a ghost.",
  leftOut: (n: number) => `${n} left out`,
  allClaims: "Take all back in",
  partFailed: (message: string) =>
    `This part of the page cannot be shown: ${message}. What you changed is kept; load the page anew once the server answers.`,
  loadAnew: "Load anew",
  findClaim: "Find a claim",
  waited: "what could not be saved before",
  likelihoods: "How likely, under each reading",
  links: "Source, data and engines side by side",
  claimByClaim: "Claim by claim",
  linkHead: { claim: "Claim", source: "The source", data: "The data", over: "Over readings", finding: "Finding" },
  noSign: "no sign",
  findings: {
    agree: "agree",
    disagree: "disagree",
    "by-reading": "depends on the reading",
    "no-effect": "no effect beyond chance",
    silent: "silent",
    "no-sign": "no sign claimed",
  },
  numbers: "Numbers of this figure",
  notPrediction: "conditional model output, not a prediction",
  fan: (event: string) => `${event}: the chance that it has come, month by month, simulated`,
  fanKey: "Heavy: as looked at; thin: other readings; dashed: stress tests; dotted: parameters drawn anew.",
  viewNow: "The view looked at",
  viewBefore: "The view before",
  fanBase: "Dashes and dots: the base rate, by earlier wars that had lasted as long.",
  baseRate: "Base rate",
  fanGhost: "Long dashes: as the view before had it.",
  fanGrown: (n: string) => `The heavy line is of ${n} trajectories.`,
  fanEvent: "An end of the fighting",
  byMonth: (p: string, month: number) => `${p} by month ${month}`,
  month: (month: number) => `Month ${month}`,
  runs: (n: number) => `${n} trajectories`,
  // Because
  reasons: "Reasons",
  reasonsOf: "The reason",
  restsOn: "It rests on",
  restsOnNothing: "Nothing further: this is where it comes from.",
  inTheCase: "In the case",
  kinds: {
    figure: "figure",
    engine: "engine",
    parameter: "parameter",
    claim: "claim",
    source: "source",
    series: "data",
    definition: "definition",
  } as Readonly<Record<string, string>>,
  back: "Back",
  unknownReason: "This assessment has no such reason; it may belong to another view.",
  // Stability
  graphTitle: "Who would move away from what?",
  graphLead: (dms: string, states: number) =>
    `A graph model of ${dms}; ${states} combinations of their options are feasible. Stable means that nobody gains by a move of its own once the others have answered. It is no forecast that the parties get there.`,
  situation: "Situation",
  leavers: "Would leave it (SEQ)",
  robust: "Stable if preferences are uncertain",
  overReadingsShort: "Over readings",
  statusQuo: "status quo",
  yes: "yes",
  no: "no",
  pictureTitle: "Where decision makers would move",
  pictureHelp: "Drag or scroll to move about; choose a box to read about it.",
  graphKey: (marks: string) =>
    `Letters: an equilibrium by ${marks}. Heavy frame: nobody can improve. Dashed frame: the status quo.`,
  bestOnly: "An arrow is a decision maker's best improvement.",
  improvement: "An arrow is an improvement of a decision maker.",
  statesShown: (shown: number, all: number) =>
    shown === all ? "All states are shown." : `${shown} of ${all} states are shown.`,
  drawing: "Drawing …",
  zoomIn: "Larger",
  zoomOut: "Smaller",
  party: "Party",
  stableBy: "Stable for it by",
  none: "none",
  whyAhead: "Why, where the others answer only by what pays them",
  locked: (what: string) => `What cannot be taken back: ${what}. Where it holds, it may be for want of a way back.`,
  thenJoin: ", then ",
  isStatusQuo: "It is the status quo.",
  unreachable: (from: string) => `No sequence of moves leads to it from ${from}.`,
  byImprovements: (n: number, path: string) =>
    `From the status quo ${n === 1 ? "one improvement leads" : `${n} improvements lead`} to it: ${path}.`,
  byMoves: (n: number, path: string) =>
    `From the status quo it takes ${plural(n, "move")}, not all of which pay those who make them: ${path}.`,
  inverseTitle: "What would make it hold, or fall",
  reachTitle: "How it would come about",
  robustTitle: "If we misread what they want",
  robustSays: (p: string, range: string, hangs: string) => `It is an equilibrium (SEQ) in ${p}${range}.${hangs}`,
  robustRange: (low: string, high: string) => (low === high ? "" : `, 95 % interval ${low} to ${high}`),
  hangsOn: (who: string, by: string) =>
    ` It hangs most on what ${who} wants: misjudged alone, it changes this in ${by}.`,
  readingsTitle: "Over the readings",
  holdsIn: "It holds in",
  fallsIn: "It does not in",
  allReadings: "all",
  wants: "What each wants, the most important first",
  assumed: "Taken for granted:",
  statesTable: "States of the picture",
  arrowsTable: "Arrows of the picture",
  stateHead: ["State", "Options, Y and N", "Situation", "Equilibrium by"],
  arrowHead: ["From", "To", "By"],
  state: (id: number) => `state ${id}`,
  chosenState: (id: number, code: string) => `State ${id} (${code}) is no named situation.`,
  // Evidence
  evidenceTitle: "What do we know, and who says so?",
  question: "Question",
  waterfall: "From prior to posterior, claim by claim",
  waterfallAlt: (steps: string) => `In decibans: ${steps}.`,
  ach: "Claims against hypotheses: the darker, the more a claim speaks against one",
  achAlt: (ranking: string) => `Hypotheses by how little speaks against them: ${ranking}.`,
  weightHead: ["Claim", "Weight", "Credence", "Without it", "Grounds"],
  claimList: "The claims",
  achHead: "Claim",
  stepHead: ["Step", "From", "To"],
  settledBy: "Settled by",
  movesFrom: (name: string, from: string, to: string) => `The evidence moves “${name}” from ${from} to ${to}`,
  atCentral: "bars at central values",
  achKey: "II strongly against, I against, N neither, C for, CC strongly for; ✎ rated by hand.",
  // Terms
  termsTitle: "Which terms could every party accept?",
  zone: "A zone of agreement, by reading",
  zoneHead: ["Reading", "A deal exists", "Packages nobody refuses, or why there is none"],
  proposal: "Proposal",
  proposals: "Proposals, and who would refuse them",
  proposalsHelp:
    "As best filled in where a proposal leaves something open. Refuses: worth less than what the party gets without agreement, as coded, or across a red line. The chance is that nobody who must accept refuses, with values drawn.",
  nobodyRefuses: "Nobody refuses",
  cannot: "cannot",
  verdicts: { yes: "accepts", no: "refuses", depends: "may accept" },
  acceptMarks: { yes: "●", no: "○", depends: "◐" },
  leavesOpen: (what: string) => `It leaves open ${what}.`,
  verdictHead: ["Party", "Would", "Worth", "Over no agreement", "Red lines and what is missing"],
  redLine: (issue: string, option: string) => `red line: ${issue}, ${option}`,
  nearest: "Nearest packages that nobody refuses, by what is changed",
  plane: (parties: string) => `What packages are worth to ${parties}`,
  planeAlt: (points: string) => `Worth to each party: ${points}.`,
  planeKey:
    "Green: packages that waste nothing and nobody who must accept refuses; grey: the frontier where anyone may; ◆ focal packages, □ proposals by number; dashed: without agreement.",
  package: "Package",
  without: "What each gets without agreement",
  withoutHead: ["Party", "Role", "Value", "Where it comes from"],
  roles: { required: "must accept", ratifies: "ratifies", none: "not asked" },
} as const;
