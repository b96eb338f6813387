import { usePick } from "../state/store.ts";
import { words } from "../words.ts";

/** Lines shown before and after the one that is meant. */
const [BEFORE, AFTER] = [1, 5];

/** The line of the case that holds a judgement, in the text of the case itself. */
export function CaseLines({ at }: { readonly at: string }) {
  const { open } = usePick("open");
  const [, file = "", line = ""] = /^(.*):(\d+)$/.exec(at) ?? [];
  const text = open?.packed.files[file];
  const number = Number(line);
  if (text === undefined || number === 0) return <p className="line">{at}</p>;
  const lines = text.split("\n");
  const first = Math.max(1, number - BEFORE);
  const shown = lines.slice(first - 1, number + AFTER);
  return (
    <section className="case-lines" aria-label={words.inTheCase}>
      <p className="label">
        {words.inTheCase} <code>{at}</code>
      </p>
      <pre tabIndex={0} role="region" aria-label={at}>
        {shown.map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number.
          <span key={first + index} className={first + index === number ? "meant" : ""}>
            <i>{first + index}</i>
            {each}
            {"\n"}
          </span>
        ))}
      </pre>
    </section>
  );
}
