import { useEffect, useRef } from "react";
import { PAGES, type PageId } from "../state/address.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { PAGE_WORDS, words } from "../words.ts";

/** The pages of a case, in the order of an analyst's questions; those that it fills nothing of stand back. */
export function Rail({ fills, page }: { readonly fills: Readonly<Record<PageId, boolean>>; readonly page: PageId }) {
  const { address } = usePick("address");
  const list = useRef<HTMLUListElement>(null);
  // On a narrow screen the pages stand in a row that scrolls.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page is brought into sight.
  useEffect(() => {
    const row = list.current;
    const current = row?.querySelector<HTMLElement>("[aria-current]")?.parentElement;
    if (row && current) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
  }, [page]);
  return (
    <nav className="rail" aria-label={words.pages}>
      <ul ref={list}>
        {PAGES.map((each) => (
          <li key={each} className={fills[each] ? "" : "empty"}>
            <a
              href={hrefOf(address, {
                page: each,
                team: undefined,
                selected: undefined,
                because: undefined,
                edit: undefined,
              })}
              aria-current={each === page && address.team === undefined ? "page" : undefined}
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
