import type {
  CaseList,
  CaseMade,
  CaseRecord,
  CaseRequest,
  CaseState,
  CaseText,
  EditsMade,
  KEY_HEADER,
  Refusal,
  TextSaved,
  WholeCase,
} from "../../api/index.ts";
import type { Edit } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";

/** The header that carries the key, by the API's own word for it. */
const HEADER: typeof KEY_HEADER = "X-Parley-Key";

/** How long an answer is waited for, in milliseconds. */
const PATIENCE = 30_000;

/** What a question to the server came to; `lost`: it does not answer, or not to this key. */
export type Answer<T> =
  | T
  | {
      readonly ok: false;
      readonly problems: readonly Problem[];
      readonly lost: boolean;
      /** The server answers, but wants another key: it was started anew. */
      readonly locked?: boolean;
      /** The case as it is now, where it is another than was meant. */
      readonly hash?: string;
      readonly files?: readonly CaseText[];
    };

export interface ApiClient {
  list(): Promise<Answer<CaseList>>;
  open(id: string): Promise<Answer<WholeCase>>;
  /** A case of a team, by the secret of a link to it. */
  shared(secret: string): Promise<Answer<WholeCase>>;
  /** The case's record of forecasts. */
  record(id: string): Promise<Answer<CaseRecord>>;
  edits(id: string, base: string, edits: readonly Edit[]): Promise<Answer<EditsMade>>;
  /** A base of null for a file that is not there. */
  saveText(id: string, name: string, text: string, base: string | null): Promise<Answer<TextSaved>>;
  /** A new case: in a workspace of a team server, else in the server's folder for new cases. */
  create(request: CaseRequest, workspace?: string): Promise<Answer<CaseMade>>;
  /** Tells of each state of a case's files, and of the connection, until the function that is returned is called. */
  events(
    id: string,
    onState: (state: CaseState) => void,
    onConnection: (state: Connection) => void,
    /** Other news, by name: `comments`, `presence`, `runs`, `gone`. */
    onNews?: (name: string) => void,
  ): () => void;
}

/** `locked`: the server answers, but not to this key, or to nobody who did not sign in. */
export type Connection = "there" | "lost" | "locked";

const LOST: Answer<never> = { ok: false, problems: [], lost: true };

/**
 * A client of the workbench's server side: every answer is data, nothing is thrown.
 *
 * @param hasSession - whether requests carry the cookie of who signed in; a server of folders knows the key alone.
 */
export function apiClient(
  base: string,
  key: () => string | undefined,
  hasSession: () => boolean = () => false,
): ApiClient {
  const pathOf = (...parts: readonly string[]) => new URL(`api/cases${parts.map((p) => `/${p}`).join("")}`, base);
  const credentials = (): RequestCredentials => (hasSession() ? "same-origin" : "omit");
  const headers = (): Record<string, string> => {
    const own = key();
    return own === undefined ? {} : { [HEADER]: own };
  };

  async function ask<T extends { readonly ok: true }>(
    url: URL,
    method = "GET",
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<Answer<T>> {
    try {
      const response = await fetch(url, {
        method,
        headers: { ...headers(), ...more, ...(body === undefined ? {} : { "content-type": "application/json" }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        cache: "no-store",
        credentials: credentials(),
        redirect: "error",
        signal: AbortSignal.timeout(PATIENCE),
      });
      // Of the page's own service worker, where there is no network.
      if (response.headers.has("X-Parley-Away")) return LOST;
      const answer = (await response.json()) as T | Refusal;
      if (answer.ok === true) return answer;
      if (answer.ok !== false) return LOST;
      const locked = response.status === 401;
      return { ...answer, lost: locked, locked };
    } catch {
      return LOST;
    }
  }

  return {
    list: () => ask(pathOf()),
    open: (id) => ask(pathOf(encodeURIComponent(id))),
    shared: (secret) => ask(new URL("api/shared", base), "GET", undefined, { "X-Parley-Share": secret }),
    record: (id) => ask(pathOf(encodeURIComponent(id), "record")),
    edits: (id, base, edits) => ask(pathOf(encodeURIComponent(id), "edits"), "POST", { base, edits }),
    saveText: (id, name, text, base) =>
      ask(pathOf(encodeURIComponent(id), "files", encodeURIComponent(name)), "PUT", { base, text }),
    create: (request, workspace) =>
      ask(
        workspace === undefined ? pathOf() : new URL(`api/workspaces/${encodeURIComponent(workspace)}/cases`, base),
        "POST",
        request,
      ),
    events: (id, onState, onConnection, onNews = () => {}) => {
      const line = () => ({ headers: headers(), credentials: credentials() });
      return listen(pathOf(encodeURIComponent(id), "events"), line, { onState, onConnection, onNews });
    },
  };
}

/** Pauses before another try, in milliseconds; the last goes on for good. */
const PAUSES = [300, 700, 1500, 3000, 6000, 10_000];

/** How long a tab that nobody looks at keeps its line; a browser has six of them for all tabs together. */
const REST = 60_000;

/** Longest silence on a line that gives a sign of life every 25 seconds. */
const SILENCE = 60_000;

interface Heard {
  readonly onState: (state: CaseState) => void;
  readonly onConnection: (state: Connection) => void;
  readonly onNews: (name: string) => void;
}

/** Events that carry a state of the case. */
const STATES: ReadonlySet<string | undefined> = new Set(["now", "changed"]);

/** The events of a case, by a request that can carry the key; it is asked again when the line breaks. */
function listen(
  url: URL,
  line: () => Pick<RequestInit, "headers" | "credentials">,
  { onState, onConnection, onNews }: Heard,
): () => void {
  const ended = new AbortController();
  let known: Connection | undefined;
  let tries = 0;
  let resting = false;
  const say = (state: Connection): void => {
    if (state === known || ended.signal.aborted) return;
    known = state;
    onConnection(state);
  };

  async function once(): Promise<void> {
    const held = new AbortController();
    const signal = AbortSignal.any([ended.signal, held.signal]);
    let silence = setTimeout(() => held.abort(), SILENCE);
    let rest = "";
    const ending = whenUnseen(() => {
      resting = true;
      held.abort();
    });
    try {
      const response = await fetch(url, { ...line(), cache: "no-store", signal });
      if (response.status === 401) return say("locked");
      if (!response.ok || response.body === null) return say("lost");
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return say("lost");
        clearTimeout(silence);
        silence = setTimeout(() => held.abort(), SILENCE);
        const blocks = (rest + value).split("\n\n");
        rest = blocks.pop() ?? "";
        for (const block of blocks) {
          const data = /^data: (.*)$/m.exec(block)?.[1];
          if (data === undefined || ended.signal.aborted) continue;
          const name = /^event: (.*)$/m.exec(block)?.[1];
          tries = 0;
          say("there");
          if (STATES.has(name)) onState(JSON.parse(data) as CaseState);
          else onNews(name ?? "");
        }
      }
    } catch {
      if (!resting) say("lost");
    } finally {
      clearTimeout(silence);
      ending();
    }
  }

  void (async () => {
    while (!ended.signal.aborted) {
      await once();
      if (resting) await seen(ended.signal);
      else await pause(PAUSES[Math.min(tries, PAUSES.length - 1)] ?? 0, ended.signal);
      resting = false;
      tries += 1;
    }
  })();
  return () => ended.abort();
}

/** Waits; a tab that is looked at again, a network or a key that came back, ends it. */
function pause(time: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      for (const name of WAKING) globalThis.removeEventListener?.(name, done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, time);
    for (const name of WAKING) globalThis.addEventListener?.(name, done);
    signal.addEventListener("abort", done);
  });
}

const WAKING = ["online", "focus", "hashchange"];

/** Calls back when the page has not been looked at for a while, until the function that is returned is called. */
function whenUnseen(unseen: () => void): () => void {
  if (typeof document === "undefined") return () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(unseen, REST);
  };
  document.addEventListener("visibilitychange", look);
  look();
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", look);
  };
}

/** Waits until the page is looked at. */
function seen(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (document.hidden && !signal.aborted) return;
      document.removeEventListener("visibilitychange", look);
      signal.removeEventListener("abort", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
    signal.addEventListener("abort", look);
    look();
  });
}
