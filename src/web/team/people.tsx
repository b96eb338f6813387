import { useTeam } from "../state/team.ts";
import { accountWords as words } from "../words/account.ts";
import { teamWords as shared } from "../words/team.ts";
import { workspaceWords } from "../words/workspace.ts";
import { api, told } from "./client.ts";
import { Log } from "./log.tsx";
import { Confirmed, Problems, useAct, useAsked, Waiting } from "./parts.tsx";

/** Everybody with an account, and the log, for those who look after the server. */
export default function People() {
  const own = useTeam((team) => team.person);
  const { data, refused, again } = useAsked(() => told(api.GET("/api/people")));
  const { refused: kept, act } = useAct();
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
            <button
              type="button"
              className="quiet"
              aria-label={keeper ? words.noKeeperOf(name) : words.makeKeeperOf(name)}
              onClick={() => void change(id, { keeper: !keeper })}
            >
              {keeper ? words.noKeeper : words.makeKeeper}
            </button>
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
          </li>
        ))}
      </ul>
      <Problems refused={kept} />
      <h2>{words.serverLog}</h2>
      <p>{workspaceWords.logHelp}</p>
      <Log load={(before) => told(api.GET("/api/audit", { params: { query: { limit: 50, ...before } } }))} />
    </article>
  );
}
