import { lazy, memo, Suspense, useEffect, useRef } from "react";
import { isLink } from "../cases/link-mark.ts";
import { Gallery } from "../pages/gallery.tsx";
import { type PageId, parseAddress } from "../state/address.ts";
import { useEditing } from "../state/editing.ts";
import { go } from "../state/session.ts";
import { type State, usePick, useStore } from "../state/store.ts";
import { useTeam } from "../state/team.ts";
import { PAGE_WORDS, words } from "../words.ts";
import { Absent } from "./absent.tsx";
import { Because } from "./because.tsx";
import { Boundary } from "./boundary.tsx";
import { useTextKey } from "./drawer/key.ts";
import { KeepBar } from "./keep-reading.tsx";
import { Notices } from "./notices.tsx";
import { Rail } from "./rail.tsx";
import { RoomBar } from "./room-bar.tsx";
import { Topbar } from "./topbar.tsx";
import { Trouble } from "./trouble.tsx";

const TeamPages = lazy(() => import("../team/pages.tsx"));
const TeamGallery = lazy(() => import("../team/gallery.tsx"));
const Away = lazy(() => import("../team/away.tsx"));
const SignIn = lazy(() => import("../team/sign-in.tsx"));
const Comments = lazy(() => import("../team/comments.tsx"));
const Strip = lazy(() => import("../team/strip.tsx"));
const Clashes = lazy(() => import("./clashes.tsx"));
const Linked = lazy(() => import("../pages/linked.tsx"));

const FETCH: Readonly<Record<PageId, () => Promise<{ readonly default: React.ComponentType }>>> = {
  brief: () => import("../pages/brief.tsx"),
  evidence: () => import("../pages/evidence.tsx"),
  parties: () => import("../pages/parties.tsx"),
  stability: () => import("../pages/stability.tsx"),
  terms: () => import("../pages/terms.tsx"),
  futures: () => import("../pages/futures.tsx"),
  history: () => import("../pages/history.tsx"),
  compare: () => import("../pages/compare.tsx"),
  record: () => import("../pages/record.tsx"),
  report: () => import("../pages/report.tsx"),
};

/** Each takes what it shows from the store: it is not drawn again for what the shell is. */
const PAGE = new Map(
  Object.entries(FETCH).map(([id, fetch]) => [id, lazy(async () => ({ default: memo((await fetch()).default) }))]),
);

/** Fetches the page that the address names while its case is read. */
export function fetchPage(): void {
  const { case: id, page } = parseAddress(location.hash);
  if (id !== undefined) void FETCH[page]();
}

const EditPanel = lazy(() => import("./edit-panel.tsx"));
const NewCase = lazy(() => import("../pages/new-case.tsx"));
const Drawer = lazy(() => import("./drawer/drawer.tsx"));

/** Whether a page has something to show, or says what would fill it. */
export function fillsOf({ now, whole }: Pick<State, "now" | "whole">): Readonly<Record<PageId, boolean>> | undefined {
  const any = whole?.assessment ?? now?.assessment;
  if (any === undefined) return undefined;
  return {
    brief: true,
    evidence: any.questions.length > 0,
    parties: true,
    stability: any.stability !== null,
    terms: any.terms !== null,
    futures: any.simulation !== null,
    history: any.baseRates !== null,
    compare: true,
    record: any.questions.length > 0,
    report: true,
  };
}

/** Pages that the evidence alone fills nothing of. */
const NEEDS_WHOLE: readonly PageId[] = ["stability", "terms", "futures"];

const awaitsWhole = (whole: unknown, isWorking: boolean, page: PageId): boolean =>
  whole === undefined && isWorking && NEEDS_WHOLE.includes(page);

export function Shell() {
  const { address, open, trouble, now, whole } = usePick("address", "open", "trouble", "now", "whole");
  const isWorking = useStore(({ work }) => work !== undefined);
  const team = useTeam();
  const hasClashes = useEditing(({ clashes }) => clashes.length > 0);
  const main = useRef<HTMLElement>(null);
  const ready = (now ?? whole) !== undefined;
  const fills = fillsOf({ now, whole });
  const title = whole?.assessment.case.title ?? now?.assessment.case.title;
  const { page } = address;

  const place = `${address.case ?? ""}/${address.team ?? page}/${address.of ?? ""}`;
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
      if (event.key !== "Escape" || event.defaultPrevented) return;
      const { edit, because, talk } = useStore.getState().address;
      // The form lies over the reasons that it was opened from, comments over both.
      if (talk !== undefined) go({ talk: undefined });
      else if (edit !== undefined) go({ edit: undefined });
      else if (because !== undefined) go({ because: undefined });
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);

  useTextKey();

  const Page = PAGE.get(page) as React.ComponentType;
  const inCase = address.case !== undefined;
  const talks = inCase && team.open !== undefined && address.talk !== undefined && !address.room;
  const waiting = <p className="waiting">{words.readingCase}</p>;
  return (
    <div
      className={`shell${inCase ? " in-case" : ""}${address.because === undefined && (address.edit === undefined || address.room) && !talks ? "" : " with-because"}`}
    >
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        {words.skip}
      </button>
      <Topbar />
      {inCase && fills !== undefined ? <Rail fills={fills} page={page} /> : null}
      <main id="page" tabIndex={-1} ref={main}>
        {address.room && inCase ? <RoomBar /> : null}
        {team.open === undefined || address.room ? null : (
          <Suspense>
            <Strip />
          </Suspense>
        )}
        <Notices />
        {hasClashes && !address.room ? (
          <Suspense>
            <Clashes />
          </Suspense>
        ) : null}
        {inCase && ready ? <KeepBar /> : null}
        <Boundary key={place}>
          {address.case !== undefined && isLink(address.case) ? (
            <Suspense fallback={waiting}>
              <Linked text={address.case} key={address.case} />
            </Suspense>
          ) : team.kind === "away" &&
            (!inCase || address.team !== undefined || (trouble !== undefined && "missing" in trouble)) ? (
            <Suspense fallback={waiting}>
              <Away />
            </Suspense>
          ) : !inCase && address.making !== undefined ? (
            <Suspense>
              <NewCase />
            </Suspense>
          ) : address.team !== undefined ? (
            <Suspense fallback={waiting}>
              <TeamPages />
            </Suspense>
          ) : !inCase && team.kind === "unknown" ? null : !inCase && team.kind !== "team" ? (
            <Gallery />
          ) : !inCase && team.person !== undefined ? (
            <Suspense fallback={waiting}>
              <TeamGallery />
            </Suspense>
          ) : !inCase || (trouble !== undefined && team.kind === "team" && "missing" in trouble && trouble.locked) ? (
            <Suspense fallback={waiting}>
              <SignIn forCase={inCase} />
            </Suspense>
          ) : trouble !== undefined ? (
            <Trouble trouble={trouble} />
          ) : ready && open !== undefined ? (
            <Suspense fallback={waiting}>
              {fills?.[page] === false && awaitsWhole(whole, isWorking, page) ? (
                <p className="waiting">{words.awaited}</p>
              ) : fills?.[page] === false ? (
                <Absent page={page} />
              ) : (
                <Page />
              )}
            </Suspense>
          ) : (
            <p className="waiting">{words.readingCase}</p>
          )}
        </Boundary>
      </main>
      {talks ? (
        <Boundary>
          <Suspense fallback={<aside className="because-panel" />}>
            <Comments path={address.talk ?? "."} />
          </Suspense>
        </Boundary>
      ) : inCase && address.edit !== undefined && !address.room && open !== undefined ? (
        <Boundary>
          <Suspense fallback={<aside className="because-panel" />}>
            <EditPanel path={address.edit} />
          </Suspense>
        </Boundary>
      ) : inCase && address.because !== undefined && ready ? (
        <Because id={address.because} />
      ) : null}
      {inCase && address.text !== undefined && !address.room && open !== undefined ? (
        <Boundary>
          <Suspense>
            <Drawer />
          </Suspense>
        </Boundary>
      ) : null}
    </div>
  );
}
