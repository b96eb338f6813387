import type { Course, CourseEvent } from "../../assess/index.ts";

/** The words of the page Futures. */

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const futuresWords = {
  title: "What happens if …?",
  lead: (runs: string, months: number) =>
    `${runs} trajectories of fighting, learning and bargaining under each reading, ${months} months ahead. Each is one way in which it could go; their shares are the figures here. A model's arithmetic, fitted to no later event.`,
  made: (runs: string, seed: number, digest: string) => `${runs} trajectories · seed ${seed} · digest ${digest}`,
  madeHelp: "The same case, version, view and seed give the same digest on every machine.",
  same: (names: string) => `These readings leave the war as it is and have no line of their own: ${names}.`,
  why: "Why",
  whyOf: (what: string) => `Why: ${what}`,
  after: (months: number) => (months === 1 ? "after one month" : `after ${months} months`),
  from: (low: string, high: string) => `${low} to ${high}`,
  plusMinus: (se: string) => `±${se}`,
  was: (text: string) => `was ${text}`,
  none: "–",
  stress: (name: string) => `${name} (stress test)`,
  predictive: "Parameters drawn anew",

  // Where trajectories are
  places: "Where trajectories are, month by month",
  placesTitle: (when: string, first: string, p: string, second: string, q: string) =>
    `${capital(when)}: ${first} in ${p} of trajectories, ${second} in ${q}`,
  placesAlt: (when: string, shares: string) => `${capital(when)}: ${shares}.`,
  placesContext: (bands: string) => `From the bottom: ${bands}. The line is the month below.`,
  place: "State",
  month: "Month",
  monthOf: (months: number) => `Month, 1 to ${months}; arrow keys move it`,
  monthNow: (month: number, date: string | undefined) =>
    date === undefined ? `Month ${month}` : `Month ${month}, ${date}`,
  monthHead: (month: number) => `Month ${month}`,

  // Fans
  fans: "When what comes",
  fanNames: {
    stopBy: "An end of the fighting",
    talksBy: "Talks",
    settlementBy: "A settlement",
  },
  fanTitle: (name: string, month: number, p: string, low: string, high: string) =>
    low === high
      ? `${name} by month ${month}: ${p}`
      : `${name} by month ${month}: ${p}; ${low} to ${high} over the readings`,
  fanAlt: (name: string, told: string) => `${name}, as looked at: ${told}.`,
  byMonth: (p: string, month: number) => `${p} by month ${month}`,
  fanKey:
    "Heavy: as looked at; thin: other readings; dashed orange: stress tests, nobody's view; dotted: parameters drawn anew",
  fanBase: "dashes and dots: the base rate, by earlier wars that had lasted as long",
  fanGhost: "dashed grey: the view before",
  before: "The view before",

  // Would it hold, who wins, at what price
  holds: "Would it hold, who would win, at what price",
  relapse: "A first stop that breaks within …",
  relapseHead: (months: number) => `${months} months`,
  silent: "Guns silent, nothing settled, at the end",
  settled: "Settled by the end",
  reading: "Reading",
  victories: "Who would win by arms, and by when",
  victoryHead: (side: string, month: number) => `${side}, by month ${month}`,
  victoriesHelp: "A side wins by arms where the other has collapsed.",
  side: "Side",
  losses: "Losses by the end of what is looked at, in shares of each side's force at the start",
  lossesHead: ["Side", "As looked at", "Parameters drawn anew", "It spreads by"],
  lossLabel: (side: string) => `Losses of ${side}`,

  // What if
  whatIf: "What if",
  whatIfHelp:
    "Switch a row on, or move a parameter: everything is worked out anew with the same chance, and what was there stays as a ghost.",
  changed: (n: number) =>
    n === 1 ? "One value is set otherwise than in the case." : `${n} values are set otherwise than in the case.`,
  reset: "As in the case",
  resetAll: "Take all back",
  keep: "Keep this view to compare",
  kept: "kept to compare",
  keptFull: "Four views are compared at most; remove one on the page Compare.",
  answers: "The five answers now",
  lookedAt: "Looked at",
  options: "Options: what parties could do",
  optionsSay:
    "In the order of the case. Each shows every answer at once and is no advice: an option has its price, and others must consent.",
  sensitivities: "Sensitivities: what could happen",
  sensitivitiesSay:
    "Losses, leaders, arms, escalation: looked at because the answer hangs on them, never as something to be brought about. In the order of the case.",
  lever: "What changes",
  leversTitle: (output: string) => `${output}: what each would change`,
  leversKey:
    "● as looked at (grey: within two standard errors of nothing), heavy line: over the readings, thin line: over the stress tests",
  leversContext: (own: string, others: string) =>
    `${own} trajectories without and with, ${others} under each other reading, common random numbers`,
  leverHead: ["What changes", "Without", "With", "Change", "Standard error", "Over readings", "Stress tests"],
  cells:
    "The change with its standard error as looked at; in small type its range over the readings. Chances in points of percent, losses in shares of the force at the start.",
  switchOn: (name: string) => `${name}: in this view`,
  isOn: "in this view",
  isPartly: "partly in this view: another change has taken its place",
  by: (names: string) => `By ${names}.`,
  consent: (names: string) => `Needs the consent of ${names}.`,
  noConsent: "Needs nobody's consent, as coded.",
  sets: (changes: string) => `Sets ${changes}.`,
  arrow: (path: string, from: string, to: string) => `${path} ${from} → ${to}`,
  who: "who, what, why",
  noLevers: "The case has no levers. Add “levers” with what parties could do and what could happen.",

  // Parameters
  parameters: "Move a parameter",
  parametersHelp: (output: string) =>
    `First those that move “${output}” most, one at a time; any other is found by its name. A value outside what is allowed is refused.`,
  search: "Find a parameter",
  searchHelp: (n: number) => `${n} parameters; type part of a name or a path`,
  found: (n: number) => (n === 1 ? "One parameter found." : `${n} parameters found.`),
  notFound: "No parameter has this in its name or path.",
  inCase: (central: string, interval: string | undefined, assumed: boolean) =>
    `${assumed ? "Parley's default" : "in the case"} ${central}${interval === undefined ? ", taken as certain" : `, 90 % ${interval}`}`,
  value: (label: string) => `${label}: value`,
  slider: (label: string) => `${label}: slider`,
  resetOf: (label: string) => `${label}: back to the case's value`,
  loading: "Reading what can be moved …",
  broke: (message: string) => `This could not be worked out: ${message}`,

  // Drivers
  drivers: "What moves it, and what is chance",
  tornadoTitle: (output: string) => `${output}: what moves it, one parameter at a time`,
  tornadoTold: (label: string, low: string, high: string) => `${label} from ${low} to ${high}`,
  tornadoAlt: (output: string, base: string, told: string) => `${output}, ${base} at central values: ${told}.`,
  tornadoKey: "Orange: at the parameter's 5 % point; blue: at its 95 % point; the line: central values",
  tornadoContext: (runs: string, shown: number, all: number) =>
    `${runs} trajectories at each end, common random numbers; the ${shown} widest of ${all} uncertain parameters`,
  tornadoHead: ["Parameter", "At 5 %", "At 95 %", "Result low", "Result high", "Swing"],
  noTornado:
    "No parameter moves this by itself: it is rare under every value, or a ratio, or nothing in the case is uncertain.",
  driverSays: (share: string, spread: string) =>
    `${share} of the variance of a single outcome is parameters that nobody knows, which spreads the chance by ${spread} either way. The rest is chance inside the model, which no knowledge takes away.`,
  driverHead: ["Parameter", "Share of what parameters make", "What knowing it would bring a forecast"],
  driversTable: "What is told most by which parameter",
  points: (n: string) => `${n} points`,

  // Single trajectories
  courses: "Single trajectories",
  coursesHelp: (n: number) =>
    `Three of the ensemble, month by month, at central values. None is a forecast: they show what a share above is made of. There are ${n} of them, and more can be run.`,
  coursesBeyond: "Beyond the ensemble above: run for this page.",
  another: "Another three",
  first: "From trajectory",
  courseTitle: (trajectory: number, told: string) => `Trajectory ${trajectory}: ${told}`,
  courseKey: (side: string) =>
    `Line: share of the stake that ${side} holds; dashed and dotted: losses in percent of each side's force at the start; strip: war, talks (hatched), ceasefire (light blue), freeze (ruled), settlement (green); ticks: events`,
  courseHead: ["Month", "Phase", "Share held", "Losses", "What happens"],
  courseLosses: (a: string, b: string) => `${a} · ${b}`,
  inMonth: (what: string, month: number) => `${what} in month ${month}`,
  drawing: "Running trajectories …",
  phases: {
    war: "war",
    talks: "fighting, in talks",
    ceasefire: "ceasefire",
    settlement: "settlement",
    freeze: "freeze",
  },
} as const;

/** What happens in a trajectory, in words. */
export function eventWords(event: CourseEvent, percent: (p: number) => string, side: string): string {
  switch (event.kind) {
    case "aid-cut":
      return `aid of ${event.who} is cut`;
    case "aid-restored":
      return `aid of ${event.who} is restored`;
    case "new-leader":
      return `${event.who} has a new leader`;
    case "escalation":
      return event.steps === 1 ? "a step of escalation" : `${event.steps} steps of escalation`;
    case "ceasefire":
      return `a ceasefire with ${percent(event.share)} of the stake to ${side}`;
    case "settlement":
      return `a settlement with ${percent(event.share)} of the stake to ${side}`;
    case "talks":
      return "talks begin";
    case "freeze":
      return "the front freezes";
    case "talks-fail":
      return "talks fail";
    case "relapse":
      return "the truce breaks";
  }
}

/** How a trajectory ends, in words. */
export function outcomeWords({ outcome, sides }: Pick<Course, "outcome" | "sides">): string {
  const ends: Readonly<Record<Course["outcome"], string>> = {
    victoryA: `${sides[0]} prevails by arms`,
    victoryB: `${sides[1]} prevails by arms`,
    settlementDurable: "a settlement that lasts",
    ceasefireDurable: "a ceasefire that lasts",
    freezeDurable: "a freeze that lasts",
    escalatedOut: "escalation out of control",
    war: "still at war at the end",
    talks: "still fighting, in talks, at the end",
    ceasefire: "in a young ceasefire at the end",
    settlement: "in a young settlement at the end",
    freeze: "in a young freeze at the end",
  };
  return ends[outcome];
}
