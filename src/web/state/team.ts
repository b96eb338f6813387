import { create } from "zustand";
import { keyOfTab } from "./key.ts";

/**
 * Whose server handed out this page: a team's with accounts, one over folders of this machine, or none that knows Parley;
 * `away` where it was a team's and does not answer.
 */

export interface TeamServer {
  readonly version: string;
  /** Nobody has an account yet: the first one is made with the code that the server printed. */
  readonly setup: boolean;
  readonly password: boolean;
  readonly passkey: boolean;
  readonly oidc: { readonly name: string } | null;
}

export interface TeamPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Whether they look after the server. */
  readonly keeper: boolean;
}

export type TeamRole = "reader" | "commenter" | "editor" | "owner";

export interface TeamWorkspace {
  readonly id: string;
  readonly name: string;
  readonly role: TeamRole;
}

/** The case that is open, where a workspace holds it. */
export interface TeamCase {
  readonly id: string;
  readonly workspace: string;
  readonly role: TeamRole;
  readonly restricted: boolean;
  readonly version: number;
}

export interface Team {
  readonly kind: "unknown" | "none" | "folders" | "team" | "away";
  readonly server: TeamServer | undefined;
  /** Who signed in. */
  readonly person: TeamPerson | undefined;
  readonly workspaces: readonly TeamWorkspace[];
  /** The workspace that a new case goes into, where one was chosen. */
  readonly into: string | undefined;
  readonly open: TeamCase | undefined;
  /** How often something beside the texts of the open case was told to be another, by its name. */
  readonly news: Readonly<Record<string, number>>;
}

const UNKNOWN: Team = {
  kind: "unknown",
  server: undefined,
  person: undefined,
  workspaces: [],
  into: undefined,
  open: undefined,
  news: {},
};

export const useTeam = create<Team>(() => UNKNOWN);

/** Whether the page is a team's, also while its server does not answer. */
export const isTeam = (): boolean => ["team", "away"].includes(useTeam.getState().kind);
export const isSignedIn = (): boolean => useTeam.getState().person !== undefined;

const RANK: readonly TeamRole[] = ["reader", "commenter", "editor", "owner"];

/** Whether a role may do what another may. */
export const reaches = (role: TeamRole, needed: TeamRole): boolean => RANK.indexOf(role) >= RANK.indexOf(needed);

/** Where a new case goes: the workspace that was chosen, or the first that takes one. */
export function workspaceForNew({ workspaces, into }: Team): TeamWorkspace | undefined {
  const open = workspaces.filter(({ role }) => reaches(role, "editor"));
  return open.find(({ id }) => id === into) ?? open[0];
}

let asked: Promise<Team> | undefined;

/** Asks the server of this page who it is and who signed in; once, unless anew. Nothing is asked of any other host. */
export function findTeam(anew = false): Promise<Team> {
  if (anew || asked === undefined) asked = look();
  return asked;
}

async function look(): Promise<Team> {
  const found = await session();
  useTeam.setState(found);
  return useTeam.getState();
}

async function session(): Promise<Partial<Team>> {
  // A key is of a server over folders.
  if (keyOfTab() !== undefined) return { kind: "folders" };
  const answer = await ask("api/session");
  // A proxy answers for a server that is down, and a server that is asked too much for itself.
  const isLost = answer === undefined || answer.status >= 500 || answer.status === 429;
  if (isLost && wasTeam()) return { kind: "away", server: undefined, person: undefined, workspaces: [] };
  if (answer === undefined) return { kind: "none" };
  const { ok, server, person } = answer.body;
  if (ok !== true || typeof server !== "object" || server === null) {
    if (!isLost) rememberTeam(false);
    // Where the same files are handed out by any server, a file stands there that says no.
    return { kind: ok === false && answer.status < 400 ? "none" : "folders" };
  }
  rememberTeam(true);
  const own = (person ?? undefined) as TeamPerson | undefined;
  const listed = own === undefined ? undefined : await ask("api/workspaces");
  const workspaces = (listed?.body["workspaces"] ?? []) as readonly TeamWorkspace[];
  return { kind: "team", server: server as TeamServer, person: own, workspaces };
}

/** Where the browser keeps that this very page was a team's. */
const wasTeamKey = (): string => `parley-team ${new URL(".", document.baseURI).pathname}`;
/** The same for as long as the page lasts, where the browser keeps nothing. */
let teamHere = false;

function wasTeam(): boolean {
  try {
    return teamHere || localStorage.getItem(wasTeamKey()) !== null;
  } catch {
    return teamHere;
  }
}

function rememberTeam(is: boolean): void {
  teamHere = is;
  try {
    if (is) localStorage.setItem(wasTeamKey(), "1");
    else localStorage.removeItem(wasTeamKey());
  } catch {
    // It is known as long as the page lasts.
  }
}

const PATIENCE = 30_000;

async function ask(
  path: string,
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> } | undefined> {
  try {
    const response = await fetch(new URL(path, document.baseURI), {
      cache: "no-store",
      credentials: "same-origin",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    // Of the page's own service worker, where there is no network.
    if (response.headers.has("X-Parley-Away")) return undefined;
    const body: unknown = await response.json();
    return typeof body === "object" && body !== null
      ? { status: response.status, body: body as Record<string, unknown> }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Takes in that the open case has a newer version. */
export function hearVersion(version: number): void {
  const { open } = useTeam.getState();
  if (open !== undefined && open.version !== version) useTeam.setState({ open: { ...open, version } });
}

/** Counts a piece of news of the open case. */
export function hearBeside(what: string): void {
  const { news } = useTeam.getState();
  useTeam.setState({ news: { ...news, [what]: (news[what] ?? 0) + 1 } });
}
