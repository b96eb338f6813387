import { keptFor } from "../../core/kept/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import { problem } from "../../core/problems/index.ts";
import type { Amount } from "../notation/amount.ts";
import { isAmount } from "../notation/amount.ts";
import type { Dossier, Places } from "../parse/dossier.ts";
import type { Observation } from "../parse/series.ts";
import type { Path, RawMap } from "../parse/yaml.ts";
import type { CaseContent } from "../schema/case.ts";
import { checkArgument } from "./argument.ts";
import { checkGraph } from "./graph.ts";
import { checkReferences } from "./references.ts";
import { Findings } from "./sense.ts";
import { nameOf, readShape } from "./shape.ts";
import { checkTerms } from "./terms.ts";
import { checkTime } from "./time.ts";

/** A case whose shape, references and sense were checked; `content` lacks the entries that are wrong. */
export interface Checked {
  readonly content: CaseContent;
  readonly series: ReadonlyMap<string, readonly Observation[]>;
  readonly problems: readonly Problem[];
  /** Whether nothing is wrong: also where what is wrong was said when the files were read. */
  readonly sound: boolean;
}

/** Checks a raw case in one pass: its shape, its references, its sense. Readings are checked on their own. */
export function checkCase(raw: RawMap, dossier: Pick<Dossier, "series" | "split">, places: Places): Checked {
  const { content, problems: shape } = readShape(raw, places);
  const series = withPoints(content, dossier.series, places);
  const findings = new Findings(content, series, places);
  checkTime(findings);
  checkArgument(findings);
  checkTerms(findings);
  checkGraph(findings);
  const cuts = checkCuts(content, places);
  const problems = [...shape, ...checkReferences(raw, places), ...findings.problems, ...cuts];
  // A call that YAML split at its commas has been reported; what is left of it on that line is no second slip.
  const split = (each: Problem) => dossier.split.some(({ file, line }) => each.file === file && each.line === line);
  const sound = dossier.split.length === 0 && problems.every(({ severity }) => severity !== "error");
  return { content, series, sound, problems: problems.filter((each) => !split(each)) };
}

/** The series of a case: those of data files, and the points written in the case itself. */
function withPoints(
  content: CaseContent,
  files: ReadonlyMap<string, readonly Observation[]>,
  places: Places,
): Map<string, readonly Observation[]> {
  const series = new Map(files);
  for (const [id, { points }] of Object.entries(content.indicators ?? {})) {
    if (points === undefined) continue;
    const observations = points.map((point, index): Observation => {
      const place = places.place(["indicators", id, "points", index]);
      const none = { low: undefined, high: undefined, published: undefined, sources: [], note: undefined, place };
      if (Array.isArray(point)) return { ...none, date: point[0], value: point[1] };
      const sources = (point.source ?? []).map((ref) =>
        ref.locator === undefined ? ref.source : `${ref.source}#${ref.locator}`,
      );
      const { date, value, low, high, published, note } = point;
      return { date, value, low, high, published, sources, note, place };
    });
    series.set(id, observations);
  }
  return series;
}

/** Says where a distribution was cut to its field's range. */
function checkCuts(content: CaseContent, places: Places): Problem[] {
  return Object.entries(content).flatMap(([section, value]) =>
    typeof value === "object" && value !== null
      ? cutsIn(value, section).map(({ amount, path }) => wordCut(amount, path, places))
      : [],
  );
}

/** The amounts of a section that were cut. */
const cutsIn = keptFor((part: object, section) => {
  const found: { readonly amount: Amount; readonly path: Path }[] = [];
  const look = (value: unknown, path: Path): void => {
    if (typeof value !== "object" || value === null) return;
    if (isAmount(value)) {
      if (value.cut > 0) found.push({ amount: value, path });
      return;
    }
    for (const [key, item] of Object.entries(value)) look(item, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  look(part, [section]);
  return found;
});

function wordCut(amount: Amount, path: Path, places: Places): Problem {
  const [low, high] = amount.distribution.support;
  const percent = amount.cut * 100;
  const outside =
    percent < 0.01 ? "less than 0.01 %" : `${percent < 10 ? percent.toPrecision(2) : Math.round(percent)} %`;
  const range = Number.isFinite(high) ? `${low}..${high}` : `at least ${low}`;
  return problem("distribution-cut", { thing: nameOf(path), value: amount.text, range, outside }, places.place(path));
}
