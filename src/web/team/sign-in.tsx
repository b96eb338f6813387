import { type FormEvent, type ReactNode, useState } from "react";
import { GALLERY } from "../state/address.ts";
import { hrefOf, sessionChanged } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { useTeam } from "../state/team.ts";
import { teamWords as words } from "../words/team.ts";
import { api, type Refused, told } from "./client.ts";
import { Problems, TextInput, useAct } from "./parts.tsx";
import { answerOptions, hasPasskeys } from "./passkeys.ts";

/** Signing in; or, while nobody has an account, making the first one. */
export default function SignIn({ forCase = false }: { readonly forCase?: boolean }) {
  const server = useTeam((team) => team.server);
  if (server === undefined) return null;
  return server.setup ? <SetUp /> : <SignInForm lead={forCase ? words.signInForCase : words.signInLead} />;
}

function SignInForm({ lead }: { readonly lead: string }) {
  const { catalogue = [] } = usePick("catalogue");
  const bundled = catalogue.filter(({ own, team }) => !own && team === undefined);
  return (
    <article className="page team-page team-narrow">
      <h1>{words.signIn}</h1>
      <p className="lead">{lead}</p>
      <Ways />
      {bundled.length === 0 ? null : (
        <>
          <h2>{words.bundledHere}</h2>
          <p>{words.bundledHelp}</p>
          <ul>
            {bundled.map(({ id, title }) => (
              <li key={id}>
                <a href={hrefOf(GALLERY, { case: id })}>{title}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </article>
  );
}

/** The ways of signing in that the server has. */
export function Ways() {
  const server = useTeam((team) => team.server);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { busy, refused, act } = useAct();
  const withPassword = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await act(() => told(api.POST("/api/session", { body: { email, password } })));
    if (answer !== undefined) await sessionChanged();
  };
  const withPasskey = async () => {
    const answer = await act(async () => {
      const asked = await told(api.POST("/api/session/passkey/options"));
      if (!asked.ok) return asked;
      const response = await answerOptions(asked.options);
      return response === undefined ? STOPPED : told(api.POST("/api/session/passkey", { body: { response } }));
    });
    if (answer !== undefined) await sessionChanged();
  };
  if (server === undefined) return null;
  const isPasskeyOffered = server.passkey && hasPasskeys();
  return (
    <>
      <form className="team-form" onSubmit={(event) => void withPassword(event)}>
        <TextInput
          label={words.email}
          type="email"
          autoComplete="username"
          required
          maxLength={254}
          value={email}
          change={setEmail}
        />
        <TextInput
          label={words.password}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          change={setPassword}
        />
        <p className="buttons">
          <button type="submit" className="primary" disabled={busy}>
            {busy ? words.signingIn : words.signIn}
          </button>
        </p>
      </form>
      <Problems refused={refused} />
      {server.oidc === null && !isPasskeyOffered ? null : (
        <>
          <p className="team-or">{words.or}</p>
          <div className="team-ways">
            {isPasskeyOffered ? (
              <button type="button" disabled={busy} onClick={() => void withPasskey()}>
                {words.withPasskey}
              </button>
            ) : null}
            {server.oidc === null ? null : <a href="api/session/oidc">{words.withOidc(server.oidc.name)}</a>}
          </div>
        </>
      )}
    </>
  );
}

/** The person or the browser put it off. */
export const STOPPED: Refused = {
  ok: false,
  status: undefined,
  problems: [{ code: "passkey-stopped", message: words.passkeyStopped }],
};

/** What an account is made of. */
export function useNewAccount() {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  return { name, setName, email, setEmail, password, setPassword };
}

export function AccountFields({
  account: { name, setName, email, setEmail, password, setPassword },
  fixed,
}: {
  readonly account: ReturnType<typeof useNewAccount>;
  /** An address that is not to be chosen. */
  readonly fixed?: string | undefined;
}) {
  return (
    <>
      <TextInput label={words.name} autoComplete="name" required maxLength={100} value={name} change={setName} />
      {fixed === undefined ? (
        <TextInput
          label={words.email}
          type="email"
          autoComplete="username"
          required
          maxLength={254}
          value={email}
          change={setEmail}
        />
      ) : null}
      <TextInput
        label={words.password}
        type="password"
        autoComplete="new-password"
        required
        help={words.passwordHelp}
        value={password}
        change={setPassword}
      />
    </>
  );
}

function SetUp() {
  const account = useNewAccount();
  const [code, setCode] = useState("");
  const [workspace, setWorkspace] = useState("");
  const { busy, refused, act } = useAct();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { name, email, password } = account;
    const body = { code: code.trim(), name, email, password, workspace };
    if ((await act(() => told(api.POST("/api/setup", { body })))) !== undefined) await sessionChanged();
  };
  return (
    <Narrow title={words.setUp} lead={words.setUpLead}>
      <form className="team-form" onSubmit={(event) => void submit(event)}>
        <TextInput label={words.setUpCode} autoComplete="off" required maxLength={100} value={code} change={setCode} />
        <AccountFields account={account} />
        <TextInput
          label={words.setUpWorkspace}
          help={words.setUpWorkspaceHelp}
          autoComplete="off"
          required
          maxLength={100}
          value={workspace}
          change={setWorkspace}
        />
        <p className="buttons">
          <button type="submit" className="primary" disabled={busy}>
            {words.setUpDo}
          </button>
        </p>
      </form>
      <Problems refused={refused} />
    </Narrow>
  );
}

/** A page of one thing to do. */
export function Narrow({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}) {
  return (
    <article className="page team-page team-narrow">
      <h1>{title}</h1>
      <p className="lead">{lead}</p>
      {children}
    </article>
  );
}
