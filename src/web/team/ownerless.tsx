import { useState } from "react";
import { accountWords as words } from "../words/account.ts";
import { ROLE_WORDS } from "../words/team.ts";
import type { components } from "./api.d.ts";
import { api, told } from "./client.ts";
import { Problems, useAct, useAsked } from "./parts.tsx";

type Workspace = components["schemas"]["OwnerlessWorkspace"];

/** Workspaces whose owners are all suspended, where there are any; one of their members is made the owner. */
export function Ownerless({ people }: { readonly people: unknown }) {
  const { data, again } = useAsked(() => told(api.GET("/api/ownerless")), people);
  if (data === undefined || data.workspaces.length === 0) return null;
  return (
    <section aria-labelledby="ownerless">
      <h2 id="ownerless">{words.ownerless}</h2>
      <p>{words.ownerlessLead}</p>
      <ul className="team-list">
        {data.workspaces.map((workspace) => (
          <Appoint key={workspace.id} workspace={workspace} again={again} />
        ))}
      </ul>
    </section>
  );
}

function Appoint({ workspace, again }: { readonly workspace: Workspace; readonly again: () => Promise<void> }) {
  const { id, name, members } = workspace;
  const [person, setPerson] = useState(members[0]?.id ?? "");
  const { busy, refused, act } = useAct();
  const appoint = async () => {
    const params = { path: { workspace: id } };
    await act(() => told(api.PUT("/api/ownerless/{workspace}", { params, body: { person } })));
    await again();
  };
  return (
    <li>
      <span className="what">{name}</span>
      <span className="team-row">
        <select aria-label={words.ownerlessWho(name)} value={person} onChange={({ target }) => setPerson(target.value)}>
          {members.map((member) => (
            <option key={member.id} value={member.id}>
              {member.name} ({ROLE_WORDS[member.role].name})
            </option>
          ))}
        </select>
        <button
          type="button"
          className="quiet"
          aria-label={words.appointOf(name)}
          disabled={busy}
          onClick={() => void appoint()}
        >
          {words.appoint}
        </button>
      </span>
      <Problems refused={refused} />
    </li>
  );
}
