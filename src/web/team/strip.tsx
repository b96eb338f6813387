import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { reaches, useTeam } from "../state/team.ts";
import { caseWords as words } from "../words/team-case.ts";
import AccountMenu from "./menu.tsx";

/** The line above a case of a team: its version, and ways to what the team has of it. */
export default function Strip() {
  const { address } = usePick("address");
  const open = useTeam((team) => team.open);
  if (open === undefined) return null;
  return (
    <div className="team-strip">
      <a href={hrefOf(address, { team: "versions", selected: undefined })}>{words.version(open.version)}</a>
      {reaches(open.role, "editor") ? null : <span>{words.reader}</span>}
      <span className="rest" />
      <AccountMenu />
    </div>
  );
}
