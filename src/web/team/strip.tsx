import { useEffect, useState } from "react";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { forgetTalk, useTalk } from "../state/talk.ts";
import { reaches, type TeamCase, useTeam } from "../state/team.ts";
import { talkWords } from "../words/talk.ts";
import { caseWords as words } from "../words/team-case.ts";
import type { components } from "./api.d.ts";
import { api, told } from "./client.ts";
import AccountMenu from "./menu.tsx";
import { useAsked } from "./parts.tsx";

/** The line above a case of a team: its version, what is said of it, who else is here, and whom it is open to. */
export default function Strip() {
  const { address } = usePick("address");
  const open = useTeam((team) => team.open);
  if (open === undefined) return null;
  return (
    <div className="team-strip">
      <a href={hrefOf(address, { team: "versions", selected: undefined })}>{words.version(open.version)}</a>
      <TalkLink id={open.id} />
      <a href={hrefOf(address, { team: "members", selected: undefined })}>
        {open.role === "owner" ? words.peopleAndLinks : words.people}
      </a>
      {reaches(open.role, "editor") ? null : <span className="team-mark">{words.reader}</span>}
      <span className="rest" />
      <Here open={open} />
      <AccountMenu />
    </div>
  );
}

/** The way to the comments; it keeps their counts for the fields of the form. */
function TalkLink({ id }: { readonly id: string }) {
  const { address } = usePick("address");
  const heard = useTeam((team) => team.news["comments"] ?? 0);
  const { data } = useAsked(
    () => told(api.GET("/api/cases/{case}/comments", { params: { path: { case: id } } })),
    id,
    heard,
  );
  const threads = data?.comments.filter(({ parent, resolved }) => parent === null && resolved === null) ?? [];
  useEffect(() => {
    if (data === undefined) return;
    const counts = new Map<string, number>();
    for (const { path, parent, resolved } of data.comments) {
      if (parent === null && resolved === null) counts.set(path, (counts.get(path) ?? 0) + 1);
    }
    useTalk.setState({ open: true, counts });
  }, [data]);
  useEffect(() => forgetTalk, []);
  return <a href={hrefOf(address, { talk: "." })}>{talkWords.count(threads.length)}</a>;
}

/** How often the page says that it is still here, in milliseconds; the server forgets it after 45 seconds. */
const BEAT = 20_000;

type Page = components["schemas"]["Presence"];

/** Who else has the case open, and at what; it says so of this page, too. */
function Here({ open: { id } }: { readonly open: TeamCase }) {
  const { address } = usePick("address");
  const heard = useTeam((team) => team.news["presence"] ?? 0);
  const at = address.edit === undefined || /^[.!]$/.test(address.edit) ? null : address.edit;
  const [page] = useState(() => crypto.randomUUID());
  const { data, again } = useAsked(
    () => told(api.GET("/api/cases/{case}/presence", { params: { path: { case: id } } })),
    id,
    heard,
  );
  useEffect(() => {
    const say = async () => {
      if (document.hidden) return;
      await told(api.PUT("/api/cases/{case}/presence", { params: { path: { case: id } }, body: { page, path: at } }));
      await again();
    };
    void say();
    const timer = setInterval(() => void say(), BEAT);
    return () => clearInterval(timer);
  }, [id, page, at, again]);
  useEffect(() => {
    const leave = () =>
      void told(
        api.DELETE("/api/cases/{case}/presence/{page}", { params: { path: { case: id, page } }, keepalive: true }),
      );
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("pagehide", leave);
      leave();
    };
  }, [id, page]);
  const others = peopleOf(data?.pages ?? []);
  if (others.length === 0) return null;
  return (
    <ul className="team-here" aria-label={words.alsoHere}>
      {others.map(({ person, path }) => {
        const said = path === null ? words.isHere(person.name) : words.isAt(person.name, path);
        return (
          <li key={person.id} title={said}>
            <span className="team-face" aria-hidden="true">
              {initials(person.name)}
            </span>
            <span className="sr">{said}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** Everybody else once, at what they work on. */
function peopleOf(pages: readonly Page[]): readonly Page[] {
  const found = new Map<string, Page>();
  for (const page of pages) {
    if (page.you) continue;
    const before = found.get(page.person.id);
    if (before === undefined || before.path === null) found.set(page.person.id, page);
  }
  return [...found.values()];
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((part) => [...part][0] ?? "")
    .slice(0, 2)
    .join("")
    .toUpperCase();
