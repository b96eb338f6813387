import { formatProblem, type Problem } from "../../core/problems/index.ts";
import { useOutside } from "../state/outside.ts";
import { usePick } from "../state/store.ts";
import { serverWords } from "../words/server.ts";

/** What others did to the case meanwhile, and whether the server answers; what was last good stays below. */
export function OutsideNotices() {
  const { changed, broken, gone, connection } = useOutside();
  const { viewProblems } = usePick("viewProblems");
  return (
    <>
      <div role="status">
        {changed && !broken && gone === undefined ? <p className="notice">{serverWords.changed}</p> : null}
      </div>
      <div role="alert">
        {connection === "there" ? null : <p className="notice">{serverWords[connection]}</p>}
        {gone === undefined ? null : (
          <div className="notice">
            <p>{serverWords.gone}</p>
            <ProblemItems problems={gone} />
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
