import { type ComponentType, createContext, use } from "react";
import type { Edit, Raw } from "../../../case/index.ts";
import type { Problem } from "../../../core/problems/index.ts";
import type { PlacedProblem } from "../../engine/editor-protocol.ts";
import type { Frames } from "./locate.ts";
import type { Field } from "./shape.ts";

/** What a form needs of the case that it stands over: the case itself, or a draft of an entry that is to be added. */
export interface FormHost {
  readonly content: Raw | undefined;
  readonly readOnly: boolean;
  /** What the check says of a path now. */
  problemsAt(path: readonly string[]): readonly PlacedProblem[];
  /** What edits would bring. */
  trial(edits: readonly Edit[]): Promise<readonly PlacedProblem[]>;
  /** Makes edits unless they bring an error, or all the same where forced; gives the problems that kept them out. */
  submit(edits: readonly Edit[], what: string, force?: boolean): Promise<readonly Problem[]>;
  /** The address of the form of a part; undefined where it has none of its own yet. */
  hrefOf(path: readonly string[]): string | undefined;
  /** The path by which others may speak about a part; undefined of a draft. */
  talksOf(path: readonly string[]): readonly string[] | undefined;
  /** Shows any field: handed down so that the kinds of fields need not know one another. */
  readonly Show: ComponentType<FieldProps>;
}

export interface FieldProps {
  readonly field: Field;
  readonly path: readonly string[];
  /** The path with stars for names and places. */
  readonly pattern: readonly string[];
  readonly frames: Frames;
  readonly value: Raw | undefined;
  readonly label: string;
  readonly required: boolean;
  /** How deep it stands in the form. */
  readonly depth: number;
}

export const FormContext = createContext<FormHost | undefined>(undefined);

export function useForm(): FormHost {
  const host = use(FormContext);
  if (host === undefined) throw new Error("missing form");
  return host;
}

/** The edits that give a path a value, or take it away; they say what stood there, so that merging can tell conflicts. */
export function putEdits(path: readonly string[], before: Raw | undefined, value: Raw | undefined): readonly Edit[] {
  if (value === undefined) return before === undefined ? [] : [{ remove: path, expected: before }];
  return [{ set: path, value, expected: before ?? null }];
}

export const isError = ({ severity }: Problem): boolean => severity === "error";
