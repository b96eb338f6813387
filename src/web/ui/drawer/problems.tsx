import type { Text } from "@codemirror/state";
import type { PlacedProblem } from "../../engine/editor-protocol.ts";
import { drawerWords as words } from "../../words/drawer.ts";
import { type Fix, fixOf } from "./marks.ts";

interface ProblemsGiven {
  readonly file: string;
  readonly problems: readonly PlacedProblem[];
  readonly canMend: boolean;
  readonly doc: () => Text | undefined;
  readonly goTo: (problem: PlacedProblem) => void;
  readonly mend: (change: Fix) => void;
}

/** Everything that `parley check` says of the case with this text: a jump to each place, and a mending where one is near. */
export function Problems({ file, problems, canMend, doc, goTo, mend }: ProblemsGiven) {
  const errors = problems.filter(({ severity }) => severity === "error");
  if (problems.length === 0) return <p className="no-problems">{words.noProblems}</p>;
  return (
    <details className="text-problems" open={errors.length > 0}>
      <summary>
        {words.problems}: {words.problemsIn(errors.length, problems.length - errors.length)}
      </summary>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.file}:${problem.line}:${problem.column} ${problem.message}`} className={problem.severity}>
            <button type="button" className="quiet jump" onClick={() => goTo(problem)}>
              <span className="at">
                {problem.file === file ? "" : `${problem.file}:`}
                {problem.line}:{problem.column}
              </span>{" "}
              <span className="severity">{words.severity[problem.severity]}</span> {problem.message}
              {problem.hint === "" ? null : <span className="hint"> {problem.hint}</span>}
            </button>
            {canMend && problem.file === file ? <MendButton problem={problem} doc={doc()} mend={mend} /> : null}
          </li>
        ))}
      </ul>
    </details>
  );
}

function MendButton({
  problem,
  doc,
  mend,
}: {
  readonly problem: PlacedProblem;
  readonly doc: Text | undefined;
  readonly mend: (change: Fix) => void;
}) {
  const fix = doc === undefined ? undefined : fixOf(doc, problem);
  if (fix === undefined) return null;
  return (
    <button type="button" onClick={() => mend(fix)}>
      {words.changeTo(fix.insert)}
    </button>
  );
}
