import type { Raw } from "../../../case/index.ts";
import { caseSchema } from "../../../case/index.ts";
import type { ReferenceKind } from "../../../case/schema/fields.ts";
import { isMapping } from "../../../case/schema/walk.ts";
import { type Field, fieldOf, type MapOf, wayOf } from "./shape.ts";

/** The names above a part of a case, by their kind: the issue whose options are spoken of. */
export type Frames = Readonly<Partial<Record<ReferenceKind, string>>>;

export interface Located {
  readonly steps: readonly string[];
  readonly field: Field;
  readonly frames: Frames;
  readonly value: Raw | undefined;
  /** Its path with a star for each name or place in a list: what words are found by. */
  readonly pattern: readonly string[];
  /** Whether its key is one that somebody gave: the name of an entry. */
  readonly named: ReferenceKind | undefined;
  /** Whether the key is defined here, and does not name an entry defined elsewhere. */
  readonly defined: boolean;
}

/** The whole case, as a field. */
export const caseField = (): Field => fieldOf(caseSchema);

/** What stands at a path. */
export function valueAt(content: Raw | undefined, steps: readonly string[]): Raw | undefined {
  let value: Raw | undefined = content;
  for (const step of steps) {
    if (Array.isArray(value)) value = (value as readonly Raw[])[Number(step)];
    else if (isMapping(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

/** The steps of a path as an address has it. A key of the case may hold dots itself, as in what a reading sets. */
export function stepsIn(content: Raw | undefined, path: string): readonly string[] {
  const pieces = path.split(".").filter((piece) => piece !== "");
  const steps: string[] = [];
  let value: Raw | undefined = content;
  for (let at = 0; at < pieces.length; ) {
    let length = 1;
    if (isMapping(value) && !Object.hasOwn(value, pieces[at] ?? "")) {
      for (let more = 2; at + more <= pieces.length; more += 1) {
        if (Object.hasOwn(value, pieces.slice(at, at + more).join("."))) length = more;
      }
    }
    const step = pieces.slice(at, at + length).join(".");
    steps.push(step);
    value = valueAt(value, [step]);
    at += length;
  }
  return steps;
}

/** The field at a path of a case, as far as the schema knows it. */
export function locate(content: Raw | undefined, steps: readonly string[]): Located | undefined {
  let field = caseField();
  let frames: Frames = {};
  let value: Raw | undefined = content;
  let named: ReferenceKind | undefined;
  let defined = false;
  const pattern: string[] = [];
  for (const step of steps) {
    const next = below(field, step, value);
    if (next === undefined) return undefined;
    ({ field, named, defined } = next);
    pattern.push(next.open ? "*" : step);
    if (named !== undefined) frames = { ...frames, [named]: step };
    value = valueAt(value, [step]);
  }
  return { steps, field, frames, value, named, defined, pattern };
}

interface Below {
  readonly field: Field;
  readonly named: ReferenceKind | undefined;
  readonly defined: boolean;
  /** Whether the step is a name or a place, and none of the schema's own keys. */
  readonly open: boolean;
}

function below({ shape }: Field, step: string, value: Raw | undefined): Below | undefined {
  const plain = (field: Field | undefined, open = false): Below | undefined =>
    field === undefined ? undefined : { field, named: undefined, defined: false, open };
  const inMap = ({ of, names, defines }: MapOf): Below => ({ field: of(), named: names, defined: defines, open: true });
  switch (shape.type) {
    case "group": {
      const member = shape.members.find(({ key }) => key === step);
      return member === undefined && shape.rest !== undefined ? inMap(shape.rest) : plain(member);
    }
    case "map":
      return inMap(shape);
    case "list":
      return plain(shape.of(), true);
    case "tuple":
      return plain(shape.items[Number(step)], true);
    case "ways": {
      // What is not written yet may be written in any of the ways.
      const best = shape.ways[wayOf(shape.ways, value)];
      const others = shape.ways.filter((way) => way !== best);
      for (const way of [...(best === undefined ? [] : [best]), ...others]) {
        const found = below(way, step, value);
        if (found !== undefined) return found;
      }
      return undefined;
    }
    default:
      return undefined;
  }
}
