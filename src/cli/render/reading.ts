import { dateInWords } from "../../core/dates/index.ts";
import type { Candidate, Reading } from "../../reader/index.ts";
import type { Terminal } from "../terminal.ts";
import { wrap } from "../terminal.ts";

/** What reading a text came to, for a person at a terminal: each candidate with its sentence and why it is one. */
export function renderReading(reading: Reading, title: string, terminal: Terminal, hint: string): string {
  const { style, width } = terminal;
  const { by, published, paragraphs, sentences, candidates } = reading;
  const head = [
    by === undefined ? undefined : `by ${by}`,
    published === undefined ? undefined : dateInWords(published),
  ];
  const counts = `${paragraphs} paragraphs, ${sentences} sentences, ${candidates.length} candidates`;
  const lines = [
    style.bold(wrap(title, width)),
    style.dim([...head.filter((part) => part !== undefined), counts].join(" · ")),
    "",
    ...candidates.flatMap((candidate) => [...renderCandidate(candidate, terminal), ""]),
    style.dim(wrap(hint, width)),
  ];
  return lines.join("\n");
}

function renderCandidate(candidate: Candidate, { style, width }: Terminal): string[] {
  const { paragraph, sentence, kind, otherKinds, direction, sentenceText, cues, actors, dates, quantities, speaker } =
    candidate;
  const paint = { driver: style.good, obstacle: style.bad, neither: style.dim };
  const others = otherKinds.length > 0 ? style.dim(` (or ${otherKinds.join(", ")})`) : "";
  const label = `${style.bold(`${paragraph}.${sentence}`)}  ${style.accent(kind)}${others}  ${paint[direction](direction)}`;
  const found: [string, readonly string[]][] = [
    ["who", actors],
    ["says", speaker === undefined ? [] : [speaker]],
    [
      "when",
      dates.map(({ relation, date, text }) => [relation, date ?? text].filter((part) => part !== undefined).join(" ")),
    ],
    [
      "how much",
      quantities.map(({ comparator, notation }) => (comparator === undefined ? notation : `${comparator} ${notation}`)),
    ],
    ["cues", [...cues.kind, ...cues.driver.map((cue) => `+ ${cue}`), ...cues.obstacle.map((cue) => `- ${cue}`)]],
  ];
  return [
    label,
    wrap(sentenceText.length > 1000 ? `${sentenceText.slice(0, 1000)}…` : sentenceText, width, "     "),
    ...found.flatMap(([name, values]) =>
      values.length === 0 ? [] : [style.dim(wrap(`${name}: ${values.join("; ")}`, width, "     "))],
    ),
  ];
}
