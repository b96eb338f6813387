import type { PageId } from "../state/address.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { SECTION } from "../state/text-desk.ts";
import { drawerWords } from "../words/drawer.ts";
import { ABSENT_WORDS, PAGE_WORDS } from "../words.ts";

/** Pages that a section of the case fills, which can be written here. */
const WRITABLE: readonly PageId[] = ["evidence", "parties", "stability", "terms", "futures", "history"];

/** A page that the case, or this version, has nothing for: it says what would fill it. */
export function Absent({ page }: { readonly page: PageId }) {
  const { name, asks } = PAGE_WORDS[page];
  const { address } = usePick("address");
  return (
    <article className="page absent">
      <p className="kicker">{name}</p>
      <h1>{asks}</h1>
      {ABSENT_WORDS[page]
        .filter((each) => each !== "")
        .map((each) => (
          <p key={each}>{each}</p>
        ))}
      {WRITABLE.includes(page) && !address.room ? (
        <p>
          <a href={hrefOf(address, { edit: SECTION[page] })}>{drawerWords.addIn(SECTION[page])}</a>{" "}
          <a href={hrefOf(address, { text: "." })}>{drawerWords.writeIt}</a>
        </p>
      ) : null}
    </article>
  );
}
