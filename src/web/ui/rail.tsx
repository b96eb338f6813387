import type { PageId } from "../state/address.ts";
import { hrefOf } from "../state/session.ts";
import { useStore } from "../state/store.ts";
import { PAGE_WORDS, words } from "../words.ts";

/** The pages of a case, in the order of an analyst's questions. */
export function Rail({ pages, page }: { readonly pages: readonly PageId[]; readonly page: PageId }) {
  const { address } = useStore();
  return (
    <nav className="rail" aria-label={words.pages}>
      <ul>
        {pages.map((each) => (
          <li key={each}>
            <a
              href={hrefOf(address, { page: each, selected: undefined, because: undefined })}
              aria-current={each === page ? "page" : undefined}
            >
              <span className="name">{PAGE_WORDS[each].name}</span>
              <span className="asks">{PAGE_WORDS[each].asks}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
