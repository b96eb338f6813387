import { type FormEvent, useState } from "react";
import { GALLERY } from "../state/address.ts";
import { go, hrefOf, loadCatalogue } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { type TeamCase, type TeamRole, useTeam } from "../state/team.ts";
import { ROLE_WORDS, teamWords as shared } from "../words/team.ts";
import { caseWords as words } from "../words/team-case.ts";
import { api, told } from "./client.ts";
import { Confirmed, Problems, RoleSelect, Secret, TextInput, useAct, useAsked, Waiting, When } from "./parts.tsx";

/** Whom a case is open to: people with their roles, and links for whoever has them. */
export default function CaseMembers() {
  const { address } = usePick("address");
  const open = useTeam((team) => team.open);
  if (open === undefined) return null;
  const isOwner = open.role === "owner";
  return (
    <article className="page team-page">
      <p className="kicker">
        <a href={hrefOf(address, { team: undefined, selected: undefined })}>{words.backToCase}</a>
      </p>
      <h1>{isOwner ? words.peopleAndLinks : words.people}</h1>
      <People open={open} />
      {isOwner ? (
        <>
          <Links open={open} />
          <Deletion open={open} />
        </>
      ) : null}
    </article>
  );
}

function People({ open }: { readonly open: TeamCase }) {
  const { id, role, restricted } = open;
  const path = { case: id };
  const isOwner = role === "owner";
  const { data, refused, again } = useAsked(
    () => told(api.GET("/api/cases/{case}/members", { params: { path } })),
    id,
    restricted,
  );
  const [who, setWho] = useState("");
  const [as, setAs] = useState<TeamRole>("commenter");
  const { busy, refused: kept, act } = useAct();
  const give = async (person: string, next: TeamRole) => {
    const params = { path: { case: id, person } };
    const body = { role: next };
    const done = await act(() => told(api.PUT("/api/cases/{case}/members/{person}", { params, body })));
    await again();
    return done !== undefined;
  };
  const take = async (person: string) => {
    const params = { path: { case: id, person } };
    await act(() => told(api.DELETE("/api/cases/{case}/members/{person}", { params })));
    await again();
  };
  const restrict = async (next: boolean) => {
    const body = { restricted: next };
    const done = await act(() => told(api.PATCH("/api/cases/{case}", { params: { path }, body })));
    if (done !== undefined) useTeam.setState({ open: { ...open, restricted: next } });
    void loadCatalogue();
  };
  return (
    <section aria-label={words.people}>
      {isOwner ? (
        <label className="team-check">
          <input
            type="checkbox"
            checked={restricted}
            disabled={busy}
            onChange={({ target }) => void restrict(target.checked)}
          />
          <span>
            {words.restrict}
            <small className="team-facts">{words.restrictHelp}</small>
          </span>
        </label>
      ) : null}
      {data === undefined ? <Waiting refused={refused} again={again} /> : null}
      <ul className="team-list">
        {data?.members.map(({ person, role: theirs, own, workspace, email }) => (
          <li key={person.id}>
            <span className="what">
              {person.name}
              <small>
                {email === null ? "" : `${email}, `}
                {own === null
                  ? words.byWorkspace
                  : workspace === null
                    ? words.byCaseAlone
                    : words.byBoth(ROLE_WORDS[workspace].name)}
              </small>
            </span>
            {isOwner && own !== null ? (
              <>
                <RoleSelect
                  label={words.roleOf(person.name)}
                  value={own}
                  change={(next) => void give(person.id, next)}
                />
                <button
                  type="button"
                  className="quiet"
                  aria-label={words.takeOf(person.name)}
                  onClick={() => void take(person.id)}
                >
                  {words.take}
                </button>
              </>
            ) : (
              <span className="team-mark">{ROLE_WORDS[theirs].name}</span>
            )}
          </li>
        ))}
      </ul>
      {isOwner ? (
        <form
          className="team-inline"
          onSubmit={async (event) => {
            event.preventDefault();
            if (await give(who.trim(), as)) setWho("");
          }}
        >
          <TextInput
            label={words.add}
            type="email"
            autoComplete="off"
            required
            maxLength={320}
            value={who}
            change={setWho}
          />
          <div className="team-field narrow">
            <span className="named">{words.as}</span>
            <RoleSelect label={words.addRole} value={as} change={setAs} />
          </div>
          <button type="submit" disabled={busy}>
            {words.addDo}
          </button>
        </form>
      ) : null}
      <Problems refused={kept} />
    </section>
  );
}

function Links({ open: { id, version } }: { readonly open: TeamCase }) {
  const path = { case: id };
  const { data, refused, again } = useAsked(() => told(api.GET("/api/cases/{case}/shares", { params: { path } })), id);
  const [days, setDays] = useState("7");
  const [frozen, setFrozen] = useState(false);
  const [redact, setRedact] = useState(false);
  const [link, setLink] = useState<string>();
  const { busy, refused: kept, act } = useAct();
  const make = async (event: FormEvent) => {
    event.preventDefault();
    const body = { days: Number(days), redact, ...(frozen ? { version } : {}) };
    const made = await act(() => told(api.POST("/api/cases/{case}/shares", { params: { path }, body })));
    if (made === undefined) return;
    setLink(new URL(`#/shared/${made.token}`, document.baseURI).href);
    await again();
  };
  const revoke = async (share: string) => {
    await act(() => told(api.DELETE("/api/cases/{case}/shares/{share}", { params: { path: { case: id, share } } })));
    setLink(undefined);
    await again();
  };
  return (
    <section aria-labelledby="links">
      <h2 id="links">{words.links}</h2>
      <p>{words.linksHelp}</p>
      <form className="team-form" onSubmit={(event) => void make(event)}>
        <TextInput label={words.days} inputMode="numeric" required value={days} change={setDays} />
        <label className="team-check">
          <input type="checkbox" checked={frozen} onChange={({ target }) => setFrozen(target.checked)} />{" "}
          {words.frozen(version)}
        </label>
        <label className="team-check">
          <input type="checkbox" checked={redact} onChange={({ target }) => setRedact(target.checked)} /> {words.redact}
        </label>
        <p className="buttons">
          <button type="submit" className="primary" disabled={busy || !/^\d{1,3}$/.test(days)}>
            {words.makeLink}
          </button>
        </p>
      </form>
      <Problems refused={kept} />
      {link === undefined ? null : <Secret value={link} label={words.link} help={words.linkOnce} />}
      {data === undefined ? <Waiting refused={refused} again={again} /> : null}
      <ul className="team-list">
        {data?.shares.map(({ id: share, version: of, redact: isRedacted, by, madeAt, expiresAt }) => {
          const shows = of === null ? words.showsNewest : words.shows(of);
          return (
            <li key={share}>
              <span className="what">
                {shows} {isRedacted ? <span className="team-mark">{words.redacted}</span> : null}
                <small>
                  {words.madeBy(by?.name ?? words.nobodyNow)} <When at={madeAt} />; {words.until}{" "}
                  <When at={expiresAt} />
                </small>
              </span>
              <Confirmed
                label={words.revokeOf(shows)}
                ask={words.revokeAsk}
                sure={words.revoke}
                act={() => void revoke(share)}
              >
                {words.revoke}
              </Confirmed>
            </li>
          );
        })}
      </ul>
      {data?.shares.length === 0 ? <p className="team-facts">{words.noLinks}</p> : null}
    </section>
  );
}

function Deletion({ open: { id } }: { readonly open: TeamCase }) {
  const [sure, setSure] = useState(false);
  const { busy, refused, act } = useAct();
  const remove = async (event: FormEvent) => {
    event.preventDefault();
    if ((await act(() => told(api.DELETE("/api/cases/{case}", { params: { path: { case: id } } })))) === undefined)
      return;
    go(GALLERY);
    await loadCatalogue();
  };
  return (
    <details className="team-danger">
      <summary>{words.delete}</summary>
      <p>{words.deleteHelp}</p>
      <form className="team-form" onSubmit={(event) => void remove(event)}>
        <label className="team-check">
          <input type="checkbox" checked={sure} onChange={({ target }) => setSure(target.checked)} />{" "}
          {shared.deleteSure}
        </label>
        <p className="buttons">
          <button type="submit" className="danger" disabled={busy || !sure}>
            {words.delete}
          </button>
        </p>
      </form>
      <Problems refused={refused} />
    </details>
  );
}
