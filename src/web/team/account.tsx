import { type FormEvent, useState } from "react";
import { saveFile } from "../export/save.ts";
import { GALLERY } from "../state/address.ts";
import { go, sessionChanged } from "../state/session.ts";
import { useTeam } from "../state/team.ts";
import { accountWords as words } from "../words/account.ts";
import { teamWords as shared } from "../words/team.ts";
import { Confirm } from "./account-confirm.tsx";
import { api, told } from "./client.ts";
import { Passkeys } from "./my-passkeys.tsx";
import { Sessions } from "./my-sessions.tsx";
import { Tokens } from "./my-tokens.tsx";
import { Problems, TextInput, useAct, useAsked, Waiting } from "./parts.tsx";

/** A person's own account. */
export default function Account() {
  const { data, refused, again } = useAsked(() => told(api.GET("/api/me")));
  if (data === undefined) return <Waiting refused={refused} again={again} />;
  const { name, email, password } = data.person;
  return (
    <article className="page team-page">
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <h2>{words.profile}</h2>
      <Profile name={name} email={email} again={again} />
      <h2>{words.password}</h2>
      <Password has={password} />
      <Passkeys />
      <Sessions />
      <Tokens />
      <h2>{words.take}</h2>
      <Export />
      <Deletion has={password} />
    </article>
  );
}

function Profile(before: { readonly name: string; readonly email: string; readonly again: () => Promise<void> }) {
  const [name, setName] = useState(before.name);
  const [email, setEmail] = useState(before.email);
  const [password, setPassword] = useState("");
  const [said, setSaid] = useState("");
  const { busy, refused, act } = useAct();
  const isMoved = email !== before.email;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { name, ...(isMoved ? { email } : {}), ...(isMoved && password !== "" ? { password } : {}) };
    if ((await act(() => told(api.PATCH("/api/me", { body })))) === undefined) return;
    setPassword("");
    setSaid(shared.saved);
    await before.again();
    await sessionChanged();
  };
  return (
    <form className="team-form" onSubmit={(event) => void submit(event)}>
      <TextInput label={shared.name} autoComplete="name" required maxLength={100} value={name} change={setName} />
      <TextInput
        label={shared.email}
        type="email"
        autoComplete="email"
        required
        maxLength={254}
        value={email}
        change={setEmail}
      />
      {isMoved ? <Confirm value={password} change={setPassword} /> : null}
      <p className="buttons">
        <button type="submit" disabled={busy || (name === before.name && !isMoved)}>
          {shared.save}
        </button>
        <span role="status">{said}</span>
      </p>
      <Problems refused={refused} />
    </form>
  );
}

function Password({ has }: { readonly has: boolean }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [said, setSaid] = useState("");
  const { busy, refused, act } = useAct();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { next, ...(current === "" ? {} : { current }) };
    if ((await act(() => told(api.POST("/api/me/password", { body })))) === undefined) return;
    setCurrent("");
    setNext("");
    setSaid(words.passwordChanged);
  };
  return (
    <form className="team-form" onSubmit={(event) => void submit(event)}>
      {has ? (
        <TextInput
          label={words.current}
          type="password"
          autoComplete="current-password"
          required
          value={current}
          change={setCurrent}
        />
      ) : null}
      <TextInput
        label={words.next}
        type="password"
        autoComplete="new-password"
        required
        help={shared.passwordHelp}
        value={next}
        change={setNext}
      />
      <p className="buttons">
        <button type="submit" disabled={busy}>
          {words.change}
        </button>
        <span role="status">{said}</span>
      </p>
      <Problems refused={refused} />
    </form>
  );
}

function Export() {
  const [said, setSaid] = useState("");
  const { busy, refused, act } = useAct();
  const save = async () => {
    const all = await act(() => told(api.GET("/api/me/export")));
    if (all === undefined) return;
    saveFile("parley-account.json", `${JSON.stringify(all, null, 2)}\n`, "application/json");
    setSaid(words.taken);
  };
  return (
    <>
      <p>{words.takeHelp}</p>
      <p className="team-buttons">
        <button type="button" disabled={busy} onClick={() => void save()}>
          {words.takeDo}
        </button>
        <span role="status">{said}</span>
      </p>
      <Problems refused={refused} />
    </>
  );
}

function Deletion({ has }: { readonly has: boolean }) {
  const [password, setPassword] = useState("");
  const [sure, setSure] = useState(false);
  const { busy, refused, act } = useAct();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = has && password !== "" ? { password } : { confirm: true as const };
    if ((await act(() => told(api.DELETE("/api/me", { body })))) === undefined) return;
    useTeam.setState({ person: undefined });
    go(GALLERY);
    await sessionChanged();
  };
  return (
    <details className="team-danger">
      <summary>{words.delete}</summary>
      <p>{words.deleteHelp}</p>
      <form className="team-form" onSubmit={(event) => void submit(event)}>
        {has ? <Confirm value={password} change={setPassword} /> : null}
        <label className="team-check">
          <input type="checkbox" checked={sure} onChange={({ target }) => setSure(target.checked)} />{" "}
          {words.deleteConfirm}
        </label>
        <p className="buttons">
          <button type="submit" className="danger" disabled={busy || !sure}>
            {words.delete}
          </button>
        </p>
        <Problems refused={refused} />
      </form>
    </details>
  );
}
