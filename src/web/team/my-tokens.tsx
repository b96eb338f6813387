import { type FormEvent, useState } from "react";
import { useTeam } from "../state/team.ts";
import { accountWords as words } from "../words/account.ts";
import type { components } from "./api.d.ts";
import { api, told } from "./client.ts";
import { Confirmed, Problems, Secret, TextInput, useAct, useAsked, Waiting, When } from "./parts.tsx";

type Scope = components["schemas"]["Scope"];
const SCOPES = Object.keys(words.scope) as readonly Scope[];

/** A person's API tokens: what programs may do in their name. */
export function Tokens() {
  const workspaces = useTeam((team) => team.workspaces);
  const { data, refused, again } = useAsked(() => told(api.GET("/api/me/tokens")));
  const [name, setName] = useState("");
  const [days, setDays] = useState("90");
  const [workspace, setWorkspace] = useState("");
  const [scopes, setScopes] = useState<ReadonlySet<Scope>>(new Set(["cases:read"]));
  const [secret, setSecret] = useState<string>();
  const { busy, refused: kept, act } = useAct();
  const make = async (event: FormEvent) => {
    event.preventDefault();
    const where = workspace === "" ? {} : { workspace };
    const body = { name, days: Number(days), scopes: SCOPES.filter((each) => scopes.has(each)), ...where };
    const made = await act(() => told(api.POST("/api/me/tokens", { body })));
    if (made === undefined) return;
    setSecret(made.secret);
    setName("");
    await again();
  };
  const revoke = async (token: string) => {
    await act(() => told(api.DELETE("/api/me/tokens/{token}", { params: { path: { token } } })));
    await again();
  };
  const placeOf = (id: string | null) => workspaces.find((each) => each.id === id)?.name ?? words.everywhere;
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">{words.tokens}</h2>
      <p>{words.tokensHelp}</p>
      {data === undefined ? <Waiting refused={refused} again={again} /> : null}
      {data?.tokens.length === 0 ? <p className="team-facts">{words.noTokens}</p> : null}
      <ul className="team-list">
        {data?.tokens.map(({ id, name: called, scopes: may, workspace: where, expiresAt, lastUsedAt, expired }) => (
          <li key={id}>
            <span className="what">
              {called} {expired ? <span className="team-mark">{words.expired}</span> : null}
              <small>
                {may.join(", ")}, {placeOf(where)}; {words.until} <When at={expiresAt} />;{" "}
                {lastUsedAt === null ? (
                  words.neverUsed
                ) : (
                  <>
                    {words.used} <When at={lastUsedAt} />
                  </>
                )}
              </small>
            </span>
            <Confirmed
              label={words.revokeOf(called)}
              ask={words.revokeAsk(called)}
              sure={words.revoke}
              act={() => void revoke(id)}
            >
              {words.revoke}
            </Confirmed>
          </li>
        ))}
      </ul>
      {secret === undefined ? null : <Secret value={secret} label={words.tokenSecret} help={words.tokenOnce} />}
      <form className="team-form" onSubmit={(event) => void make(event)}>
        <TextInput label={words.tokenName} required maxLength={100} value={name} change={setName} />
        <fieldset className="team-choices">
          <legend>{words.scopes}</legend>
          {SCOPES.map((each) => (
            <label key={each} className="team-check">
              <input
                type="checkbox"
                checked={scopes.has(each)}
                onChange={() => setScopes(scopes.symmetricDifference(new Set([each])))}
              />{" "}
              {words.scope[each]}
            </label>
          ))}
        </fieldset>
        <div className="team-field">
          <label htmlFor="token-where">{words.tokenWorkspace}</label>
          <select id="token-where" value={workspace} onChange={({ target }) => setWorkspace(target.value)}>
            <option value="">{words.everywhere}</option>
            {workspaces.map(({ id, name: called }) => (
              <option key={id} value={id}>
                {called}
              </option>
            ))}
          </select>
        </div>
        <TextInput label={words.tokenDays} inputMode="numeric" required value={days} change={setDays} />
        <p className="buttons">
          <button type="submit" disabled={busy || scopes.size === 0 || !/^\d{1,3}$/.test(days)}>
            {words.makeToken}
          </button>
        </p>
      </form>
      <Problems refused={kept} />
    </section>
  );
}
