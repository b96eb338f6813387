import { lazy, Suspense, useEffect, useRef } from "react";
import { Gallery } from "../pages/gallery.tsx";
import { PAGES, type PageId } from "../state/address.ts";
import { go } from "../state/session.ts";
import { type State, useStore } from "../state/store.ts";
import { PAGE_WORDS, words } from "../words.ts";
import { Because } from "./because.tsx";
import { Notices } from "./notices.tsx";
import { Rail } from "./rail.tsx";
import { Topbar } from "./topbar.tsx";
import { Trouble } from "./trouble.tsx";

const PAGE: Readonly<Record<PageId, React.ComponentType>> = {
  brief: lazy(() => import("../pages/brief.tsx")),
  evidence: lazy(() => import("../pages/evidence.tsx")),
  stability: lazy(() => import("../pages/stability.tsx")),
  terms: lazy(() => import("../pages/terms.tsx")),
};

/** Pages that the case has something for. */
export function pagesOf({ now, whole }: State): readonly PageId[] {
  const any = whole?.assessment ?? now?.assessment;
  if (any === undefined) return [];
  const has: Readonly<Record<PageId, boolean>> = {
    brief: true,
    evidence: any.questions.length > 0,
    stability: any.stability !== null,
    terms: any.terms !== null,
  };
  return PAGES.filter((page) => has[page]);
}

export function Shell() {
  const state = useStore();
  const { address, open, trouble, now, whole } = state;
  const main = useRef<HTMLElement>(null);
  const ready = (now ?? whole) !== undefined;
  const pages = pagesOf(state);
  const title = whole?.assessment.case.title ?? now?.assessment.case.title;
  const page = pages.includes(address.page) ? address.page : "brief";

  const place = `${address.case ?? ""}/${page}`;
  const lastPlace = useRef<string | undefined>(undefined);
  useEffect(() => {
    const name = address.case === undefined ? undefined : [PAGE_WORDS[page].name, title ?? address.case];
    document.title = [...(name ?? []), words.parley].join(" · ");
    if (lastPlace.current !== undefined && lastPlace.current !== place) {
      // A new page is read from its top, by eye and by ear.
      main.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    lastPlace.current = place;
  }, [place, page, title, address.case]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && useStore.getState().address.because !== undefined) go({ because: undefined });
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);

  const Page = PAGE[page];
  const inCase = address.case !== undefined;
  return (
    <div className={`shell${inCase ? " in-case" : ""}${address.because === undefined ? "" : " with-because"}`}>
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        {words.skip}
      </button>
      <Topbar />
      {inCase && pages.length > 0 ? <Rail pages={pages} page={page} /> : null}
      <main id="page" tabIndex={-1} ref={main}>
        <Notices />
        {!inCase ? (
          <Gallery />
        ) : trouble !== undefined ? (
          <Trouble trouble={trouble} />
        ) : ready && open !== undefined ? (
          <Suspense fallback={<p className="waiting">{words.readingCase}</p>}>
            <Page />
          </Suspense>
        ) : (
          <p className="waiting">{words.readingCase}</p>
        )}
      </main>
      {inCase && address.because !== undefined && ready ? <Because id={address.because} /> : null}
    </div>
  );
}
