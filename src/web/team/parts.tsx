import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from "react";
import type { TeamRole } from "../state/team.ts";
import { ago, moment, ROLE_WORDS, teamWords as words } from "../words/team.ts";
import type { Refused, ShownProblem, Told } from "./client.ts";
import "../styles/team.css";

/** Parts that the pages of a team share. */

/** A line to fill in. */
export function TextInput({
  label,
  help,
  value,
  change,
  ...rest
}: {
  readonly label: string;
  readonly help?: string | undefined;
  readonly value: string;
  readonly change: (value: string) => void;
} & Pick<
  React.InputHTMLAttributes<HTMLInputElement>,
  "type" | "autoComplete" | "required" | "maxLength" | "placeholder" | "inputMode" | "minLength"
>) {
  const id = useId();
  return (
    <div className="team-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        value={value}
        onChange={({ target }) => change(target.value)}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        {...rest}
      />
      {help === undefined ? null : <small id={`${id}-help`}>{help}</small>}
    </div>
  );
}

export function RoleSelect({
  value,
  change,
  label,
  disabled = false,
}: {
  readonly value: TeamRole;
  readonly change: (role: TeamRole) => void;
  readonly label: string;
  readonly disabled?: boolean;
}) {
  return (
    <select
      value={value}
      aria-label={label}
      disabled={disabled}
      onChange={({ target }) => change(target.value as TeamRole)}
    >
      {Object.entries(ROLE_WORDS).map(([role, { name }]) => (
        <option key={role} value={role}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** What kept something from being done. */
export function Problems({ refused }: { readonly refused: Refused | undefined }) {
  const problems: readonly ShownProblem[] =
    refused === undefined
      ? []
      : refused.problems.length > 0
        ? refused.problems
        : [{ code: "lost", message: words.lost }];
  return (
    <div role="alert" className="team-problems">
      {problems.map(({ code, message, hint }) => (
        <p key={`${code} ${message}`}>
          {message}
          {hint === undefined || hint === "" ? "" : ` (${hint})`}
        </p>
      ))}
    </div>
  );
}

/** Something that is done at a click: whether it is under way, and what kept it out. */
export function useAct() {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused>();
  const act = async <T extends { readonly ok: true }>(call: () => Promise<Told<T>>): Promise<T | undefined> => {
    setBusy(true);
    setRefused(undefined);
    const answer = await call();
    setBusy(false);
    if (answer.ok) return answer;
    setRefused(answer);
    return undefined;
  };
  return { busy, refused, act, setRefused };
}

/** What is asked of the server when it is shown, and when it is asked for again; what was there stays meanwhile. */
export function useAsked<T extends { readonly ok: true }>(load: () => Promise<Told<T>>, ...on: readonly unknown[]) {
  const [answer, setAnswer] = useState<Told<T>>();
  const turn = useRef(0);
  const latest = useRef(load);
  latest.current = load;
  const again = useCallback(async () => {
    turn.current += 1;
    const own = turn.current;
    const now = await latest.current();
    if (own === turn.current) setAnswer(now);
  }, []);
  useEffect(() => {
    void again();
    return () => {
      turn.current += 1;
    };
  }, [again, ...on]);
  return { data: answer?.ok === true ? answer : undefined, refused: answer?.ok === false ? answer : undefined, again };
}

/** What is waited for, or what kept it from coming. */
export function Waiting({ refused, again }: { readonly refused: Refused | undefined; readonly again: () => unknown }) {
  if (refused === undefined) return <p className="waiting">{words.loading}</p>;
  return (
    <div className="team-waiting">
      <Problems refused={refused} />
      <button type="button" onClick={() => void again()}>
        {words.again}
      </button>
    </div>
  );
}

/** A moment, as how long ago it was. */
export function When({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={moment(at)}>
      {ago(at)}
    </time>
  );
}

/** A button that asks once more before it does what cannot be taken back. */
export function Confirmed({
  children,
  ask,
  sure,
  act,
  label,
}: {
  readonly children: ReactNode;
  readonly ask: string;
  readonly sure: string;
  readonly act: () => void;
  readonly label?: string;
}) {
  const [asking, setAsking] = useState(false);
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) no.current?.focus();
  }, [asking]);
  if (!asking) {
    return (
      <button type="button" className="quiet" aria-label={label} onClick={() => setAsking(true)}>
        {children}
      </button>
    );
  }
  return (
    <span className="team-sure" role="group" aria-label={ask}>
      <span>{ask}</span>
      <button
        type="button"
        className="danger"
        onClick={() => {
          setAsking(false);
          act();
        }}
      >
        {sure}
      </button>
      <button type="button" ref={no} onClick={() => setAsking(false)}>
        {words.cancel}
      </button>
    </span>
  );
}

/** A secret that is shown once: to be copied. */
export function Secret({
  value,
  label,
  help,
}: {
  readonly value: string;
  readonly label: string;
  readonly help: string;
}) {
  const [said, setSaid] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setSaid(words.copied);
    } catch {
      // The browser does not let it be copied: it is at least selected.
      field.current?.select();
    }
  };
  return (
    <div className="team-secret">
      <p>{help}</p>
      <p className="team-row">
        <input ref={field} readOnly value={value} aria-label={label} onFocus={({ target }) => target.select()} />
        <button type="button" onClick={() => void copy()}>
          {words.copy}
        </button>
        <span role="status">{said}</span>
      </p>
    </div>
  );
}
