import { reaches, useTeam, workspaceForNew } from "../state/team.ts";
import { teamWords as words } from "../words/team.ts";
import "../styles/team.css";

/** The workspace that a new case goes into. */
export default function Into() {
  const team = useTeam();
  const chosen = workspaceForNew(team);
  if (chosen === undefined) return <p className="team-facts">{words.intoNone}</p>;
  return (
    <div className="team-field team-into">
      <label htmlFor="into">{words.into}</label>
      <select
        id="into"
        value={chosen.id}
        aria-describedby="into-help"
        onChange={({ target }) => useTeam.setState({ into: target.value })}
      >
        {team.workspaces
          .filter(({ role }) => reaches(role, "editor"))
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
      </select>
      <small id="into-help">{words.intoHelp}</small>
    </div>
  );
}
