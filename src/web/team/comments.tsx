import { type FormEvent, useEffect, useRef, useState } from "react";
import { go, hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { reaches, useTeam } from "../state/team.ts";
import { talkWords as words } from "../words/talk.ts";
import { teamWords } from "../words/team.ts";
import type { components } from "./api.d.ts";
import { api, told } from "./client.ts";
import { Confirmed, Problems, useAct, useAsked, Waiting, When } from "./parts.tsx";

type Comment = components["schemas"]["Comment"];

/** What was said about a part of the case, or about all of it, beside the page. */
export default function Comments({ path }: { readonly path: string }) {
  const { address } = usePick("address");
  const open = useTeam((team) => team.open);
  const heard = useTeam((team) => team.news["comments"] ?? 0);
  const id = open?.id ?? "";
  const head = useRef<HTMLHeadingElement>(null);
  const opener = useRef<Element | null>(null);
  const [resolved, setResolved] = useState(false);
  const { data, refused, again } = useAsked(
    () => told(api.GET("/api/cases/{case}/comments", { params: { path: { case: id } } })),
    id,
    heard,
  );
  useEffect(() => {
    opener.current = document.activeElement;
    return () => {
      if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another part is read from its head.
  useEffect(() => head.current?.focus(), [path]);
  if (open === undefined) return null;
  const isWhole = path === ".";
  const threads = (data?.comments ?? []).filter((each) => each.parent === null && (isWhole || each.path === path));
  const closed = threads.filter((each) => each.resolved !== null);
  const shown = resolved ? threads : threads.filter((each) => each.resolved === null);
  const mayComment = reaches(open.role, "commenter");
  return (
    <aside className="because-panel team-panel" aria-label={words.title}>
      <div className="because-bar">
        {isWhole ? <p className="label">{words.title}</p> : <a href={hrefOf(address, { talk: "." })}>{words.all}</a>}
        <button type="button" className="quiet" onClick={() => go({ talk: undefined })}>
          {words.close}
        </button>
      </div>
      <h2 tabIndex={-1} ref={head}>
        {isWhole ? words.all : words.onPart(path)}
      </h2>
      {data === undefined ? <Waiting refused={refused} again={again} /> : null}
      {data !== undefined && threads.length === 0 ? (
        <p className="note">{isWhole ? words.noneAtAll : words.none}</p>
      ) : null}
      {shown.map((each) => (
        <Thread
          key={each.id}
          first={each}
          answers={(data?.comments ?? []).filter(({ parent }) => parent === each.id)}
          id={id}
          named={isWhole}
          again={again}
        />
      ))}
      {closed.length === 0 ? null : (
        <button type="button" className="quiet" aria-expanded={resolved} onClick={() => setResolved(!resolved)}>
          {resolved ? words.hideResolved : words.showResolved(closed.length)}
        </button>
      )}
      {mayComment ? (
        <Write key={path} label={words.write} send={{ id, path: isWhole ? "" : path }} done={again} />
      ) : (
        <p className="note">{words.mayNot}</p>
      )}
    </aside>
  );
}

function Thread({
  first,
  answers,
  id,
  named,
  again,
}: {
  readonly first: Comment;
  readonly answers: readonly Comment[];
  readonly id: string;
  readonly named: boolean;
  readonly again: () => Promise<void>;
}) {
  const { address } = usePick("address");
  const { open, person } = useTeam();
  const [answering, setAnswering] = useState(false);
  const { busy, refused, act } = useAct();
  const role = open?.role ?? "reader";
  const mayResolve = reaches(role, "editor") || (reaches(role, "commenter") && first.author?.id === person?.id);
  const resolve = async () => {
    const params = { path: { case: id, comment: first.id } };
    const body = { resolved: first.resolved === null };
    await act(() => told(api.PATCH("/api/cases/{case}/comments/{comment}", { params, body })));
    await again();
  };
  return (
    <section className={`talk-thread${first.resolved === null ? "" : " resolved"}`}>
      {named ? (
        <p className="talk-path">
          {first.path === "" ? words.whole : <code>{first.path}</code>}{" "}
          {first.path === "" || !first.there ? null : (
            <a href={hrefOf(address, { edit: first.path, talk: undefined })}>{words.toField}</a>
          )}
        </p>
      ) : null}
      {first.there ? null : <p className="note">{words.gone}</p>}
      {[first, ...answers].map((each) => (
        <One key={each.id} comment={each} id={id} again={again} />
      ))}
      <p className="team-buttons">
        {reaches(role, "commenter") && first.resolved === null ? (
          <button type="button" className="quiet" aria-expanded={answering} onClick={() => setAnswering(!answering)}>
            {words.reply}
          </button>
        ) : null}
        {mayResolve ? (
          <button type="button" className="quiet" disabled={busy} onClick={() => void resolve()}>
            {first.resolved === null ? words.resolve : words.reopen}
          </button>
        ) : null}
        {first.resolved === null ? null : (
          <span className="team-facts">{words.resolvedBy(first.resolved.by?.name ?? words.nobody)}</span>
        )}
      </p>
      <Problems refused={refused} />
      {answering ? (
        <Write
          label={words.reply}
          send={{ id, path: first.path, parent: first.id }}
          done={async () => {
            setAnswering(false);
            await again();
          }}
        />
      ) : null}
    </section>
  );
}

function One({
  comment: { id: comment, author, body, at, editedAt, version },
  id,
  again,
}: {
  readonly comment: Comment;
  readonly id: string;
  readonly again: () => Promise<void>;
}) {
  const { open, person } = useTeam();
  const [text, setText] = useState<string>();
  const { busy, refused, act } = useAct();
  const isMine = author !== null && author.id === person?.id;
  const params = { path: { case: id, comment } };
  const change = async (event: FormEvent) => {
    event.preventDefault();
    const given = { body: text ?? "" };
    const done = await act(() => told(api.PATCH("/api/cases/{case}/comments/{comment}", { params, body: given })));
    if (done === undefined) return;
    setText(undefined);
    await again();
  };
  const remove = async () => {
    await act(() => told(api.DELETE("/api/cases/{case}/comments/{comment}", { params })));
    await again();
  };
  return (
    <article className="talk-one">
      <p className="talk-who">
        <strong>{author?.name ?? words.nobody}</strong>{" "}
        <span>
          <When at={at} />, {words.atVersion(version)}
          {editedAt === null ? "" : `, ${words.edited}`}
        </span>
      </p>
      {text === undefined ? (
        <p className="talk-body">{body}</p>
      ) : (
        <form onSubmit={(event) => void change(event)}>
          <textarea
            aria-label={words.edit}
            rows={3}
            required
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <p className="team-buttons">
            <button type="submit" disabled={busy}>
              {teamWords.save}
            </button>
            <button type="button" onClick={() => setText(undefined)}>
              {teamWords.cancel}
            </button>
          </p>
        </form>
      )}
      {text === undefined && (isMine || open?.role === "owner") ? (
        <p className="team-buttons">
          {isMine ? (
            <button type="button" className="quiet" onClick={() => setText(body)}>
              {words.edit}
            </button>
          ) : null}
          <Confirmed ask={words.deleteAsk} sure={words.delete} act={() => void remove()}>
            {words.delete}
          </Confirmed>
        </p>
      ) : null}
      <Problems refused={refused} />
    </article>
  );
}

function Write({
  label,
  send: { id, ...given },
  done,
}: {
  readonly label: string;
  readonly send: { readonly id: string; readonly path: string; readonly parent?: string };
  readonly done: () => Promise<void>;
}) {
  const [text, setText] = useState("");
  const { busy, refused, act } = useAct();
  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() === "" || busy) return;
    const body = { ...given, body: text.trim() };
    const made = await act(() =>
      told(api.POST("/api/cases/{case}/comments", { params: { path: { case: id } }, body })),
    );
    if (made === undefined) return;
    setText("");
    await done();
  };
  return (
    <form className="talk-write" onSubmit={(event) => void submit(event)}>
      <textarea
        aria-label={label}
        placeholder={words.writePlaceholder}
        rows={3}
        maxLength={10_000}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit();
        }}
      />
      <button type="submit" className="primary" disabled={busy || text.trim() === ""}>
        {label}
      </button>
      <Problems refused={refused} />
    </form>
  );
}
