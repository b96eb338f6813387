import type { Assessment, SensitivityExhibit } from "../../assess/index.ts";
import { number, percent, points } from "../../assess/index.ts";
import { pad, type Terminal } from "../terminal.ts";

type Exhibit = NonNullable<SensitivityExhibit>;

/** Bars of a tornado that a terminal shows. */
const BARS = 6;
/** Answers that stand side by side for each lever. */
const COLUMNS = ["settlement", "relapse", "durable", "victory-a", "victory-b"] as const;

/** Levers with several answers each, and the widest bars of the tornado, for the assessment's leading outcome. */
export function renderSensitivity({ sensitivity }: Assessment, terminal: Terminal): string[] {
  if (sensitivity === null) return [];
  return [...leverLines(sensitivity, terminal), ...tornadoLines(sensitivity, terminal)];
}

function leverLines(exhibit: Exhibit, { style, width }: Terminal): string[] {
  const asked = exhibit.outputs.filter(({ question }) => question !== null).map(({ id }) => id);
  const wanted = [...asked.slice(0, 2), ...COLUMNS];
  const outputs = wanted.flatMap((id) => exhibit.outputs.find((output) => output.id === id) ?? []);
  const names = Math.max(18, Math.min(40, width - 2 - 7 * outputs.length));
  const lines: string[] = [];
  for (const kind of ["option", "sensitivity"] as const) {
    const levers = exhibit.levers.filter((lever) => lever.kind === kind);
    if (levers.length === 0) continue;
    const title = kind === "option" ? "options: change in points" : "sensitivities: change in points";
    lines.push(
      "",
      style.dim(`  ${pad(title, names)}${outputs.map(({ id }) => pad(headOf(exhibit, id), 7, "right")).join("")}`),
    );
    for (const lever of levers) {
      const cells = outputs.map(({ id }) => {
        const effect = lever.effects.find(({ output }) => output === id);
        const text = pad(effect === undefined ? "-" : points(effect.difference).replace(/\s*points$/, ""), 7, "right");
        return effect !== undefined && Math.abs(effect.difference) > 2 * effect.se ? text : style.dim(text);
      });
      lines.push(`  ${pad(lever.name, names)}${cells.join("")}`.trimEnd());
    }
  }
  return lines;
}

/** A head of six letters at most. */
function headOf({ outputs }: Exhibit, id: string): string {
  const heads: Readonly<Record<string, string>> = {
    settlement: "settle",
    relapse: "broken",
    durable: "lasts",
  };
  const { short = "" } = outputs.find((output) => output.id === id) ?? {};
  return (heads[id] ?? short.split(" ")[0] ?? "").slice(0, 6);
}

function tornadoLines({ outputs, tornado }: Exhibit, { style, width }: Terminal): string[] {
  const [lead] = outputs;
  const found = tornado.find(({ output }) => output === lead?.id);
  if (lead === undefined || found === undefined) return [];
  const rows = found.bars.slice(0, BARS).map(({ label, low, high }) => {
    const ends = `${percent(low.result)} at ${number(low.value)}, ${percent(high.result)} at ${number(high.value)}`;
    return `  ${pad(label, Math.max(20, width - 34))} ${ends}`;
  });
  return ["", style.dim(`  ${lead.label}, one parameter at a time`), ...rows];
}
