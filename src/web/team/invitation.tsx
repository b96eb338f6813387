import { type FormEvent, useState } from "react";
import { GALLERY } from "../state/address.ts";
import { dropSecret, secretOf } from "../state/secrets.ts";
import { go, hrefOf, sessionChanged } from "../state/session.ts";
import { useTeam } from "../state/team.ts";
import { ROLE_WORDS, teamWords as words } from "../words/team.ts";
import { api, told } from "./client.ts";
import { Problems, useAct, useAsked, Waiting } from "./parts.tsx";
import { AccountFields, Narrow, useNewAccount, Ways } from "./sign-in.tsx";

/** What an invitation offers, and its use: with the account of who signed in, or a new one. */
export default function Invitation() {
  const person = useTeam((team) => team.person);
  const [secret] = useState(() => secretOf("invitation") ?? "");
  const params = { header: { "x-parley-invitation": secret } };
  const { data, refused, again } = useAsked(() => told(api.GET("/api/invitation", { params })));
  const account = useNewAccount();
  const [known, setKnown] = useState(false);
  const { busy, refused: kept, act } = useAct();
  if (data === undefined) {
    const isNone = refused !== undefined && refused.problems.length > 0;
    if (!isNone) return <Waiting refused={refused} again={again} />;
    return (
      <Narrow title={words.invitationNone} lead={words.invitationNoneHelp}>
        <Problems refused={refused} />
      </Narrow>
    );
  }
  const accept = async (event: FormEvent) => {
    event.preventDefault();
    const { name, email, password } = account;
    const body = person === undefined ? { name, email: data.email ?? email, password } : {};
    if ((await act(() => told(api.POST("/api/invitation", { params, body })))) === undefined) return;
    dropSecret("invitation");
    go(GALLERY, "replace");
    await sessionChanged();
  };
  return (
    <Narrow title={words.invitation} lead={words.invitationTo(data.workspace.name, ROLE_WORDS[data.role].name)}>
      {data.email === null ? null : <p>{words.invitationFor(data.email)}</p>}
      {person === undefined && known ? (
        <Ways />
      ) : (
        <form className="team-form" onSubmit={(event) => void accept(event)}>
          {person === undefined ? <AccountFields account={account} fixed={data.email ?? undefined} /> : null}
          <p className="buttons">
            <button type="submit" className="primary" disabled={busy}>
              {person === undefined ? words.acceptNew : words.acceptAs(person.name)}
            </button>
          </p>
        </form>
      )}
      <Problems refused={kept} />
      {person === undefined ? (
        <p className="team-facts">
          {known ? null : words.acceptOther}{" "}
          <button type="button" className="quiet" onClick={() => setKnown(!known)}>
            {known ? words.acceptNew : words.signIn}
          </button>
        </p>
      ) : (
        <p>
          <a href={hrefOf(GALLERY, {})}>{words.workspaces}</a>
        </p>
      )}
    </Narrow>
  );
}
