import { useState } from "react";
import { formWords as words } from "../../words/form.ts";
import { FieldHead } from "./help.tsx";
import { type FieldProps, useForm } from "./host.ts";
import { labelOf } from "./label.ts";
import { valueAt } from "./locate.ts";
import { MapRows } from "./map.tsx";
import type { MapOf, Member } from "./shape.ts";

/** From this number on, fields that are not given wait behind a line. */
const MANY = 6;

/** Fields that every judgement may have: they stand last. */
const LAST = new Set(["source", "because", "by", "hindsight", "note"]);

/** Fields that belong together. */
export function GroupField({
  members,
  rest,
  ...props
}: FieldProps & { readonly members: readonly Member[]; readonly rest: MapOf | undefined }) {
  if (props.depth === 0) return <GroupBody {...props} members={members} rest={rest} />;
  return (
    <Fold {...props}>
      <GroupBody {...props} members={members} rest={rest} />
    </Fold>
  );
}

function GroupBody({
  members,
  rest,
  path,
  pattern,
  frames,
  value,
  depth,
  field,
}: FieldProps & { readonly members: readonly Member[]; readonly rest: MapOf | undefined }) {
  const { Show, readOnly } = useForm();
  const ordered = [...members.filter(({ key }) => !LAST.has(key)), ...members.filter(({ key }) => LAST.has(key))];
  // One single word says which way of writing it is; it is chosen there.
  const isGiven = (each: Member) => valueAt(value, [each.key]) !== undefined;
  const real = ordered
    .filter(({ shape, optional }) => optional || shape.type !== "choice" || shape.words.length > 1)
    // Where nothing can be changed, what is not given is of no use.
    .filter((each) => !readOnly || isGiven(each));
  const first = real.filter((each) => real.length <= MANY || !each.optional || isGiven(each));
  // What was not given when the form was opened stays where it is while it is filled in.
  const [shown] = useState(() => new Set(first.map(({ key }) => key)));
  const above = real.filter(({ key }) => shown.has(key));
  const below = real.filter(({ key }) => !shown.has(key));
  const show = (each: Member) => (
    <Show
      key={each.key}
      field={each}
      path={[...path, each.key]}
      pattern={[...pattern, each.key]}
      frames={frames}
      value={valueAt(value, [each.key])}
      label={labelOf([...pattern, each.key])}
      required={!each.optional}
      depth={depth + 1}
    />
  );
  const [more, setMore] = useState(false);
  return (
    <div className="form-group">
      {above.map(show)}
      {rest === undefined ? null : (
        <MapRows
          of={rest}
          fixed={members.map(({ key }) => key)}
          path={path}
          pattern={pattern}
          frames={frames}
          value={value}
          depth={depth}
          field={field}
          label=""
          required={false}
        />
      )}
      {below.length === 0 ? null : (
        <details className="further" open={more} onToggle={({ currentTarget }) => setMore(currentTarget.open)}>
          <summary>{words.moreFields(below.length)}</summary>
          {more ? below.map(show) : null}
        </details>
      )}
    </div>
  );
}

/** A part of the form that opens; what is in it is made only then. */
export function Fold({
  field,
  path,
  pattern,
  value,
  label,
  children,
  count,
  open: atFirst = false,
}: FieldProps & { readonly children: React.ReactNode; readonly count?: number; readonly open?: boolean }) {
  const [open, setOpen] = useState(atFirst);
  const host = useForm();
  const size = count ?? (typeof value === "object" && value !== null ? Object.keys(value).length : 0);
  const problems = host.problemsAt(path).length;
  return (
    <details
      className="fold"
      open={open}
      data-path={path.join(".")}
      onToggle={(event) => {
        if (event.target === event.currentTarget) setOpen(event.currentTarget.open);
      }}
    >
      <summary>
        <span>{label}</span> <small>{words.given(size)}</small>
        {problems > 0 ? <small className="warn"> ! {problems}</small> : null}
      </summary>
      {open ? (
        <div className="fold-body">
          <FieldHead label={label} htmlFor={undefined} field={field} pattern={pattern} />
          {children}
        </div>
      ) : null}
    </details>
  );
}
