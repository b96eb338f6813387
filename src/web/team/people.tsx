import { type FormEvent, useState } from "react";
import { useTeam } from "../state/team.ts";
import { accountWords as words } from "../words/account.ts";
import { teamWords as shared } from "../words/team.ts";
import { workspaceWords } from "../words/workspace.ts";
import { Confirm } from "./account-confirm.tsx";
import { api, told } from "./client.ts";
import { Log } from "./log.tsx";
import { Ownerless } from "./ownerless.tsx";
import { Confirmed, Problems, Secret, TextInput, useAct, useAsked, Waiting } from "./parts.tsx";

/** Everybody with an account, and the log, for those who look after the server. */
export default function People() {
  const own = useTeam((team) => team.person);
  const { data, refused, again } = useAsked(() => told(api.GET("/api/people")));
  const { refused: kept, act } = useAct();
  const [resetting, setResetting] = useState<string>();
  const change = async (person: string, body: { suspended?: boolean; keeper?: boolean }) => {
    await act(() => told(api.PATCH("/api/people/{person}", { params: { path: { person } }, body })));
    await again();
  };
  return (
    <article className="page team-page">
      <h1>{words.people}</h1>
      <p className="lead">{words.peopleLead}</p>
      {data === undefined ? <Waiting refused={refused} again={again} /> : null}
      <ul className="team-list">
        {data?.people.map(({ id, name, email, keeper, suspended }) => (
          <li key={id}>
            <span className="what">
              {name}
              {id === own?.id ? ` (${shared.you})` : ""}{" "}
              {keeper ? <span className="team-mark">{words.keeper}</span> : null}{" "}
              {suspended ? <span className="team-mark">{words.suspended}</span> : null}
              <small>{email}</small>
            </span>
            <span className="team-row">
              <button
                type="button"
                className="quiet"
                aria-label={keeper ? words.noKeeperOf(name) : words.makeKeeperOf(name)}
                onClick={() => void change(id, { keeper: !keeper })}
              >
                {keeper ? words.noKeeper : words.makeKeeper}
              </button>
              {suspended ? null : (
                <button
                  type="button"
                  className="quiet"
                  aria-label={words.resetLinkOf(name)}
                  aria-expanded={resetting === id}
                  onClick={() => setResetting(resetting === id ? undefined : id)}
                >
                  {words.resetLink}
                </button>
              )}
              {id === own?.id ? null : suspended ? (
                <button
                  type="button"
                  className="quiet"
                  aria-label={words.letInOf(name)}
                  onClick={() => void change(id, { suspended: false })}
                >
                  {words.letIn}
                </button>
              ) : (
                <Confirmed
                  label={words.suspendOf(name)}
                  ask={words.suspendAsk(name)}
                  sure={words.suspend}
                  act={() => void change(id, { suspended: true })}
                >
                  {words.suspend}
                </Confirmed>
              )}
            </span>
            {resetting === id && !suspended ? <ResetLink person={id} name={name} /> : null}
          </li>
        ))}
      </ul>
      <Problems refused={kept} />
      <Ownerless people={data} />
      <h2>{words.serverLog}</h2>
      <p>{workspaceWords.logHelp}</p>
      <Log load={(before) => told(api.GET("/api/audit", { params: { query: { limit: 50, ...before } } }))} />
    </article>
  );
}

/** Makes a link by which somebody sets a new password, and shows it once. */
function ResetLink({ person, name }: { readonly person: string; readonly name: string }) {
  const [hours, setHours] = useState("24");
  const [password, setPassword] = useState("");
  const [link, setLink] = useState<string>();
  const { busy, refused, act } = useAct();
  const make = async (event: FormEvent) => {
    event.preventDefault();
    const body = { hours: Number(hours), ...(password === "" ? {} : { password }) };
    const params = { path: { person } };
    const made = await act(() => told(api.POST("/api/people/{person}/reset", { params, body })));
    if (made === undefined) return;
    setPassword("");
    setLink(new URL(`#/reset/${made.token}`, document.baseURI).href);
  };
  return (
    <section className="team-reset" aria-label={words.resetLinkFor(name)}>
      {link === undefined ? (
        <form className="team-form" onSubmit={(event) => void make(event)}>
          <p>{words.resetLinkHelp}</p>
          <TextInput label={words.resetHours} inputMode="numeric" required value={hours} change={setHours} />
          <Confirm value={password} change={setPassword} />
          <p className="buttons">
            <button type="submit" className="primary" disabled={busy || !/^([1-9]|[1-6]\d|7[0-2])$/.test(hours)}>
              {words.makeReset}
            </button>
          </p>
        </form>
      ) : (
        <Secret value={link} label={words.resetSecret} help={words.resetOnce(name)} />
      )}
      <Problems refused={refused} />
    </section>
  );
}
