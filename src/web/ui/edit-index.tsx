import { useEditing } from "../state/editing.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { editWords as words } from "../words/edit.ts";
import { SECTION_GROUPS } from "../words/fields.ts";
import { formWords } from "../words/form.ts";
import { useForm } from "./form/host.ts";
import { labelOf, wordsOf } from "./form/label.ts";
import { valueAt } from "./form/locate.ts";

/** All sections of a case, with how much each holds. */
export function EditIndex() {
  const { address } = usePick("address");
  const host = useForm();
  return (
    <div className="edit-index">
      {SECTION_GROUPS.map(({ title, sections }) => (
        <section key={title}>
          <h3>{title}</h3>
          <ul className="entry-list">
            {sections.map((section) => {
              const value = valueAt(host.content, [section]);
              const size = typeof value === "object" && value !== null ? Object.keys(value).length : undefined;
              return (
                <li key={section} className={value === undefined ? "absent" : ""}>
                  <a href={hrefOf(address, { edit: section })}>
                    <span>{labelOf([section])}</span>
                    <small>
                      {value === undefined
                        ? formWords.optional
                        : size === undefined
                          ? String(value).slice(0, 40)
                          : formWords.entries(size)}
                    </small>
                    <em>{wordsOf([section])?.help}</em>
                  </a>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Everything that the check says, each with a way to its field and its line. */
export function ProblemList() {
  const { address } = usePick("address");
  const { checks } = useEditing();
  if (checks.length === 0) return <p className="note">{words.problemsNone}</p>;
  const order = ["error", "warning", "note"];
  const sorted = checks.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  return (
    <ol className="problem-list">
      {sorted.map((each) => {
        const line = each.line === 0 ? each.file : `${each.file}:${each.line}`;
        return (
          <li key={`${each.file}:${each.line}:${each.column} ${each.message}`} className={each.severity}>
            <b>{words.severity[each.severity]}</b> {each.message}
            {each.hint === "" ? null : <span className="note"> {each.hint}</span>}
            <span className="part-links">
              {each.path === undefined ? null : (
                <a href={hrefOf(address, { edit: each.path })}>
                  {words.toField} <code>{each.path}</code>
                </a>
              )}
              <a href={hrefOf(address, { text: line })}>
                {words.inText} <code>{line}</code>
              </a>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
