import { type FormEvent, useEffect, useState } from "react";
import { GALLERY } from "../state/address.ts";
import { dropSecret, secretOf } from "../state/secrets.ts";
import { go, hrefOf, sessionChanged } from "../state/session.ts";
import { useTeam } from "../state/team.ts";
import { accountWords } from "../words/account.ts";
import { teamWords as words } from "../words/team.ts";
import { api, told } from "./client.ts";
import { Problems, TextInput, useAct } from "./parts.tsx";
import { Narrow, Ways } from "./sign-in.tsx";

/** A new password by a link that a keeper made; afterwards one signs in with it. */
export default function Reset() {
  const [secret] = useState(() => secretOf("reset"));
  const [password, setPassword] = useState("");
  // Whether somebody else is signed in here, once it is set.
  const [done, setDone] = useState<"signed-out" | "signed-in">();
  const person = useTeam((team) => team.person);
  const { busy, refused, act } = useAct();
  const isNone = secret === undefined || refused?.status === 404;
  const isIn = done === "signed-out" && person !== undefined;
  useEffect(() => {
    if (isIn) go(GALLERY, "replace");
  }, [isIn]);
  if (done !== undefined) {
    return (
      <Narrow title={words.resetDone} lead={done === "signed-out" ? words.resetDoneHelp : words.resetDoneOther}>
        {done === "signed-out" ? (
          <Ways />
        ) : (
          <p>
            <a href={hrefOf(GALLERY, {})}>{words.workspaces}</a>
          </p>
        )}
      </Narrow>
    );
  }
  if (isNone) {
    return (
      <Narrow title={words.resetNone} lead={words.resetNoneHelp}>
        <Problems refused={refused} />
        <p>
          <a href={hrefOf(GALLERY, {})}>{words.signIn}</a>
        </p>
      </Narrow>
    );
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const params = { header: { "x-parley-reset": secret } };
    const answer = await act(() => told(api.POST("/api/reset", { params, body: { password } })));
    if (answer === undefined) return;
    dropSecret("reset");
    // Whoever was signed in here with that account is so no more.
    await sessionChanged();
    setDone(useTeam.getState().person === undefined ? "signed-out" : "signed-in");
  };
  return (
    <Narrow title={words.reset} lead={words.resetLead}>
      <form className="team-form" onSubmit={(event) => void submit(event)}>
        <TextInput
          label={accountWords.next}
          type="password"
          autoComplete="new-password"
          required
          help={words.passwordHelp}
          value={password}
          change={setPassword}
        />
        <p className="buttons">
          <button type="submit" className="primary" disabled={busy}>
            {words.resetDo}
          </button>
        </p>
      </form>
      <Problems refused={refused} />
    </Narrow>
  );
}
