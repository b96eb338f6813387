import type { Problem } from "../../../core/problems/index.ts";
import { editWords } from "../../words/edit.ts";
import { formWords as words } from "../../words/form.ts";

/** What is wrong with a field, or worth a note, under it. */
export function FieldProblems({
  id,
  problems,
  path,
  kept = false,
}: {
  readonly id: string;
  readonly problems: readonly (Problem & { readonly path?: string | undefined })[];
  readonly path: readonly string[];
  readonly kept?: boolean;
}) {
  const here = path.join(".");
  return (
    <div className="field-problems" id={id} aria-live="polite">
      {problems.map((each) => (
        <p key={`${each.code} ${each.message}`} className={each.severity}>
          <b>{editWords.severity[each.severity] ?? each.severity}</b>{" "}
          {each.path === undefined ||
          each.path === here ||
          here.startsWith(`${each.path}.`) ||
          each.path.startsWith(`${here}.`)
            ? ""
            : `${words.elsewhere(each.path)} `}
          {each.message}
          {each.hint === "" ? "" : ` (${each.hint})`}
        </p>
      ))}
      {kept ? <p className="kept">{words.notSaved}</p> : null}
    </div>
  );
}
