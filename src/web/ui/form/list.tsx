import { useState } from "react";
import type { Edit, Raw } from "../../../case/index.ts";
import type { Problem } from "../../../core/problems/index.ts";
import { formWords as words } from "../../words/form.ts";
import { type FieldProps, FormContext, type FormHost, useForm } from "./host.ts";
import { calledOf } from "./names.ts";
import { NewEntry } from "./new-entry.tsx";
import { FieldProblems } from "./problems.tsx";
import type { Field } from "./shape.ts";

/** A list: entries are added, taken out and moved by buttons. One that may stand without its brackets does so alone. */
export function ListRows({
  of,
  single,
  ...props
}: FieldProps & { readonly of: () => Field; readonly single: boolean }) {
  const { path, pattern, frames, value, label, depth } = props;
  const host = useForm();
  const [blank, setBlank] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const bracketed = Array.isArray(value);
  const items: readonly Raw[] = bracketed
    ? (value as readonly Raw[])
    : value === undefined || value === null
      ? []
      : [value];
  const field = of();
  const plain = !["group", "ways", "map", "list", "tuple"].includes(field.shape.type);
  const edit = async (edits: readonly Edit[], what: string) => setProblems(await host.submit(edits, what));
  const expected = value ?? null;
  const whole = (next: readonly Raw[], what: string) => {
    const [only] = next;
    const written = single && next.length === 1 && only !== undefined && plain ? only : next;
    return edit(next.length === 0 ? [{ remove: path, expected }] : [{ set: path, value: written, expected }], what);
  };
  const move = (from: number, by: number) => {
    const rest = items.toSpliced(from, 1);
    return whole(rest.toSpliced(from + by, 0, items[from] ?? null), label);
  };
  return (
    <div className="list-rows">
      {items.map((item, index) => {
        const called = plain ? words.item(index + 1) : calledOf(words.item(index + 1), item);
        const own = `${label} ${index + 1}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries of a list have no other name.
          <div className="list-row" key={index}>
            <host.Show
              field={field}
              path={bracketed ? [...path, String(index)] : path}
              pattern={[...pattern, "*"]}
              frames={frames}
              value={item}
              label={plain ? own : called}
              required={plain}
              depth={depth + 1}
            />
            {host.readOnly ? null : (
              <span className="row-actions">
                {items.length > 1 ? (
                  <>
                    <button
                      type="button"
                      disabled={index === 0}
                      aria-label={words.upOf(own)}
                      onClick={() => void move(index, -1)}
                    >
                      ↑
                    </button>
                    <button
                      type="button"
                      disabled={index === items.length - 1}
                      aria-label={words.downOf(own)}
                      onClick={() => void move(index, 1)}
                    >
                      ↓
                    </button>
                  </>
                ) : null}
                <button
                  type="button"
                  aria-label={words.removeOf(own)}
                  onClick={() => void whole(items.toSpliced(index, 1), label)}
                >
                  ×
                </button>
              </span>
            )}
          </div>
        );
      })}
      <FieldProblems id={`${path.join("-")}-list`} problems={problems} path={path} />
      {host.readOnly ? null : plain ? (
        blank ? (
          <BlankItem {...props} field={field} items={items} single={single} done={() => setBlank(false)} />
        ) : (
          <button type="button" className="add" aria-label={words.addTo(label)} onClick={() => setBlank(true)}>
            + {words.add}
          </button>
        )
      ) : (
        <NewEntry
          field={field}
          into={path}
          pattern={pattern}
          frames={frames}
          kind={undefined}
          at={items.length}
          list={value}
        />
      )}
    </div>
  );
}

/** The field of an entry that is not there yet: once it is filled in, it is. */
function BlankItem({
  field,
  path,
  pattern,
  frames,
  value,
  label,
  depth,
  items,
  single,
  done,
}: FieldProps & { readonly items: readonly Raw[]; readonly single: boolean; readonly done: () => void }) {
  const host = useForm();
  const expected = value ?? null;
  const adding = (edits: readonly Edit[]): readonly Edit[] =>
    edits.flatMap((each) => {
      if (!("set" in each)) return [];
      const next = [...items, each.value];
      return [{ set: path, value: single && next.length === 1 ? each.value : next, expected }];
    });
  return (
    <BlankHost
      submit={async (edits, what) => {
        const problems = await host.submit(adding(edits), what);
        if (problems.length === 0) done();
        return problems;
      }}
      trial={(edits) => host.trial(adding(edits))}
    >
      <host.Show
        field={field}
        path={[...path, String(items.length)]}
        pattern={[...pattern, "*"]}
        frames={frames}
        value={undefined}
        label={`${label} ${items.length + 1}`}
        required={false}
        depth={depth + 1}
      />
    </BlankHost>
  );
}

/** A form whose edits go another way than into the case. */
function BlankHost({
  submit,
  trial,
  children,
}: Pick<FormHost, "submit" | "trial"> & { readonly children: React.ReactNode }) {
  const host = useForm();
  return <FormContext value={{ ...host, submit, trial }}>{children}</FormContext>;
}
