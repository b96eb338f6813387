import { type FormEvent, useState } from "react";
import { GALLERY } from "../state/address.ts";
import { go, hrefOf, sessionChanged } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { type TeamRole, type TeamWorkspace, useTeam } from "../state/team.ts";
import { ROLE_WORDS, teamWords as shared } from "../words/team.ts";
import { workspaceWords as words } from "../words/workspace.ts";
import { api, told } from "./client.ts";
import { Log } from "./log.tsx";
import { Confirmed, Problems, RoleSelect, Secret, TextInput, useAct, useAsked, Waiting, When } from "./parts.tsx";

/** Who is in a workspace, who is invited, and what its owners may change of it. */
export default function Workspace() {
  const { of } = usePick("address").address;
  const workspace = useTeam((team) => team.workspaces.find(({ id }) => id === of));
  if (workspace === undefined) {
    return (
      <article className="page team-page">
        <h1>{words.none}</h1>
        <p>
          <a href={hrefOf(GALLERY, {})}>{shared.workspaces}</a>
        </p>
      </article>
    );
  }
  const isOwner = workspace.role === "owner";
  return (
    <article className="page team-page">
      <p className="kicker">{words.workspace}</p>
      <h1>{workspace.name}</h1>
      <p className="lead">{words.yourRole(ROLE_WORDS[workspace.role].name, ROLE_WORDS[workspace.role].may)}</p>
      <Members workspace={workspace} />
      {isOwner ? (
        <>
          <Invitations id={workspace.id} />
          <h2>{words.log}</h2>
          <p>{words.logHelp}</p>
          <Log
            load={(before) =>
              told(
                api.GET("/api/workspaces/{workspace}/audit", {
                  params: { path: { workspace: workspace.id }, query: { limit: 50, ...before } },
                }),
              )
            }
          />
          <Change workspace={workspace} />
        </>
      ) : null}
    </article>
  );
}

function Members({ workspace: { id, role } }: { readonly workspace: TeamWorkspace }) {
  const own = useTeam((team) => team.person?.id);
  const path = { workspace: id };
  const { data, refused, again } = useAsked(
    () => told(api.GET("/api/workspaces/{workspace}/members", { params: { path } })),
    id,
  );
  const changing = useAct();
  const isOwner = role === "owner";
  const change = async (person: string, next: TeamRole) => {
    const params = { path: { workspace: id, person } };
    const body = { role: next };
    await changing.act(() => told(api.PUT("/api/workspaces/{workspace}/members/{person}", { params, body })));
    await again();
    if (person === own) await sessionChanged();
  };
  const remove = async (person: string) => {
    const params = { path: { workspace: id, person } };
    const done = await changing.act(() => told(api.DELETE("/api/workspaces/{workspace}/members/{person}", { params })));
    if (done !== undefined && person === own) {
      go(GALLERY);
      await sessionChanged();
    } else await again();
  };
  return (
    <section aria-labelledby="members">
      <h2 id="members">{words.members}</h2>
      {data === undefined ? <Waiting refused={refused} again={again} /> : null}
      <ul className="team-list">
        {data?.members.map(({ person, role: theirs, email, suspended, since }) => (
          <li key={person.id}>
            <span className="what">
              {person.name}
              {person.id === own ? ` (${shared.you})` : ""}{" "}
              {suspended ? <span className="team-mark">{words.suspended}</span> : null}
              <small>
                {email === null ? "" : `${email}, `}
                {words.since} <When at={since} />
              </small>
            </span>
            {isOwner ? (
              <RoleSelect
                label={words.roleOf(person.name)}
                value={theirs}
                change={(next) => void change(person.id, next)}
              />
            ) : (
              <span className="team-mark">{ROLE_WORDS[theirs].name}</span>
            )}
            {isOwner || person.id === own ? (
              <Confirmed
                label={person.id === own ? words.leave : words.removeOf(person.name)}
                ask={person.id === own ? words.leaveAsk : words.removeAsk(person.name)}
                sure={person.id === own ? words.leave : words.remove}
                act={() => void remove(person.id)}
              >
                {person.id === own ? words.leave : words.remove}
              </Confirmed>
            ) : null}
          </li>
        ))}
      </ul>
      <Problems refused={changing.refused} />
    </section>
  );
}

function Invitations({ id }: { readonly id: string }) {
  const path = { workspace: id };
  const { data, refused, again } = useAsked(
    () => told(api.GET("/api/workspaces/{workspace}/invitations", { params: { path } })),
    id,
  );
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<TeamRole>("editor");
  const [link, setLink] = useState<string>();
  const { busy, refused: kept, act } = useAct();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { role, days: 7, ...(email.trim() === "" ? {} : { email: email.trim() }) };
    const made = await act(() => told(api.POST("/api/workspaces/{workspace}/invitations", { params: { path }, body })));
    if (made === undefined) return;
    setLink(new URL(`#/invitation/${made.token}`, document.baseURI).href);
    setEmail("");
    await again();
  };
  const revoke = async (invitation: string) => {
    const params = { path: { workspace: id, invitation } };
    await act(() => told(api.DELETE("/api/workspaces/{workspace}/invitations/{invitation}", { params })));
    await again();
  };
  const open = data?.invitations.filter(({ state }) => state === "open") ?? [];
  return (
    <section aria-labelledby="invitations">
      <h2 id="invitations">{words.invite}</h2>
      <p>{words.inviteHelp}</p>
      <form className="team-inline" onSubmit={(event) => void submit(event)}>
        <TextInput
          label={words.inviteEmail}
          type="email"
          autoComplete="off"
          maxLength={254}
          value={email}
          change={setEmail}
        />
        <div className="team-field narrow">
          <span className="named">{words.as}</span>
          <RoleSelect label={words.inviteRole} value={role} change={setRole} />
        </div>
        <button type="submit" className="primary" disabled={busy}>
          {words.makeLink}
        </button>
      </form>
      <Problems refused={kept} />
      {link === undefined ? null : <Secret value={link} label={words.invitationLink} help={words.linkOnce} />}
      {data === undefined ? <Waiting refused={refused} again={again} /> : null}
      {open.length === 0 ? null : (
        <>
          <h3>{words.open}</h3>
          <ul className="team-list">
            {open.map(({ id: invitation, email: to, role: as, expiresAt, createdBy }) => (
              <li key={invitation}>
                <span className="what">
                  {to ?? words.anybody}
                  <small>
                    {ROLE_WORDS[as].name}, {createdBy === null ? "" : words.by(createdBy.name)} {words.until}{" "}
                    <When at={expiresAt} />
                  </small>
                </span>
                <button
                  type="button"
                  className="quiet"
                  aria-label={words.revokeOf(to ?? words.anybody)}
                  onClick={() => void revoke(invitation)}
                >
                  {words.revoke}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Change({ workspace: { id, name: before } }: { readonly workspace: TeamWorkspace }) {
  const path = { workspace: id };
  const [name, setName] = useState(before);
  const [sure, setSure] = useState("");
  const [said, setSaid] = useState("");
  const { busy, refused, act } = useAct();
  const rename = async (event: FormEvent) => {
    event.preventDefault();
    const body = { name };
    if ((await act(() => told(api.PATCH("/api/workspaces/{workspace}", { params: { path }, body })))) === undefined)
      return;
    setSaid(shared.saved);
    await sessionChanged();
  };
  const remove = async (event: FormEvent) => {
    event.preventDefault();
    if (sure !== before) return;
    if ((await act(() => told(api.DELETE("/api/workspaces/{workspace}", { params: { path } })))) === undefined) return;
    go(GALLERY);
    await sessionChanged();
  };
  return (
    <>
      <h2>{words.change}</h2>
      <form className="team-inline" onSubmit={(event) => void rename(event)}>
        <TextInput label={shared.workspaceName} required maxLength={100} value={name} change={setName} />
        <button type="submit" disabled={busy || name === before}>
          {shared.save}
        </button>
        <span role="status">{said}</span>
      </form>
      <details className="team-danger">
        <summary>{words.deleteIt}</summary>
        <p>{words.deleteHelp}</p>
        <form className="team-inline" onSubmit={(event) => void remove(event)}>
          <TextInput label={words.deleteName(before)} autoComplete="off" value={sure} change={setSure} />
          <button type="submit" className="danger" disabled={busy || sure !== before}>
            {words.deleteIt}
          </button>
        </form>
      </details>
      <Problems refused={refused} />
    </>
  );
}
