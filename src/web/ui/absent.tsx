import type { PageId } from "../state/address.ts";
import { ABSENT_WORDS, PAGE_WORDS } from "../words.ts";

/** A page that the case, or this version, has nothing for: it says what would fill it. */
export function Absent({ page }: { readonly page: PageId }) {
  const { name, asks } = PAGE_WORDS[page];
  return (
    <article className="page absent">
      <p className="kicker">{name}</p>
      <h1>{asks}</h1>
      {ABSENT_WORDS[page]
        .filter((each) => each !== "")
        .map((each) => (
          <p key={each}>{each}</p>
        ))}
    </article>
  );
}
