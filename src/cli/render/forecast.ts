import type { EntryDraft } from "../../assess/index.ts";
import { count, percent } from "../../assess/index.ts";
import { pad, type Terminal, wrap } from "../terminal.ts";

type Draft = Extract<EntryDraft, { kind: "forecast" }>;

interface Written {
  readonly title: string;
  readonly place: string;
  readonly on: string;
  readonly hash: string;
  readonly made: readonly Draft[];
  readonly wrote: number;
  readonly isDry: boolean;
}

/** What was written down, question by question. */
export function renderForecasts({ title, place, on, hash, made, wrote, isDry }: Written, terminal: Terminal): string {
  const { style, width } = terminal;
  const head = `${style.bold(title)}\n${style.dim(`forecasts of ${on} · case ${hash.slice(0, 12)}`)}`;
  const names = Math.min(34, Math.max(...made.map(({ by }) => by.length)));
  const asked = [...new Map(made.map(({ question }) => [question.id, question])).values()];
  const blocks = asked.map((question) => {
    const closes = question.closes === null ? "" : `, until ${question.closes}`;
    const lines = made
      .filter((draft) => draft.question.id === question.id)
      .map(({ by, says }) => {
        const parts = question.hypotheses.map((name) => `${name} ${percent(says[name] ?? 0)}`).join("  ");
        return `  ${pad(by, names)}  ${parts}`;
      });
    return [style.bold(wrap(question.text, width)), style.dim(`  ${question.id}${closes}`), ...lines].join("\n");
  });
  const same = made.length - wrote;
  const there = same === 0 ? "" : `; ${same} stood there already`;
  const tail = isDry
    ? `Nothing written: ${count(wrote, "line")} would go to ${place}${there}.`
    : `${count(wrote, "line")} written to ${place}${there}.`;
  return [head, ...blocks, wrap(tail, width)].join("\n\n");
}
