import type { CaseList, CaseSummary } from "../../api/index.ts";
import type { Assessment } from "../../assess/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import { type Answer, apiClient } from "../cases/api-client.ts";
import { bundledAssessment, bundledCatalogue, bundledFiles, fetchBundled } from "../cases/bundle.ts";
import { slugOf } from "../cases/create.ts";
import type { Held } from "../cases/home.ts";
import { keptCases, keptFiles } from "../cases/kept.ts";
import { createOnServer, findServer, heldOf } from "../cases/server.ts";
import type { PackedFiles } from "../engine/protocol.ts";
import { keyOfTab } from "./key.ts";
import { secretOf } from "./secrets.ts";
import type { CatalogueEntry } from "./store.ts";
import { findTeam, isSignedIn, isTeam, type TeamCase, type TeamRole, useTeam, workspaceForNew } from "./team.ts";

/** Where cases are: behind the server in folders or workspaces, kept in this browser, or packed beside the page. */

export const client = apiClient(document.baseURI, keyOfTab, isSignedIn);

/** What the server said last; asked anew where cases may have come or gone, or the key is another. */
let server: Promise<Answer<CaseList> | undefined> | undefined;
/** What was packed beside the page does not change. */
let bundle: ReturnType<typeof bundledCatalogue> | undefined;

export function askServer(anew = false): Promise<Answer<CaseList> | undefined> {
  if (anew || server === undefined) server = look();
  return server;
}

async function look(): Promise<Answer<CaseList> | undefined> {
  const { kind, person } = await findTeam();
  // A team's server has no cases for who did not sign in.
  if (kind === "none" || kind === "away" || (kind === "team" && person === undefined)) return undefined;
  return findServer(client);
}

/** What a team's server says of a case beside what any server does; undefined of a case in a folder. */
export function teamCaseOf(summary: CaseSummary): (TeamCase & { readonly updatedAt: string }) | undefined {
  const { workspace, role, restricted, version, updatedAt } = summary as CaseSummary & Partial<TeamSummary>;
  if (workspace === undefined || role === undefined) return undefined;
  const rest = { restricted: restricted === true, version: version ?? 0, updatedAt: updatedAt ?? "" };
  return { id: summary.id, workspace, role, ...rest };
}

interface TeamSummary {
  readonly workspace: string;
  readonly role: TeamRole;
  readonly restricted: boolean;
  readonly version: number;
  readonly updatedAt: string;
}

const catalogueOfBundle = (): ReturnType<typeof bundledCatalogue> => {
  bundle ??= bundledCatalogue();
  return bundle;
};

/** All cases: the server's first, then those that came with the page, then those kept in this browser. */
export async function wholeCatalogue(): Promise<readonly CatalogueEntry[]> {
  const [answer, bundled, kept] = await Promise.all([askServer(true), catalogueOfBundle(), keptCases()]);
  const cases = answer?.ok === true ? answer.cases : [];
  const taken = new Set(cases.map(({ id }) => id));
  const folders = cases.map((each): CatalogueEntry => {
    const { id, title, asOf, path, readOnly } = each;
    const card = each.bundled ? bundled.find((one) => one.id === id) : undefined;
    const own = card ?? { title, about: null, asOf: asOf ?? null, leading: null };
    const team = teamCaseOf(each);
    const place = team === undefined ? { folder: { path, readOnly } } : { team };
    return { ...own, id, title, own: false, ...(each.bundled ? {} : place) };
  });
  return [
    ...folders,
    ...bundled.filter(({ id }) => !taken.has(id)).map((card) => ({ ...card, own: false })),
    ...kept.filter(({ id }) => !taken.has(id)).map((card) => ({ ...card, own: true })),
  ];
}

/** A case where it was found. */
export type Place =
  | { readonly kind: "server"; readonly summary: CaseSummary; readonly held: Held; readonly asBuilt: boolean }
  | { readonly kind: "kept"; readonly packed: PackedFiles }
  | { readonly kind: "bundle"; readonly packed: PackedFiles }
  /** Shown to who has a link to it, without an account. */
  | { readonly kind: "shared"; readonly packed: PackedFiles }
  /** Named by the server, but its files cannot be had. */
  | { readonly kind: "gone"; readonly path: string; readonly problems: readonly Problem[] }
  /** Nowhere; it may be behind the server for who has the key. */
  | { readonly kind: "missing"; readonly locked: boolean };

export async function findCase(id: string): Promise<Place> {
  const named = (answer: Answer<CaseList> | undefined) =>
    answer?.ok === true ? answer.cases.find((each) => each.id === id) : undefined;
  const kept = keptFiles(id);
  const bundled = catalogueOfBundle();
  void bundled.then((cards) => cards.some((card) => card.id === id) && fetchBundled(id));
  const secret = id === SHARED ? secretOf("shared") : undefined;
  if (secret !== undefined && (await findTeam()).kind === "team") return sharedCase(secret);
  let answer = await askServer();
  const packed = named(answer) === undefined ? await kept : undefined;
  if (packed !== undefined) return { kind: "kept", packed };
  // Another tab may have made it, or the server be back.
  const isBundled = (await bundled).some((card) => card.id === id);
  if (named(answer) === undefined && !isBundled && answer !== undefined) answer = await askServer(true);
  const summary = named(answer);
  if (summary !== undefined) {
    const whole = await client.open(id);
    if (!whole.ok) return { kind: "gone", path: summary.path, problems: whole.problems };
    const built = (await catalogueOfBundle()).find((card) => card.id === id)?.hash;
    return { kind: "server", summary, held: heldOf(whole), asBuilt: built === whole.case.hash };
  }
  const files = isBundled ? await bundledFiles(id) : undefined;
  if (files !== undefined) return { kind: "bundle", packed: files };
  if (isTeam()) return { kind: "missing", locked: !isSignedIn() };
  return { kind: "missing", locked: answer !== undefined && (keyOfTab() === undefined || !answer.ok) };
}

/** The name that a shared case has in addresses. */
export const SHARED = "shared";

async function sharedCase(secret: string): Promise<Place> {
  const whole = await client.shared(secret);
  if (whole.ok) return { kind: "shared", packed: heldOf(whole).packed };
  return whole.lost && whole.problems.length === 0
    ? { kind: "missing", locked: false }
    : { kind: "gone", path: SHARED, problems: whole.problems };
}

/** The assessment that came with the page, where it is one of the case as it is. */
export async function knownAssessment(id: string, place: Place): Promise<Assessment | undefined> {
  const fits = place.kind === "bundle" || (place.kind === "server" && place.asBuilt);
  return fits ? bundledAssessment(id) : undefined;
}

/** A copy of a case in the server's folder for new cases, or in a workspace; its id, or undefined where it cannot be made there. */
export function copyToServer(id: string, title: string, packed: PackedFiles): Promise<string | undefined> {
  // What a team's server calls a case is no name.
  const name = isTeam() ? slugOf(title) : id;
  return makeOnServer(`${name.replace(/^my-|-mine(-\d+)?$/g, "").slice(0, 60)}-mine`, packed);
}

/** A new case in the server's folder for new cases, or in a workspace; its id, or undefined where it cannot be made there. */
export async function makeOnServer(name: string, packed: PackedFiles): Promise<string | undefined> {
  const answer = await askServer();
  if (isTeam()) {
    const workspace = answer?.ok === true ? workspaceForNew(useTeam.getState()) : undefined;
    const made = workspace && (await createOnServer(client, name, packed, workspace.id));
    return made?.ok === true ? made.case.id : undefined;
  }
  if (answer?.ok !== true || keyOfTab() === undefined) return undefined;
  const made = await createOnServer(client, name, packed);
  return made.ok ? made.case.id : undefined;
}

/** The texts of a case, wherever it is; undefined where they cannot be had. */
export async function textsOf(id: string): Promise<PackedFiles | undefined> {
  const place = await findCase(id);
  if (place.kind === "server") return place.held.packed;
  return "packed" in place ? place.packed : undefined;
}

/** The record of forecasts beside a case behind the server; a text of null where there is none, or no server. */
export async function recordOf(id: string): Promise<{ readonly file: string; readonly text: string | null }> {
  const none = { file: "record.jsonl", text: null };
  const answer = await askServer();
  if (answer?.ok !== true || !answer.cases.some((each) => each.id === id)) return none;
  const record = await client.record(id);
  return record.ok ? record : none;
}
