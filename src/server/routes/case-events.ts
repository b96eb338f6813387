import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import { stateOf } from "../../api/index.ts";
import type { CaseNews } from "../cases/changes.ts";
import type { CaseRow } from "../db/tables.ts";
import { caseFor } from "../http/guard.ts";
import type { Env } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { personOf } from "../http/who.ts";

/** Milliseconds between signs of life, so that whatever stands between keeps the line open. */
const BEAT = 25_000;

/**
 * Tells how a case stands: an event `now` at once, `changed` after each save, and by name what else there is to look at.
 *
 * The stream ends when the client goes, and when they may not read the case any more; that is looked at with each beat,
 * whenever somebody's role changed, and when their own sessions or account did.
 */
export function caseEvents(context: Context<Env>, services: Services, row: CaseRow): Response {
  const { accounts, changes, versions, store, identity, streams } = services;
  if (context.req.method === "HEAD") return context.body(null, 200, { "Content-Type": "text/event-stream" });
  let ended = (): void => {};
  const over = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const owner = personOf(context.get("who"))?.id ?? "";
  const closed = streams.open(owner, () => ended());
  return streamSSE(context, async (stream) => {
    stream.onAbort(ended);
    let queue: Promise<unknown> = Promise.resolve();
    const then = (act: () => Promise<unknown>): void => {
      queue = queue.then(act).catch(ended);
    };
    const mayRead = async () => caseFor(store.db, await identity.of(context.req.raw.headers), row.id);
    const state = async (event: "now" | "changed"): Promise<void> => {
      const found = await mayRead();
      if (found === undefined) return end();
      const { number, snapshot } = await versions.head(found.row);
      await stream.writeSSE({ event, data: JSON.stringify({ ...stateOf(snapshot), version: number }) });
    };
    const end = async (): Promise<void> => {
      await stream.writeSSE({ event: "gone", data: "{}" });
      ended();
    };
    const look = () => then(async () => (await mayRead()) ?? end());
    const told = (news: CaseNews): void => {
      if (news.kind === "saved") then(() => state("changed"));
      else if (news.kind === "gone") then(end);
      else if (news.kind === "access") look();
      else then(() => stream.writeSSE({ event: news.kind, data: "{}" }));
    };
    const stop = changes.listen(row.id, told);
    const stopSessions = accounts.sessions.whenForgotten(owner, look);
    then(() => state("now"));
    const beat = setInterval(
      () => then(async () => ((await mayRead()) ? stream.write(": still here\n\n") : end())),
      BEAT,
    );
    await over;
    closed();
    clearInterval(beat);
    stop();
    stopSessions();
  });
}
