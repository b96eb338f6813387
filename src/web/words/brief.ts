/** Words of the brief's watch list, of what moved since the last visit, and of the map. */

const plural = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;

export const briefWords = {
  // Watch list
  watch: "What to watch",
  watchLead: (points: number) =>
    `Events ahead, data, claims and assumptions that would move an answer by more than ${points} points; how far, if it came to the end named. No forecast that it will.`,
  watchKinds: {
    event: "Events ahead",
    data: "Data",
    claim: "Claims that stand or fall",
    source: "Sources",
    parameter: "Assumptions of the simulation",
    happening: "What could happen",
  },
  moves: (answer: string, engine: string, from: string, to: string, given: string) =>
    `${answer}, ${engine}: ${from} → ${to} ${given}`,
  engines: { evidence: "on the evidence", simulation: "simulated" },
  ahead: (names: string) => `Ahead too, moving no answer so far, as coded: ${names}.`,
  more: (n: number) => `${n} more`,
  inTheCase: "in the case",
  nothing: "Nothing coded here would move an answer so far by itself.",
  // Since last time
  since: "Since last time",
  sinceLead: (day: string) => `The case has changed since this browser last remembered it, on ${day}.`,
  sinceSame: (day: string) => `Remembered in this browser on ${day}; the case has not changed since.`,
  sinceNothing: "None of the leading figures reads otherwise.",
  sinceMoved: "What moved",
  sinceChanged: (n: number) => `Which of the case's entries differ (${n})`,
  sinceKinds: { added: "new", removed: "gone", changed: "changed" },
  sinceNew: "new",
  sinceGone: "gone",
  becomes: (from: string, to: string) => `${from} → ${to}`,
  remember: "Remember today's figures",
  forget: "Forget",
  forgotten: "Figures of this case are not remembered in this browser.",
  entries: (n: number) => plural(n, "entry", "entries"),
} as const;
