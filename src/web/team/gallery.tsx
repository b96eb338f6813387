import { type FormEvent, useState } from "react";
import { CaseCard, DropZone } from "../pages/gallery.tsx";
import { GALLERY } from "../state/address.ts";
import { hrefOf, sessionChanged } from "../state/session.ts";
import { type CatalogueEntry, usePick } from "../state/store.ts";
import { reaches, type TeamWorkspace, useTeam } from "../state/team.ts";
import { ago, ROLE_WORDS, teamWords as words } from "../words/team.ts";
import { words as shellWords } from "../words.ts";
import { api, told } from "./client.ts";
import { Problems, TextInput, useAct } from "./parts.tsx";

/** The cases of a team, by workspace; below them those that came with Parley, and those of this browser. */
export default function TeamGallery() {
  const { catalogue } = usePick("catalogue");
  const { workspaces, person } = useTeam();
  if (catalogue === undefined) return <p className="waiting">{words.loading}</p>;
  const bundled = catalogue.filter(({ own, team }) => !own && team === undefined);
  const kept = catalogue.filter(({ own }) => own);
  // A case may be open to somebody who is no member of its workspace.
  const names = new Set(workspaces.map(({ id }) => id));
  const others = catalogue.filter(({ team }) => team !== undefined && !names.has(team.workspace));
  return (
    <article className="page gallery team-page">
      <h1>{shellWords.cases}</h1>
      <p className="lead">{workspaces.length === 0 && others.length === 0 ? words.noWorkspace : words.galleryLead}</p>
      {workspaces.map((workspace) => (
        <Workspace
          key={workspace.id}
          workspace={workspace}
          cards={catalogue.filter(({ team }) => team?.workspace === workspace.id)}
        />
      ))}
      {others.length === 0 ? null : (
        <section className="team-workspace">
          <header>
            <h2>{words.sharedWithYou}</h2>
          </header>
          <ul className="case-cards">
            {others.map((card) => (
              <TeamCard key={card.id} card={card} />
            ))}
          </ul>
        </section>
      )}
      {person?.keeper === true ? <NewWorkspace /> : null}
      <h2>{words.ofParley}</h2>
      <ul className="case-cards">
        {bundled.map((card) => (
          <CaseCard key={card.id} card={card} />
        ))}
      </ul>
      <h2>{words.inBrowser}</h2>
      {kept.length === 0 ? null : (
        <ul className="case-cards">
          {kept.map((card) => (
            <CaseCard key={card.id} card={card} />
          ))}
        </ul>
      )}
      <DropZone />
    </article>
  );
}

function Workspace({
  workspace: { id, name, role },
  cards,
}: {
  readonly workspace: TeamWorkspace;
  readonly cards: readonly CatalogueEntry[];
}) {
  return (
    <section className="team-workspace" aria-labelledby={`workspace-${id}`}>
      <header>
        <h2 id={`workspace-${id}`}>
          {name} <span className="team-mark">{ROLE_WORDS[role].name}</span>
        </h2>
        {reaches(role, "editor") ? (
          <a
            href={hrefOf(GALLERY, { making: "template" })}
            onClick={() => useTeam.setState({ into: id })}
            aria-label={`${words.newCase}: ${name}`}
          >
            {words.newCase}
          </a>
        ) : null}
        <a href={hrefOf(GALLERY, { team: "workspace", of: id })} aria-label={`${words.settings}: ${name}`}>
          {words.settings}
        </a>
      </header>
      {cards.length === 0 ? <p className="none">{words.noCases}</p> : null}
      <ul className="case-cards">
        {cards.map((card) => (
          <TeamCard key={card.id} card={card} />
        ))}
      </ul>
    </section>
  );
}

function TeamCard({ card: { id, title, asOf, team } }: { readonly card: CatalogueEntry }) {
  if (team === undefined) return null;
  return (
    <li className="case-card">
      <h3>
        <a href={hrefOf(GALLERY, { case: id })}>{title}</a>
      </h3>
      {asOf === null ? null : <p className="facts">{shellWords.asOf(asOf)}</p>}
      <p className="facts">{words.versionAt(team.version, ago(team.updatedAt))}</p>
      {team.restricted || !reaches(team.role, "editor") ? (
        <p className="facts">
          {team.restricted ? (
            <span className="team-mark" title={words.restrictedHelp}>
              {words.restricted}
            </span>
          ) : null}{" "}
          {reaches(team.role, "editor") ? null : <span className="team-mark">{ROLE_WORDS[team.role].name}</span>}
        </p>
      ) : null}
    </li>
  );
}

function NewWorkspace() {
  const [name, setName] = useState("");
  const [open, setOpen] = useState(false);
  const { busy, refused, act } = useAct();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const made = await act(() => told(api.POST("/api/workspaces", { body: { name } })));
    if (made === undefined) return;
    setName("");
    setOpen(false);
    await sessionChanged();
  };
  return (
    <section className="team-new">
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {words.newWorkspace}
      </button>
      {open ? (
        <form className="team-inline" onSubmit={(event) => void submit(event)}>
          <TextInput label={words.workspaceName} required maxLength={100} value={name} change={setName} />
          <button type="submit" className="primary" disabled={busy}>
            {words.make}
          </button>
        </form>
      ) : null}
      <Problems refused={refused} />
    </section>
  );
}
