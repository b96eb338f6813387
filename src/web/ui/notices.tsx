import { formatProblem } from "../../core/problems/index.ts";
import { hrefOf } from "../state/session.ts";
import { useStore } from "../state/store.ts";
import { words } from "../words.ts";

/** What is being worked out, and what is wrong with the address or the view; below it the page goes on. */
export function Notices() {
  const { address, viewProblems, broke, work, trouble, now } = useStore();
  const doing =
    work === undefined || trouble !== undefined || address.case === undefined
      ? ""
      : work.stage === "whole"
        ? words.working(work.step)
        : work.stage === "evidence"
          ? words.weighing
          : words.readingCase;
  return (
    <>
      <p className={`work${doing === "" ? "" : " on"}`} role="status">
        {doing === "" ? now === undefined ? "" : <span className="sr">{words.done}</span> : doing}
      </p>
      {address.faults.map(({ kind, name, value }) => (
        <p className="notice" key={`${name}=${value}`}>
          {kind === "unknown" ? words.unknownParameter(name, value) : words.invalidParameter(name, value)}
        </p>
      ))}
      {broke === undefined ? null : (
        <p className="notice" role="alert">
          {words.broke(broke)}
        </p>
      )}
      {viewProblems.length === 0 ? null : (
        <div className="notice" role="alert">
          <p>{words.viewHasProblems}</p>
          <ul>
            {viewProblems.map((each) => (
              <li key={formatProblem(each)}>
                <code>{formatProblem(each)}</code>
                {each.hint === "" ? null : <span className="note"> {each.hint}</span>}
              </li>
            ))}
          </ul>
          <a href={hrefOf(address, { reading: undefined, asOf: undefined, off: [] })}>{words.seeAsCoded}</a>
        </div>
      )}
    </>
  );
}
