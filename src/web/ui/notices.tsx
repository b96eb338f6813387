import { useOutside } from "../state/outside.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { words } from "../words.ts";
import { OutsideNotices, ProblemItems } from "./outside.tsx";

/** What is being worked out, and what is wrong with the address or the view; below it the page goes on. */
export function Notices() {
  const { address, viewProblems, broke, work, trouble, now } = usePick(
    "address",
    "viewProblems",
    "broke",
    "work",
    "trouble",
    "now",
  );
  const isWritten = useOutside(({ broken }) => broken);
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
      <OutsideNotices />
      {broke === undefined ? null : (
        <p className="notice" role="alert">
          {words.broke(broke)}
        </p>
      )}
      {viewProblems.length === 0 || isWritten ? null : (
        <div className="notice" role="alert">
          <p>{words.viewHasProblems}</p>
          <ProblemItems problems={viewProblems} />
          <a href={hrefOf(address, { reading: undefined, asOf: undefined, off: [] })}>{words.seeAsCoded}</a>
        </div>
      )}
    </>
  );
}
