import { type FormEvent, useState } from "react";
import { useTeam } from "../state/team.ts";
import { accountWords as words } from "../words/account.ts";
import { Confirm } from "./account-confirm.tsx";
import { api, told } from "./client.ts";
import { Confirmed, Problems, TextInput, useAct, useAsked, Waiting, When } from "./parts.tsx";
import { hasPasskeys, makePasskey } from "./passkeys.ts";
import { STOPPED } from "./sign-in.tsx";

/** A person's passkeys. */
export function Passkeys() {
  const isOffered = useTeam((team) => team.server?.passkey === true) && hasPasskeys();
  const { data, refused, again } = useAsked(() => told(api.GET("/api/me/passkeys")));
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const { busy, refused: kept, act } = useAct();
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const made = await act(async () => {
      const body = password === "" ? {} : { password };
      const asked = await told(api.POST("/api/me/passkeys/options", { body }));
      if (!asked.ok) return asked;
      const response = await makePasskey(asked.options);
      return response === undefined ? STOPPED : told(api.POST("/api/me/passkeys", { body: { name, response } }));
    });
    if (made === undefined) return;
    setName("");
    setPassword("");
    await again();
  };
  const remove = async (passkey: string) => {
    await act(() => told(api.DELETE("/api/me/passkeys/{passkey}", { params: { path: { passkey } } })));
    await again();
  };
  return (
    <section aria-labelledby="passkeys">
      <h2 id="passkeys">{words.passkeys}</h2>
      <p>{isOffered ? words.passkeysHelp : words.passkeysOff}</p>
      {data === undefined ? <Waiting refused={refused} again={again} /> : null}
      {data === undefined || data.passkeys.length === 0 ? null : (
        <ul className="team-list">
          {data.passkeys.map(({ id, name: called, createdAt }) => {
            const shown = called ?? words.unnamed;
            return (
              <li key={id}>
                <span className="what">
                  {shown}
                  {createdAt === null ? null : (
                    <small>
                      {words.made} <When at={createdAt} />
                    </small>
                  )}
                </span>
                <Confirmed
                  label={words.removeOf(shown)}
                  ask={words.removeAsk(shown)}
                  sure={words.remove}
                  act={() => void remove(id)}
                >
                  {words.remove}
                </Confirmed>
              </li>
            );
          })}
        </ul>
      )}
      {isOffered ? (
        <form className="team-form" onSubmit={(event) => void add(event)}>
          <TextInput label={words.passkeyName} required maxLength={100} value={name} change={setName} />
          <Confirm value={password} change={setPassword} />
          <p className="buttons">
            <button type="submit" disabled={busy}>
              {words.addPasskey}
            </button>
          </p>
        </form>
      ) : null}
      <Problems refused={kept} />
    </section>
  );
}
