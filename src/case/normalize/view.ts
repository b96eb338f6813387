import type { Problem } from "../../core/problems/index.ts";
import { problem } from "../../core/problems/index.ts";
import { checkCasePath } from "../check/references.ts";
import { valueAt } from "../check/shape.ts";
import type { Dossier, Places } from "../parse/dossier.ts";
import type { Raw, RawMap, YamlFile } from "../parse/yaml.ts";
import { parseYaml } from "../parse/yaml.ts";
import { isMapping } from "../schema/walk.ts";

/** A change to a case: the value that a path takes. A null takes the value away. */
export interface Change {
  /** Keys joined by dots: `claims.heavy-losses.credence`. */
  readonly path: string;
  readonly value: Raw;
  /** Who changes it: a reading, or the command line. */
  readonly by: string;
}

/** A raw case with changes made to it, and where its parts stand now. */
export interface Changed {
  readonly raw: RawMap;
  readonly places: Places;
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
}

/** The changes that a reading of the case makes, in its order. */
export function changesOf(raw: RawMap, reading: string): Change[] {
  const set = valueAt(raw, ["readings", reading, "set"]);
  return isMapping(set) ? Object.entries(set).map(([path, value]) => ({ path, value, by: reading })) : [];
}

/** Makes the changes of a reading. Paths that do not exist are problems where the reading names them. */
export function applyReading(dossier: Dossier, reading: string): Changed {
  let { raw, places } = dossier;
  const problems: Problem[] = [];
  const changes: Change[] = [];
  for (const change of changesOf(dossier.raw, reading)) {
    const there = ["readings", reading, "set", change.path];
    const fault = checkCasePath(raw, change.path, true);
    if (fault !== undefined) {
      problems.push(problem(fault.code, fault.facts, dossier.places.place(there, "key")));
      continue;
    }
    const path = change.path.split(".");
    raw = withValue(raw, path, change.value) as RawMap;
    places = places.with(path, there);
    changes.push(change);
  }
  return { raw, places, changes, problems };
}

/** Makes changes from the command line, each written as `path=value` with the value in YAML. */
export function applySets(before: Pick<Changed, "raw" | "places">, sets: readonly string[]): Changed {
  let { raw, places } = before;
  const problems: Problem[] = [];
  const changes: Change[] = [];
  for (const written of sets) {
    const file = `--set ${written}`;
    const equals = written.indexOf("=");
    const path = written.slice(0, Math.max(0, equals)).trim();
    if (equals < 1) {
      const detail = `invalid --set: ${written} (expected path=value)`;
      problems.push(problem("usage", { detail, hint: "for example --set claims.heavy-losses.credence=0.4" }));
      continue;
    }
    const fault = checkCasePath(raw, path, true);
    if (fault !== undefined) {
      problems.push(problem(fault.code, fault.facts, { file, line: 1, column: 1 }));
      continue;
    }
    const parsed = parseYaml(written.slice(equals + 1), file);
    if (parsed.file === undefined) {
      const empty = parsed.problems.every(({ code }) => code === "file-empty");
      if (!empty) {
        problems.push(...parsed.problems);
        continue;
      }
    }
    const value = parsed.file?.value ?? null;
    raw = withValue(raw, path.split("."), value) as RawMap;
    if (parsed.file !== undefined) places = places.into(path.split("."), shifted(parsed.file, equals + 1));
    changes.push({ path, value, by: "--set" });
  }
  return { raw, places, changes, problems };
}

/** The places of a value after `path=`, counted in the whole of what was typed. */
function shifted(yaml: YamlFile, by: number): YamlFile {
  const move = (place: ReturnType<YamlFile["place"]>) =>
    place.line === 1 ? { ...place, column: place.column + by } : place;
  return {
    ...yaml,
    place: (path, part) => move(yaml.place(path, part)),
    placeInside: (path, offset) => move(yaml.placeInside(path, offset)),
  };
}

/** A copy of a raw value with one path changed; mappings on the way are made where they are missing. */
function withValue(raw: Raw | undefined, path: readonly string[], value: Raw): Raw {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(raw)) {
    const copy = [...(raw as readonly Raw[])];
    copy[Number(step)] = withValue(copy[Number(step)], rest, value);
    return copy;
  }
  const copy: Record<string, Raw> = Object.assign(Object.create(null), isMapping(raw) ? raw : {});
  const changed = withValue(copy[step], rest, value);
  if (changed === null && rest.length === 0) delete copy[step];
  else copy[step] = changed;
  return copy;
}
