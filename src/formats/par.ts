import { triangular } from "../core/distributions/index.ts";
import { exp, log } from "../core/math/index.ts";
import type { Place, Problem } from "../core/problems/index.ts";
import { nearest, problem } from "../core/problems/index.ts";
import { jointFaults, Layout, limitFault, type UncertainParameter } from "../dynamics/index.ts";

/** A parameter file of the reference engine, read. */
export interface ParameterFile {
  readonly layout: Layout;
  readonly vector: Float64Array;
  readonly uncertain: readonly UncertainParameter[];
}

const KINDS = ["fix", "uni", "tri", "ltri"];
const FORM = "a line `name central [low high fix|uni|tri|ltri]`";

/**
 * Reads a parameter file: lines `name central [low high dist]`, where dist is fix, uni(form), tri(angular) or ltri(angular
 * in the logarithm) with the central value as mode; # begins a comment. What is left out has the engine's default. Values that
 * the engine cannot take, alone or together, are problems at the line that sets them.
 *
 * @param changes `name=value` pairs that fix a parameter
 */
export function readParameterFile(
  text: string,
  file: string,
  changes: readonly string[] = [],
): { readonly parameters?: ParameterFile; readonly problems: Problem[] } {
  const layout = new Layout();
  const vector = layout.vector();
  const uncertain = new Map<number, UncertainParameter>();
  const places = new Map<string, Place>();
  const problems: Problem[] = [];
  const isAllowed = (name: string, values: readonly number[], place: Place): boolean => {
    const wrong = values.find((value) => limitFault(layout, name, value) !== undefined);
    if (wrong === undefined) return true;
    const expected = limitFault(layout, name, wrong) ?? "";
    problems.push(problem("invalid-value", { thing: name, value: String(wrong), expected }, place));
    return false;
  };
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const words = (line.split("#")[0] ?? "")
      .trim()
      .split(/\s+/)
      .filter((word) => word !== "");
    if (words.length === 0) continue;
    const place = { file, line: index + 1, column: line.search(/\S/) + 1 };
    const [name = "", ...rest] = words;
    if (!layout.has(name)) {
      const near = nearest(name, layout.names);
      problems.push(problem("unknown-reference", { kind: "parameter", value: name, near, known: FORM }, place));
      continue;
    }
    const [central = Number.NaN, low = 0, high = 0] = rest.slice(0, 3).map(Number);
    const kind = rest[3] ?? "fix";
    const fits = rest.length === 1 || rest.length === 4;
    if (!fits || ![central, low, high].every(Number.isFinite) || !KINDS.includes(kind)) {
      problems.push(problem("invalid-value", { thing: name, value: rest.join(" "), expected: FORM }, place));
      continue;
    }
    const at = layout.index(name);
    uncertain.delete(at);
    const isDrawn = kind !== "fix" && high > low;
    if (!isAllowed(name, isDrawn ? [central, low, high] : [central], place)) continue;
    vector[at] = central;
    places.set(name, place);
    if (!isDrawn) continue;
    if (name === "dt" || name === "horizon") {
      problems.push(
        problem("invalid-value", { thing: name, value: rest.join(" "), expected: "a plain number" }, place),
      );
      continue;
    }
    const within = kind === "uni" || (low <= central && central <= high && (kind === "tri" || low > 0));
    if (!within) {
      const expected = "low <= central <= high, above 0 for ltri";
      problems.push(problem("invalid-value", { thing: name, value: rest.join(" "), expected }, place));
      continue;
    }
    uncertain.set(at, { index: at, quantile: quantileOf(kind, central, low, high) });
  }
  for (const change of changes) {
    const [name = "", value = ""] = change.split("=", 2);
    const place = { file: `--set ${change}`, line: 1, column: 1 };
    if (!layout.has(name)) {
      const near = nearest(name, layout.names);
      problems.push(problem("unknown-reference", { kind: "parameter", value: name, near }, place));
    } else if (value.trim() === "" || !Number.isFinite(Number(value))) {
      problems.push(problem("invalid-option", { option: "--set", value: change, expected: "name=number" }));
    } else if (isAllowed(name, [Number(value)], place)) {
      vector[layout.index(name)] = Number(value);
      uncertain.delete(layout.index(name));
      places.set(name, place);
    }
  }
  if (problems.length > 0) return { problems };
  problems.push(...jointProblems(layout, vector, file, places));
  if (problems.length > 0) return { problems };
  return {
    parameters: { layout, vector, uncertain: [...uncertain.values()].toSorted((a, b) => a.index - b.index) },
    problems,
  };
}

/** What does not stand together, at what was changed last of it, or at its line in the file. */
function jointProblems(
  layout: Layout,
  vector: Float64Array,
  file: string,
  places: ReadonlyMap<string, Place>,
): Problem[] {
  return jointFaults(layout, vector).map(({ thing, value, expected, names }) => {
    const set = names.flatMap((name) => places.get(name) ?? []);
    const place = set.find((each) => each.file !== file) ?? set[0] ?? { file, line: 1, column: 1 };
    return problem("invalid-value", { thing, value: String(value), expected }, place);
  });
}

function quantileOf(kind: string, central: number, low: number, high: number): (u: number) => number {
  if (kind === "uni") return (u) => low + u * (high - low);
  if (kind === "tri") return triangular(low, central, high).quantile;
  const inLog = triangular(log(low), log(central), log(high));
  return (u) => exp(inLog.quantile(u));
}
