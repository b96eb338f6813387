import type { Assessment } from "../../assess/index.ts";
import { bundledAssessment, bundledCatalogue, bundledFiles } from "../cases/bundle.ts";
import { cardOf } from "../cases/card.ts";
import { keepCard, keptCases, keptFiles } from "../cases/kept.ts";
import { isLink } from "../cases/link-mark.ts";
import { type Engine, openEngine } from "../engine/client.ts";
import type { Look, PackedFiles } from "../engine/protocol.ts";
import { type Address, formatAddress, GALLERY, parseAddress, viewKey } from "./address.ts";
import { CLOSED, type Shown, type State, useStore } from "./store.ts";

/** Follows the address: opens the case that it names and asks for the view that it names. */

const set = (part: Partial<State>): void => useStore.setState(part);
const get = (): State => useStore.getState();

let engine: Engine | undefined;
let ready = false;
/** What was worked out of the case that is open, by view. */
const seen = new Map<string, Shown>();
const MOST_SEEN = 8;
const AS_CODED = viewKey(GALLERY);
let pending: { readonly ask: number; readonly key: string } | undefined;
/** Counts openings, so that an answer for a case that was left is dropped. */
let opening = 0;

export function start(): void {
  addEventListener("hashchange", follow);
  follow();
  void loadCatalogue();
}

export async function loadCatalogue(): Promise<void> {
  const [bundled, own] = await Promise.all([bundledCatalogue(), keptCases()]);
  set({
    catalogue: [...bundled.map((card) => ({ ...card, own: false })), ...own.map((card) => ({ ...card, own: true }))],
  });
}

/** Goes to another address; by default as a new step of the history. */
export function go(part: Partial<Address>, how: "push" | "replace" = "push"): void {
  const hash = formatAddress({ ...get().address, ...part, faults: [] });
  if (how === "push") location.hash = hash;
  else history.replaceState(null, "", hash);
  if (how === "replace") follow();
}

/** The address of a link that changes part of this one. */
export const hrefOf = (address: Address, part: Partial<Address>): string => formatAddress({ ...address, ...part });

function follow(): void {
  const address = parseAddress(location.hash);
  const before = get();
  set({ address });
  // What a link holds is opened only when its page is told to.
  if (address.case === undefined || isLink(address.case)) leave();
  else if (address.case !== before.open?.id && address.case !== current) void open(address.case);
  else if (viewKey(address) !== viewKey(before.address)) ask();
}

let current: string | undefined;

function leave(): void {
  engine?.close();
  engine = undefined;
  current = undefined;
  opening += 1;
  seen.clear();
  pending = undefined;
  set(CLOSED);
}

async function open(id: string): Promise<void> {
  leave();
  current = id;
  const own = opening;
  set({ work: { stage: "reading", step: "" } });
  const kept = await keptFiles(id);
  if (own !== opening) return;
  if (kept === undefined) void bundledAssessment(id).then((known) => own === opening && showKnown(known));
  const packed = kept ?? (await bundledFiles(id));
  if (own !== opening) return;
  if (packed === undefined) return set({ trouble: { missing: id }, work: undefined });
  openPacked(id, packed, kept !== undefined);
}

/** An assessment that came with the bundle is what the engine would give: it need not be waited for. */
function showKnown(assessment: Assessment | undefined): void {
  const key = viewKey(get().address);
  if (assessment === undefined) return;
  const known = { key: AS_CODED, assessment };
  seen.set(AS_CODED, known);
  if (key === AS_CODED) set({ now: known, whole: known, work: undefined });
  else if (get().whole === undefined) set({ whole: known, former: known });
}

function openPacked(id: string, packed: PackedFiles, own: boolean): void {
  ready = false;
  set({ open: { id, packed, claims: [] } });
  engine = openEngine(packed, {
    opened(_title, claims) {
      ready = true;
      set({ open: { id, packed, claims } });
      ask();
    },
    failed: (problems) => set({ trouble: { file: packed.main, problems }, work: undefined }),
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
      if (own && shown.key === AS_CODED) void keepCard(id, cardOf(assessment)).then(loadCatalogue);
    },
  });
}

function lookOf({ reading, asOf, off, sets, seed }: Address): Look {
  return { reading, asOf, seed, sets: [...off.map((claim) => `claims.${claim}.status=rejected`), ...sets] };
}

/** Asks for the view of the address; what is on screen stays until the answer is there. */
function ask(): void {
  const { address, whole: last, former } = get();
  const key = viewKey(address);
  const whole = seen.get(key) ?? last;
  set({ viewProblems: [], broke: undefined, former: last !== undefined && last.key !== key ? last : former });
  pending = undefined;
  if (whole?.key === key) {
    set({ now: whole, whole, work: undefined });
    return;
  }
  if (engine === undefined || !ready) {
    set({ work: { stage: "reading", step: "" } });
    return;
  }
  set({ work: { stage: "evidence", step: "" } });
  pending = { ask: engine.ask(lookOf(address)), key };
}
