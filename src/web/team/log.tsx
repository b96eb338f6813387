import { useState } from "react";
import { deedInWords, workspaceWords as words } from "../words/workspace.ts";
import type { components } from "./api.d.ts";
import type { Told } from "./client.ts";
import { useAsked, Waiting, When } from "./parts.tsx";

type Entry = components["schemas"]["AuditEntry"];
type Page = { readonly ok: true; readonly entries: readonly Entry[] };

/** Who did what, newest first. */
export function Log({ load }: { readonly load: (before: { before?: string }) => Promise<Told<Page>> }) {
  const [older, setOlder] = useState<readonly Entry[]>([]);
  const [ended, setEnded] = useState(false);
  const { data, refused, again } = useAsked(() => load({}));
  if (data === undefined) return <Waiting refused={refused} again={again} />;
  const entries = [...data.entries, ...older];
  const last = entries.at(-1);
  const more = async () => {
    if (last === undefined) return;
    const answer = await load({ before: last.seq });
    if (!answer.ok) return;
    setOlder([...older, ...answer.entries]);
    setEnded(answer.entries.length === 0);
  };
  return (
    <>
      <ol className="team-log" tabIndex={0} aria-label={words.log}>
        {entries.map(({ seq, at, actor, action, detail }) => (
          <li key={seq}>
            <When at={at} />
            <span>
              <strong>{actor === null ? words.server : actor.name || words.gone}</strong> {deedInWords(action, detail)}
            </span>
          </li>
        ))}
      </ol>
      {ended || data.entries.length < 50 ? null : (
        <button type="button" onClick={() => void more()}>
          {words.older}
        </button>
      )}
    </>
  );
}
