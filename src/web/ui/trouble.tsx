import { GALLERY } from "../state/address.ts";
import { useOutside } from "../state/outside.ts";
import { hrefOf } from "../state/session.ts";
import type { State } from "../state/store.ts";
import { serverWords } from "../words/server.ts";
import { words } from "../words.ts";

/** A case that cannot be shown: what is wrong with it, as `parley check` words it. */
export function Trouble({ trouble }: { readonly trouble: NonNullable<State["trouble"]> }) {
  const inFolder = useOutside(({ folder }) => folder !== undefined);
  const back = (
    <p>
      <a href={hrefOf(GALLERY, {})}>{words.allCases}</a>
    </p>
  );
  if ("missing" in trouble) {
    return (
      <article className="page">
        <h1>{words.missing(trouble.missing)}</h1>
        <p>{trouble.locked ? serverWords.missingLocked : words.missingHelp}</p>
        {back}
      </article>
    );
  }
  const { file, problems } = trouble;
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return (
    <article className="page">
      <p className="kicker">{words.problemCount(errors, problems.length - errors)}</p>
      <h1>{words.problemsOf(file)}</h1>
      <p>{inFolder ? serverWords.mendInFolder : words.problemsHelp}</p>
      <ol className="problems">
        {problems.map((each) => (
          <li key={JSON.stringify(each)}>
            <code className="where">
              {each.file}
              {each.line === 0 ? "" : `:${each.line}:${each.column}`}
            </code>
            <span>{each.message}</span>
            {each.hint === "" ? null : <span className="note">{each.hint}</span>}
          </li>
        ))}
      </ol>
      {back}
    </article>
  );
}
