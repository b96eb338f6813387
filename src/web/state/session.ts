import type { Assessment, LivePart } from "../../assess/index.ts";
import { cardOf } from "../cases/card.ts";
import { keepCard, keepFiles, keptCases } from "../cases/kept.ts";
import { heldInBrowser, keptHome } from "../cases/kept-home.ts";
import { isLink } from "../cases/link-mark.ts";
import { serverHome } from "../cases/server.ts";
import { type Engine, type Listener, openEngine } from "../engine/client.ts";
import { openEditor } from "../engine/editor-client.ts";
import type { ClaimName, Look, PackedFiles } from "../engine/protocol.ts";
import { spawnWorker } from "../engine/spawn.ts";
import { type Address, formatAddress, GALLERY, parseAddress, viewKey } from "./address.ts";
import { firstPicture } from "./drawn.ts";
import { beginEditing, endEditing } from "./editing.ts";
import { takeKey } from "./key.ts";
import { forgetOutside, hearOutside, useOutside } from "./outside.ts";
import { client, copyToServer, findCase, knownAssessment, type Place, teamCaseOf, wholeCatalogue } from "./places.ts";
import { takeSecret } from "./secrets.ts";
import { CLOSED, type LiveAnswer, type Shown, type State, useStore } from "./store.ts";
import { findTeam, hearBeside, hearVersion, isTeam, type TeamCase, useTeam } from "./team.ts";

/** Follows the address: opens the case that it names and asks for the view that it names. */

const set = (part: Partial<State>): void => useStore.setState(part);
const get = (): State => useStore.getState();

let engine: Engine | undefined;
let ready = false;
/** What was worked out of the case that is open, by view. */
const seen = new Map<string, Shown>();
const MOST_SEEN = 8;
const AS_CODED = viewKey(GALLERY);
/** Counts the texts that the case had since it was opened: a view of other texts is another view. */
let revision = 0;
const keyOf = (address: Address): string => `${revision === 0 ? "" : `${revision} `}${viewKey(address)}`;
let pending: { readonly ask: number; readonly key: string } | undefined;
/** Counts openings, so that an answer for a case that was left is dropped. */
let opening = 0;

export function start(): void {
  takeKey();
  takeSecret();
  addEventListener("hashchange", follow);
  void loadCatalogue();
  follow();
  void findTeam().then(() => isTeam() && followAnew());
}

/** Follows the address once more: a team server's pages have names that may be cases elsewhere. */
function followAnew(): void {
  followed = undefined;
  follow();
}

/** Somebody signed in or out, or the server may answer again: what is shown is asked for anew. */
export async function sessionChanged(): Promise<void> {
  await findTeam(true);
  if (get().address.case !== undefined) leave();
  void loadCatalogue();
  followAnew();
}

export async function loadCatalogue(): Promise<void> {
  set({ catalogue: await wholeCatalogue() });
}

/** Goes to another address; by default as a new step of the history. */
export function go(part: Partial<Address>, how: "push" | "replace" = "push"): void {
  const hash = formatAddress({ ...changed(get().address, part), faults: [] });
  if (how === "push") location.hash = hash;
  else history.replaceState(null, "", hash);
  // The event comes later; a control that was used shows at once what it now stands at.
  follow();
}

/** The address of a link that changes part of this one. */
export const hrefOf = (address: Address, part: Partial<Address>): string => formatAddress(changed(address, part));

/** Whoever goes to a page of the case leaves the team's page. */
const changed = (address: Address, part: Partial<Address>): Address => ({
  ...address,
  ...(part.page === undefined ? {} : { team: undefined }),
  ...part,
});

/** The address that was followed last: the event that tells of it finds nothing left to do. */
let followed: string | undefined;

function follow(): void {
  if (takeKey()) {
    // The server was started anew, and its address opened in this tab.
    void loadCatalogue();
    followed = undefined;
    if (get().trouble !== undefined) current = undefined;
  }
  if (takeSecret()) {
    followed = undefined;
    leave();
  }
  if (location.hash === followed) return;
  followed = location.hash;
  const address = parseAddress(location.hash, isTeam());
  const before = get();
  const same =
    address.case !== undefined &&
    !isLink(address.case) &&
    (address.case === before.open?.id || address.case === current);
  if (same) {
    set({ address, ...(viewKey(address) === viewKey(before.address) ? {} : askFor(address)) });
    return;
  }
  set({ address });
  // What a link holds is opened only when its page is told to.
  if (address.case === undefined || isLink(address.case)) {
    if (before.address.case !== undefined) void loadCatalogue();
    leave();
  } else void open(address.case);
}

let current: string | undefined;
/** Begins with the engine, where it waits for the page. */
let wake: () => void = () => {};

function leave(): void {
  endEditing();
  forgetOutside();
  engine?.close();
  engine = undefined;
  current = undefined;
  opening += 1;
  revision = 0;
  seen.clear();
  pending = undefined;
  set(CLOSED);
  useTeam.setState({ open: undefined, news: {} });
}

async function open(id: string): Promise<void> {
  leave();
  current = id;
  const own = opening;
  set({ work: { stage: "reading", step: "" } });
  const place = await findCase(id);
  if (own !== opening) return;
  if (place.kind === "missing") return set({ trouble: { missing: id, locked: place.locked }, work: undefined });
  if (place.kind === "gone") {
    return set({ trouble: { file: place.path, problems: place.problems }, work: undefined });
  }
  const packed = place.kind === "server" ? place.held.packed : place.packed;
  set({ open: { id, packed, claims: [] } });
  const known = await knownAssessment(id, place);
  if (own !== opening) return;
  if (known !== undefined) {
    showKnown(known);
    await firstPicture(new Promise((asked) => (wake = asked)));
    if (own !== opening) return;
  }
  openPacked(id, packed, place.kind === "kept");
  await openDesk(id, packed, place);
}

/** Makes the case ready to be edited; one that came with the workbench can be read alone. */
async function openDesk(id: string, packed: PackedFiles, place: Place): Promise<void> {
  const turn = opening;
  const isKept = place.kind === "kept";
  const held = place.kind === "server" ? place.held : isKept ? await heldInBrowser(id) : undefined;
  if (turn !== opening) return;
  const editor = openEditor();
  const team = place.kind === "server" ? teamCaseOf(place.summary) : undefined;
  useTeam.setState({ open: team });
  if (place.kind === "server" && team === undefined && !place.summary.bundled) {
    useOutside.setState({ folder: { path: place.summary.path, readOnly: place.summary.readOnly } });
  }
  const home =
    place.kind === "server" && held !== undefined
      ? serverHome(client, { ...place.summary, ...(team === undefined ? {} : inWorkspace(team)) }, held, (news) => {
          if (turn !== opening) return;
          if (news.kind === "beside") hearBeside(news.what);
          else if (news.kind === "version") hearVersion(news.version);
          else hearOutside(news);
        })
      : held === undefined
        ? undefined
        : keptHome(id, editor);
  await beginEditing({
    packed: held?.packed ?? packed,
    editor,
    home,
    held,
    show: (texts) => showTexts(id, texts, isKept),
  });
}

/** Where a case of a team is saved, in words, and what names its unsaved edits: those of one person alone. */
function inWorkspace({ id, workspace }: TeamCase): { readonly path: string; readonly key: string } {
  const { workspaces, person } = useTeam.getState();
  const name = workspaces.find((each) => each.id === workspace)?.name ?? "";
  return { path: name, key: `team ${person?.id ?? ""} ${id}` };
}

/** Shows the case with other texts; what was shown stays until its figures are there. */
function showTexts(id: string, packed: PackedFiles, own: boolean): void {
  pending = undefined;
  revision += 1;
  const { open } = get();
  set({ trouble: undefined });
  if (engine === undefined) {
    openPacked(id, packed, own, open?.claims);
    return;
  }
  ready = false;
  set({ open: { id, packed, claims: open?.claims ?? [] } });
  engine.change(packed);
}

/**
 * Makes a case of one's own of the case that is open, and goes to it: same page, same view. It is made in the server's
 * folder for new cases where there is one, else in this browser.
 */
export async function makeYours(): Promise<void> {
  const { open: case_, address } = get();
  if (case_ === undefined) return;
  const inFolder = await copyToServer(case_.id, titleNow() ?? case_.id, case_.packed);
  if (inFolder !== undefined) {
    await loadCatalogue();
    location.hash = formatAddress({ ...address, case: inFolder, faults: [] });
    return;
  }
  const taken = new Set((await keptCases()).map(({ id }) => id));
  const name = case_.id.replace(/^my-/, "");
  let tried = name;
  for (let n = 2; taken.has(`my-${tried}`); n += 1) tried = `${name}-${n}`;
  const id = await keepFiles(tried, case_.packed);
  await loadCatalogue();
  location.hash = formatAddress({ ...address, case: id, faults: [] });
}

const titleNow = (): string | undefined => (get().now ?? get().whole)?.assessment.case.title;

/** Parts of an answer that came since the last frame. */
let fresh: LiveAnswer | undefined;

/** Shows a part of an answer with the next frame, together with those that come until then. */
function showSoon(key: string, part: LivePart): void {
  const isDue = fresh !== undefined;
  fresh = { key, parts: { ...(fresh?.key === key ? fresh.parts : {}), [part.kind]: part } };
  if (isDue) return;
  // A page that is not seen has no frames.
  if (document.hidden) showFresh();
  else requestAnimationFrame(showFresh);
}

function showFresh(): void {
  const told = fresh;
  fresh = undefined;
  if (told === undefined || told.key !== pending?.key) return;
  const known = get().live;
  set({ live: { key: told.key, parts: { ...(known?.key === told.key ? known.parts : {}), ...told.parts } } });
}

/** An assessment that came with the bundle is what the engine would give: it need not be waited for. */
function showKnown(assessment: Assessment | undefined): void {
  const key = keyOf(get().address);
  if (assessment === undefined || revision > 0) return;
  const known = { key: AS_CODED, assessment };
  seen.set(AS_CODED, known);
  if (key === AS_CODED) set({ now: known, whole: known, work: undefined });
  else if (get().whole === undefined) set({ whole: known, former: known });
}

function openPacked(id: string, packed: PackedFiles, own: boolean, known: readonly ClaimName[] = []): void {
  ready = false;
  set({ open: { id, packed, claims: known } });
  const listener: Listener = {
    opened(_title, claims) {
      ready = true;
      useOutside.setState({ broken: false });
      set({ open: { id, packed: get().open?.packed ?? packed, claims } });
      ask();
    },
    live(asked, part) {
      if (asked === pending?.ask) showSoon(pending.key, part);
    },
    failed(problems) {
      // A text that is broken half-way: what was last good stays, and it says why.
      const shown = revision > 0 && get().whole !== undefined;
      useOutside.setState({ broken: shown });
      set({ ...(shown ? { viewProblems: problems } : { trouble: { file: packed.main, problems } }), work: undefined });
    },
    step: (_ask, step) => set({ work: { stage: "whole", step } }),
    broke: (_ask, message) => set({ broke: message, work: undefined }),
    answered(asked, whole, assessment, problems) {
      if (asked !== pending?.ask) return;
      if (assessment === undefined) set({ viewProblems: problems, work: undefined });
      if (assessment === undefined) return;
      const shown = { key: pending.key, assessment };
      set({ now: shown, ...(whole ? { whole: shown, work: undefined } : { work: { stage: "whole", step: "" } }) });
      if (!whole) return;
      if (seen.size >= MOST_SEEN) seen.delete(seen.keys().next().value ?? "");
      seen.set(shown.key, shown);
      if (own && viewKey(get().address) === AS_CODED) void keepCard(id, cardOf(assessment)).then(loadCatalogue);
    },
  };
  engine = openEngine(packed, listener, spawnWorker);
}

/** How an address looks at its case. */
export function lookOf({ reading, asOf, off, sets, seed }: Address): Look {
  return { reading, asOf, seed, sets: [...off.map((claim) => `claims.${claim}.status=rejected`), ...sets] };
}

/** Asks for the view of the address. */
const ask = (): void => set(askFor(get().address));

/** Asks for a view, and gives what of the state changes with that; what is on screen stays until the answer is there. */
function askFor(address: Address): Partial<State> {
  const { whole: last, former } = get();
  const key = keyOf(address);
  const whole = seen.get(key) ?? last;
  const begun = { viewProblems: [], broke: undefined, former: last !== undefined && last.key !== key ? last : former };
  pending = undefined;
  if (whole?.key === key) return { ...begun, now: whole, whole, work: undefined };
  if (engine === undefined || !ready) {
    wake();
    return { ...begun, work: { stage: "reading", step: "" } };
  }
  pending = { ask: engine.ask(lookOf(address)), key };
  return { ...begun, work: { stage: "evidence", step: "" } };
}
