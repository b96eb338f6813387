import type { Path } from "../parse/yaml.ts";
import { caseSchema } from "./case.ts";
import { acceptsAt, expectedAt } from "./walk.ts";

/** What is expected at a path of the case where a number is not allowed there; undefined where it is. */
export function rangeFaultAt(path: Path, value: number): string | undefined {
  if (Number.isFinite(value) && acceptsAt(caseSchema, path, value)) return undefined;
  const wrapped = expectedAt(caseSchema, [...path, "value"]);
  return wrapped ?? expectedAt(caseSchema, path) ?? "another number";
}
