import { useState } from "react";
import { go, hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { reaches, useTeam } from "../state/team.ts";
import { teamWords } from "../words/team.ts";
import { caseWords as words } from "../words/team-case.ts";
import { api, told } from "./client.ts";
import { Diff } from "./diff.tsx";
import { Confirmed, Problems, useAct, useAsked, Waiting, When } from "./parts.tsx";

/** How many versions are asked for at a time. */
const STEP = 30;

/** The versions of the case: each can be looked at, compared and restored. */
export default function Versions() {
  const { address } = usePick("address");
  const open = useTeam((team) => team.open);
  const id = address.case ?? "";
  const [limit, setLimit] = useState(STEP);
  const head = open?.version;
  const { data, refused, again } = useAsked(
    () => told(api.GET("/api/cases/{case}/versions", { params: { path: { case: id }, query: { limit } } })),
    id,
    limit,
    head,
  );
  const restoring = useAct();
  const [said, setSaid] = useState("");
  if (open === undefined) return null;
  const mayEdit = reaches(open.role, "editor");
  const newest = data?.versions[0]?.number;
  const restore = async (version: number) => {
    const path = { case: id, version };
    const made = await restoring.act(() =>
      told(api.POST("/api/cases/{case}/versions/{version}/restore", { params: { path }, body: {} })),
    );
    if (made === undefined) return;
    setSaid(words.restored(made.version));
    await again();
  };
  // One version, or two with dots between them; what is said of two stands at the newer one, unless that is the newest of all.
  const [first, second] = (address.selected ?? "").split("..").map(Number);
  const place = second !== undefined && first === second - 1 ? second : first;
  return (
    <article className="page team-page">
      <p className="kicker">
        <a href={hrefOf(address, { team: undefined, selected: undefined })}>{words.backToCase}</a>
      </p>
      <h1>{words.versions}</h1>
      <p className="lead">{words.versionsLead}</p>
      <p role="status">{said}</p>
      <Problems refused={restoring.refused} />
      {data === undefined ? <Waiting refused={refused} again={again} /> : null}
      <ol className="team-versions" reversed>
        {data?.versions.map(({ number, kind, author, at, message }) => (
          <li key={number} className={number === place ? "current" : ""}>
            <span className="number">{number}</span>
            <span>
              {author === null ? words.nobody : words.by(author.name)}, <When at={at} />{" "}
              {number === newest ? <span className="team-mark">{words.newest}</span> : null}
              <small className="team-facts">{message ?? words.kind(kind)}</small>
            </span>
            <span className="acts">
              {number === 1 ? null : (
                <a
                  href={hrefOf(address, { selected: `${number - 1}..${number}` })}
                  aria-label={words.changedIn(number)}
                >
                  {words.changed}
                </a>
              )}
              {newest === undefined || number >= newest - 1 ? null : (
                <a href={hrefOf(address, { selected: `${number}..${newest}` })} aria-label={words.compareOf(number)}>
                  {words.compare}
                </a>
              )}
              <a href={hrefOf(address, { selected: String(number) })} aria-label={words.viewOf(number)}>
                {words.view}
              </a>
              {number === newest || !mayEdit ? null : (
                <Confirmed
                  ask={words.restoreAsk(number)}
                  sure={words.restoreSure}
                  label={words.restoreOf(number)}
                  act={() => void restore(number)}
                >
                  {words.restore}
                </Confirmed>
              )}
            </span>
            {number === place ? (
              second === undefined ? (
                <OneVersion id={id} version={number} />
              ) : (
                <Diff key={address.selected} id={id} from={first ?? number} to={second} />
              )
            ) : null}
          </li>
        ))}
      </ol>
      {data !== undefined && data.versions.length === limit ? (
        <button type="button" onClick={() => setLimit(limit + STEP)}>
          {words.older}
        </button>
      ) : null}
    </article>
  );
}

/** The texts of one version. */
function OneVersion({ id, version }: { readonly id: string; readonly version: number }) {
  const path = { case: id, version };
  const { data, refused, again } = useAsked(
    () => told(api.GET("/api/cases/{case}/versions/{version}", { params: { path } })),
    id,
    version,
  );
  return (
    <section className="team-one" aria-label={words.textsOf(version)}>
      <p className="team-buttons">
        <h2>{words.textsOf(version)}</h2>
        <button type="button" className="quiet" onClick={() => go({ selected: undefined }, "replace")}>
          {teamWords.close}
        </button>
      </p>
      {data === undefined ? <Waiting refused={refused} again={again} /> : null}
      {data?.files.map(({ name, text }) => (
        <div key={name}>
          <p className="team-facts">
            <code>{name}</code>
          </p>
          <pre className="team-text" tabIndex={0} role="region" aria-label={name}>
            {text}
          </pre>
        </div>
      ))}
    </section>
  );
}
