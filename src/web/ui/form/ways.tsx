import { useId, useState } from "react";
import type { Raw } from "../../../case/index.ts";
import { isMapping } from "../../../case/schema/walk.ts";
import type { Problem } from "../../../core/problems/index.ts";
import { WAY_WORDS, formWords as words } from "../../words/form.ts";
import { FieldHead } from "./help.tsx";
import { type FieldProps, putEdits, useForm } from "./host.ts";
import { FieldProblems } from "./problems.tsx";
import { type Field, wayOf } from "./shape.ts";

/** One thing that may be written in several ways: a value alone, or with its grounds. */
export function WaysField({ ways, ...props }: FieldProps & { readonly ways: readonly Field[] }) {
  const { field, path, pattern, value, label, depth } = props;
  const host = useForm();
  const id = useId();
  const written = wayOf(ways, value);
  const [chosen, setChosen] = useState<number>();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const at = chosen ?? written;
  const way = ways[at] ?? field;
  const change = async (next: number) => {
    const to = ways[next];
    setProblems([]);
    if (to === undefined) return;
    const carried = value === undefined ? undefined : carriedInto(to, value);
    // Where nothing can be carried over, the new way begins empty and what is written stays until it is filled in.
    setChosen(next);
    if (carried === undefined) return;
    const found = await host.submit(putEdits(path, value, carried), label);
    setProblems(found);
    if (found.length === 0) setChosen(undefined);
  };
  const inside = at === written ? value : undefined;
  const body = (
    <>
      {host.readOnly ? null : (
        <label className="written-as" htmlFor={id}>
          <span>{words.writtenAs}</span>
          <select id={id} value={at} onChange={({ target }) => void change(Number(target.value))}>
            {ways.map((each, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the ways stand in the order of the schema.
              <option key={index} value={index}>
                {wayName(each)}
              </option>
            ))}
          </select>
        </label>
      )}
      <FieldProblems id={`${id}-problems`} problems={problems} path={path} />
    </>
  );
  const isLeaf = !["group", "map", "list", "tuple"].includes(way.shape.type);
  return (
    <div className={`ways${isLeaf ? " leaf" : ""}`}>
      {isLeaf || depth === 0 ? null : <FieldHead label={label} htmlFor={undefined} field={field} pattern={pattern} />}
      <host.Show
        {...props}
        key={at}
        field={isLeaf ? { ...way, says: field.says, expected: field.expected } : way}
        value={inside}
        depth={isLeaf ? depth : 0}
      />
      {body}
    </div>
  );
}

function wayName({ shape }: Field): string {
  if (shape.type === "group") {
    const fixed = shape.members.find((each) => each.shape.type === "choice" && each.shape.words.length === 1);
    const word = fixed?.shape.type === "choice" ? String(fixed.shape.words[0]) : undefined;
    const first = shape.members.find(({ optional }) => !optional)?.key;
    return WAY_WORDS[word ?? ""] ?? WAY_WORDS[first ?? ""] ?? WAY_WORDS["group"] ?? "";
  }
  return WAY_WORDS[shape.type] ?? shape.type;
}

/** What a value is in another way of writing it; nothing where it cannot be carried over. */
function carriedInto({ shape }: Field, value: Raw): Raw | undefined {
  const mapped = isMapping(value);
  if (shape.type === "group") {
    if (mapped) return undefined;
    const listed = Array.isArray(value);
    const home = shape.members.find((each) =>
      listed ? each.shape.type === "list" : !each.optional && ["leaf", "reference"].includes(each.shape.type),
    );
    return home === undefined ? undefined : { [home.key]: value };
  }
  if (!mapped) return undefined;
  // Back to the value alone: only what stands in one field can go, grounds would be lost.
  const entries = Object.entries(value);
  const [only] = entries;
  return entries.length === 1 && only !== undefined && (typeof only[1] !== "object" || shape.type === "list")
    ? only[1]
    : undefined;
}
