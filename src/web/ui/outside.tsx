import { formatProblem, type Problem } from "../../core/problems/index.ts";
import { useOutside } from "../state/outside.ts";
import { usePick } from "../state/store.ts";
import { useTeam } from "../state/team.ts";
import { serverWords } from "../words/server.ts";

/** What others did to the case meanwhile, and whether the server answers; what was last good stays below. */
export function OutsideNotices() {
  const { changed, broken, gone, connection } = useOutside();
  const { viewProblems } = usePick("viewProblems");
  const isTeams = useTeam((team) => team.kind === "team");
  const lines = {
    lost: isTeams ? serverWords.teamLost : serverWords.lost,
    locked: isTeams ? serverWords.teamLocked : serverWords.locked,
  };
  return (
    <>
      <div role="status">
        {changed && !broken && gone === undefined ? (
          <p className="notice">{isTeams ? serverWords.teamChanged : serverWords.changed}</p>
        ) : null}
      </div>
      <div role="alert">
        {connection === "there" ? null : (
          <p className="notice">
            {lines[connection]}{" "}
            {isTeams && connection === "locked" ? (
              // Another tab: what waits to be saved is in this one.
              <a href="#/sign-in" target="_blank" rel="noreferrer">
                {serverWords.signIn}
              </a>
            ) : null}
          </p>
        )}
        {gone === undefined ? null : (
          <div className="notice">
            <p>{isTeams ? serverWords.teamGone : serverWords.gone}</p>
            {isTeams ? null : <ProblemItems problems={gone} />}
          </div>
        )}
        {broken && gone === undefined ? (
          <div className="notice">
            <p>{serverWords.broken}</p>
            <ProblemItems problems={viewProblems} />
          </div>
        ) : null}
      </div>
    </>
  );
}

/** Problems with their places, as `parley check` words them. */
export function ProblemItems({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <ul>
      {problems.map((each) => (
        <li key={formatProblem(each)}>
          <code>{formatProblem(each)}</code>
          {each.hint === "" ? null : <span className="note"> {each.hint}</span>}
        </li>
      ))}
    </ul>
  );
}
