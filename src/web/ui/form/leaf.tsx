import { useId, useLayoutEffect, useRef } from "react";
import type { Raw } from "../../../case/index.ts";
import { formWords as words } from "../../words/form.ts";
import { useDraft } from "./draft.ts";
import { FieldHead } from "./help.tsx";
import { type FieldProps, isError, useForm } from "./host.ts";
import { namesFor } from "./names.ts";
import { Preview } from "./preview.tsx";
import { FieldProblems } from "./problems.tsx";
import type { Shape } from "./shape.ts";
import { readAs, shownOf } from "./written.ts";

/** Up to this many names a reference is chosen from a list that drops down; beyond, by typing. */
const MOST_IN_SELECT = 40;

type LeafShape = Extract<Shape, { type: "leaf" }>;

/** A text or number as it is written. */
export function LeafField(props: FieldProps & { readonly shape: LeafShape }) {
  const { shape, path, value, label } = props;
  const draft = useDraft(path, value, (text) => readAs(text, shape.as), label);
  const list = useId();
  const long = shape.as === "long text";
  return (
    <TextField
      {...props}
      draft={draft}
      long={long}
      list={shape.words.length > 0 ? list : undefined}
      mono={MONO.has(shape.as)}
    >
      {shape.words.length > 0 ? (
        <datalist id={list}>
          {shape.words.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      ) : null}
      {shape.as === "amount" ? <Preview text={draft.text} range={shape.range} /> : null}
    </TextField>
  );
}

const MONO: ReadonlySet<string> = new Set(["amount", "number", "quantity", "duration", "date", "formula", "anything"]);

function TextField({
  field,
  path,
  pattern,
  value,
  label,
  required,
  draft,
  long,
  list,
  mono,
  children,
}: FieldProps & {
  readonly draft: ReturnType<typeof useDraft>;
  readonly long: boolean;
  readonly list: string | undefined;
  readonly mono: boolean;
  readonly children?: React.ReactNode;
}) {
  const host = useForm();
  const id = useId();
  const problems = draft.touched ? draft.problems : host.problemsAt(path);
  const area = useRef<HTMLTextAreaElement>(null);
  // A long text is as high as it is long.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => {
    const own = area.current;
    if (own === null) return;
    own.style.height = "auto";
    own.style.height = `${own.scrollHeight + 2}px`;
  }, [draft.text]);
  const shared = {
    id,
    value: draft.text,
    readOnly: host.readOnly,
    "aria-invalid": problems.some(isError),
    "aria-describedby": `${id}-problems`,
    "aria-required": required,
    placeholder: required ? words.required : words.optional,
    onBlur: () => void draft.save(),
  } as const;
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    if (event.key === "Escape" && draft.touched) {
      // What was there comes back; only the next Escape leaves the form.
      event.stopPropagation();
      event.nativeEvent.stopImmediatePropagation();
      draft.reset();
    } else if (event.key === "Enter" && (!long || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void draft.save();
    }
  };
  const className = `${mono ? "mono" : ""}${draft.touched ? " touched" : ""}${draft.kept ? " kept" : ""}`;
  return (
    <div className="form-field" data-path={path.join(".")}>
      <FieldHead label={label} htmlFor={id} field={field} pattern={pattern} path={host.talksOf(path)} />
      {long ? (
        <textarea
          {...shared}
          ref={area}
          rows={2}
          className={className}
          onChange={({ target }) => draft.type(target.value)}
          onKeyDown={onKeyDown}
        />
      ) : (
        <input
          {...shared}
          list={list}
          className={className}
          autoComplete="off"
          spellCheck={!mono}
          onChange={({ target }) => draft.type(target.value)}
          onKeyDown={onKeyDown}
        />
      )}
      {children}
      <FieldProblems id={`${id}-problems`} problems={problems} path={path} kept={draft.kept} />
      {value === undefined || !host.readOnly ? null : <span className="sr">{shownOf(value)}</span>}
    </div>
  );
}

/** One of some words. */
export function ChoiceField(props: FieldProps & { readonly words: readonly (string | number)[] }) {
  const of = props.words.map((each): Choice => ({ id: String(each), name: String(each), raw: each }));
  return <SelectField {...props} of={of} />;
}

export function YesNoField(props: FieldProps & { readonly asWords: boolean }) {
  const { asWords } = props;
  const of: readonly Choice[] = [
    { id: "yes", name: words.yes, raw: asWords ? "yes" : true },
    { id: "no", name: words.no, raw: asWords ? "no" : false },
  ];
  return <SelectField {...props} of={of} current={yesNo(props.value)} />;
}

/** YAML and people write yes in more than one way. */
function yesNo(value: Raw | undefined): string {
  if (value === undefined || value === null) return "";
  return /^(?:true|yes|y)$/i.test(String(value)) ? "yes" : "no";
}

interface Choice {
  readonly id: string;
  readonly name: string;
  readonly raw: Raw;
}

function SelectField({
  field,
  path,
  pattern,
  value,
  label,
  required,
  of,
  current = shownOf(value),
}: FieldProps & { readonly of: readonly Choice[]; readonly current?: string }) {
  const host = useForm();
  const id = useId();
  const find = (text: string) => of.find((each) => each.id === text)?.raw;
  const draft = useDraft(path, value, find, label);
  const problems = draft.touched ? draft.problems : host.problemsAt(path);
  const shown = draft.touched ? draft.text : current;
  return (
    <div className="form-field" data-path={path.join(".")}>
      <FieldHead label={label} htmlFor={id} field={field} pattern={pattern} path={host.talksOf(path)} />
      <select
        id={id}
        value={shown}
        disabled={host.readOnly}
        aria-describedby={`${id}-problems`}
        aria-invalid={problems.some(isError)}
        onChange={({ target }) => void draft.save(target.value)}
      >
        {required && shown !== "" ? null : <option value="">{words.notGiven}</option>}
        {shown === "" || of.some((each) => each.id === shown) ? null : <option value={shown}>{shown}</option>}
        {of.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}
          </option>
        ))}
      </select>
      <FieldProblems id={`${id}-problems`} problems={problems} path={path} kept={draft.kept} />
    </div>
  );
}

/** The name of another entry of the case. */
export function ReferenceField(props: FieldProps & { readonly to: Extract<Shape, { type: "reference" }>["to"] }) {
  const { to, frames, value } = props;
  const { content } = useForm();
  const names = namesFor(content, to, frames);
  // A source is cited with a place in it, which no list can hold.
  if (names === undefined || to === "source" || to === "party or source" || names.length > MOST_IN_SELECT) {
    return <TypedReference {...props} names={names ?? []} />;
  }
  return <SelectField {...props} of={names.map(({ id, name }) => ({ id, name, raw: id }))} current={shownOf(value)} />;
}

function TypedReference({
  names,
  ...props
}: FieldProps & { readonly names: readonly { readonly id: string; readonly name: string }[] }) {
  const { path, value, label } = props;
  const draft = useDraft(path, value, (text) => readAs(text, "text"), label);
  const list = useId();
  const said = names.find(({ id }) => id === draft.text.split("#")[0]);
  return (
    <TextField {...props} draft={draft} long={false} list={list} mono>
      <datalist id={list}>
        {names.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </datalist>
      {said === undefined || said.name === said.id ? null : <p className="refers">{said.name}</p>}
    </TextField>
  );
}
