import { accountWords as words } from "../words/account.ts";
import { api, told } from "./client.ts";
import { Problems, useAct, useAsked, Waiting, When } from "./parts.tsx";

/** Where a person is signed in. */
export function Sessions() {
  const { data, refused, again } = useAsked(() => told(api.GET("/api/me/sessions")));
  const { busy, refused: kept, act } = useAct();
  const end = async (session: string) => {
    await act(() => told(api.DELETE("/api/me/sessions/{session}", { params: { path: { session } } })));
    await again();
  };
  const endOthers = async () => {
    await act(() => told(api.DELETE("/api/me/sessions")));
    await again();
  };
  const sessions = data?.sessions ?? [];
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{words.sessions}</h2>
      {data === undefined ? <Waiting refused={refused} again={again} /> : null}
      <ul className="team-list">
        {sessions.map(({ id, current, userAgent, usedAt }) => {
          const name = browserOf(userAgent);
          return (
            <li key={id}>
              <span className="what">
                {name} {current ? <span className="team-mark">{words.thisOne}</span> : null}
                <small>
                  {words.used} <When at={usedAt} />
                </small>
              </span>
              {current ? null : (
                <button
                  type="button"
                  className="quiet"
                  disabled={busy}
                  aria-label={words.endOf(name)}
                  onClick={() => void end(id)}
                >
                  {words.end}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {sessions.length > 1 ? (
        <button type="button" disabled={busy} onClick={() => void endOthers()}>
          {words.endOthers}
        </button>
      ) : null}
      <Problems refused={kept} />
    </section>
  );
}

/** A browser by what it calls itself. */
function browserOf(userAgent: string | null): string {
  if (userAgent === null) return words.unknownBrowser;
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\/(\d+)/.exec(userAgent);
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux)/.exec(userAgent)?.[1];
  const names: Readonly<Record<string, string>> = { Edg: "Edge", OPR: "Opera" };
  const name = browser === null ? undefined : `${names[browser[1] ?? ""] ?? browser[1]} ${browser[2]}`;
  return [name, system].filter((part) => part !== undefined).join(", ") || userAgent.slice(0, 80);
}
