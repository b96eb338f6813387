import { create } from "zustand";
import type { Edit, Raw } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import type { CaseHome, Held, TextSaved } from "../cases/home.ts";
import type { EditorClient } from "../engine/editor-client.ts";
import type { PlacedProblem, Setting } from "../engine/editor-protocol.ts";
import type { PackedFiles } from "../engine/protocol.ts";
import { words } from "../words.ts";
import { type Clash, chosenEdits, clashOf, type Side } from "./clashes.ts";
import { keepUnsaved, keptUnsaved } from "./unsaved.ts";

/** Edits of the case that is open: made at once in the page, saved in their order, and taken back one by one. */

/** A change that can be taken back. */
interface Step {
  readonly what: string;
  /** What takes it back, or brings it again. */
  readonly edits: readonly Edit[];
}

export interface Editing {
  /** The case as it is written, over all its files; undefined where its YAML cannot be read. */
  readonly content: Raw | undefined;
  /** Whether its YAML cannot be read as it stands; what could be read last stays in `content`. */
  readonly unreadable: boolean;
  /** Where no home takes changes: a case that came with the workbench, or a folder that may not be written. */
  readonly readOnly: boolean;
  readonly where: string;
  /** What `parley check` says of it now. */
  readonly checks: readonly PlacedProblem[];
  readonly checking: boolean;
  readonly saving: boolean;
  /** What kept the last change out; nothing of it was written. */
  readonly refused: readonly Problem[];
  /** What was refused since somebody else changed the same, until it is chosen whose stays. */
  readonly clashes: readonly Clash[];
  /** Whether somebody else's changes came in with the last saving. */
  readonly merged: boolean;
  /** The home does not answer; what was changed waits. */
  readonly lost: boolean;
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}

const CLOSED: Editing = {
  content: undefined,
  unreadable: false,
  readOnly: true,
  where: "",
  checks: [],
  checking: false,
  saving: false,
  refused: [],
  clashes: [],
  merged: false,
  lost: false,
  done: [],
  undone: [],
};

export const useEditing = create<Editing>(() => CLOSED);

const set = (part: Partial<Editing>): void => useEditing.setState(part);
const get = (): Editing => useEditing.getState();

/** The most steps that can be taken back. */
const MOST_STEPS = 200;

/** How long the check of the whole case waits for the next change, in milliseconds. */
const CHECK_AFTER = 250;

/** What is needed to edit a case that is open. */
export interface Desk {
  readonly packed: PackedFiles;
  readonly editor: EditorClient;
  readonly home: CaseHome | undefined;
  readonly held: Held | undefined;
  /** Shows other texts of the case. */
  readonly show: (packed: PackedFiles) => void;
}

let desk: (Omit<Desk, "packed" | "held"> & { held: Held | undefined; packed: PackedFiles }) | undefined;
let unwatch: (() => void) | undefined;
let checkTimer: ReturnType<typeof setTimeout> | undefined;
/** Changes are saved one after the other. */
let queue: Promise<unknown> = Promise.resolve();

/** Begins to edit a case. */
export async function beginEditing(given: Desk): Promise<void> {
  endEditing();
  const own = { ...given };
  desk = own;
  const { home } = given;
  set({ ...CLOSED, readOnly: home === undefined || home.readOnly, where: home?.where ?? "" });
  unwatch = home?.watch(
    (held) => desk === own && void inTurn(() => take(held)),
    (state) => {
      if (desk !== own) return;
      set({ lost: state === "lost" });
      if (state === "back") void retry();
    },
  );
  const opened = await own.editor.call("open", own.packed);
  if (desk !== own) return;
  set(opened.ok ? { content: opened.content } : { unreadable: true });
  checkSoon(0);
  if (home !== undefined && !home.readOnly) void takeUp(keptUnsaved(home.key));
}

/** Makes what a tab could not save before it was closed, where it still fits. */
async function takeUp(kept: readonly (readonly Edit[])[]): Promise<void> {
  for (const edits of kept) {
    const own = desk;
    const problems = await own?.editor.call("conflicts", { packed: own.packed, edits });
    if (problems === undefined || desk !== own) return;
    if (problems.length > 0) await clash(edits, words.waited, problems);
    else await editCase(edits, words.waited);
  }
  keep();
}

/** What waits, to be saved later: also by another tab, where this one is closed. */
function wait(next: typeof unsaved): void {
  unsaved = next;
  keep();
}

/** Keeps what is not saved over a closed tab: what waits for the home, and what waits for a choice. */
function keep(): void {
  if (desk?.home === undefined) return;
  keepUnsaved(
    desk.home.key,
    [...unsaved, ...get().clashes].map(({ edits }) => edits),
  );
}

/** Puts a refused change aside, with what both made of it, until it is chosen whose stays. */
async function clash(edits: readonly Edit[], what: string, problems: readonly Problem[]): Promise<void> {
  const own = desk;
  if (own === undefined) return;
  const found = await clashOf(own.editor, own.packed, get().content, { what, edits, problems });
  if (desk !== own) return;
  set({ clashes: [...get().clashes, found] });
  keep();
}

/** Saves what was chosen of a clash, by the index of its edits; gives the problems that kept it out. */
export async function settleClash(chosen: Clash, sides: ReadonlyMap<number, Side>): Promise<readonly Problem[]> {
  const edits = chosenEdits(chosen, get().content, sides);
  const problems = edits.length === 0 ? [] : await editCase(edits, chosen.what);
  // Where somebody changed it once more, that is a clash of its own.
  if (problems.length === 0 || problems.some(isConflict)) {
    set({ clashes: get().clashes.filter(({ id }) => id !== chosen.id), refused: [] });
    keep();
  }
  return problems;
}

/** Gives up a change that could not be saved. */
export function dropClash(dropped: Clash): void {
  set({ clashes: get().clashes.filter(({ id }) => id !== dropped.id), refused: [] });
  keep();
}

const isConflict = ({ code }: Problem): boolean => code === "edit-conflict";

export function endEditing(): void {
  unwatch?.();
  unwatch = undefined;
  desk?.editor.close();
  desk = undefined;
  unsaved = [];
  missed = undefined;
  clearTimeout(checkTimer);
  clearTimeout(retryTimer);
  set(CLOSED);
}

/** Another state of the case, from its home: somebody else changed it. It waits for what is being saved. */
async function take(held: Held): Promise<void> {
  if (desk === undefined || held.hash === desk.held?.hash) return;
  // News that a saving overtook would bring an older state back.
  if (desk.home?.kind === "browser" && Number(held.hash) < Number(desk.held?.hash)) return;
  // What waits to be saved was meant for the state before; the home brings both together.
  if (unsaved.length > 0) {
    missed = held;
    void retry();
    return;
  }
  desk.held = held;
  await showTexts(held.packed);
}

async function showTexts(packed: PackedFiles): Promise<void> {
  const own = desk;
  if (own === undefined) return;
  own.packed = packed;
  own.show(packed);
  const opened = await own.editor.call("open", packed);
  if (desk !== own) return;
  set(opened.ok ? { content: opened.content, unreadable: false } : { unreadable: true });
  checkSoon();
}

/** Changes of which the home has not heard: it did not answer. */
let unsaved: { readonly edits: readonly Edit[]; readonly what: string }[] = [];
/** What somebody else made of the case while changes waited. */
let missed: Held | undefined;

/**
 * Makes edits: shown at once, then saved. Gives the problems that kept them out; nothing is changed then.
 *
 * Where somebody else changed the same part meanwhile, theirs stays, and the problems say so.
 */
export function editCase(edits: readonly Edit[], what: string): Promise<readonly Problem[]> {
  return inTurn(async () => {
    const made = await change(edits, what);
    if (made.problems !== undefined) return made.problems;
    set({ done: [...get().done, { what, edits: made.inverse }].slice(-MOST_STEPS), undone: [] });
    return [];
  });
}

export function undo(): Promise<void> {
  return inTurn(() => step("done", "undone"));
}

export function redo(): Promise<void> {
  return inTurn(() => step("undone", "done"));
}

async function step(from: "done" | "undone", to: "done" | "undone"): Promise<void> {
  const last = get()[from].at(-1);
  if (last === undefined) return;
  const made = await change(last.edits);
  const rest = get()[from].slice(0, -1);
  // What cannot be taken back any more, since somebody changed it, is not tried again.
  if (made.problems !== undefined) return set({ [from]: rest } as Partial<Editing>);
  set({ [from]: rest, [to]: [...get()[to], { what: last.what, edits: made.inverse }] } as Partial<Editing>);
}

type Made =
  | { readonly inverse: readonly Edit[]; readonly problems?: undefined }
  | { readonly problems: readonly Problem[] };

/** @param what - the change in words, where it is kept for a choice if somebody else changed the same. */
async function change(edits: readonly Edit[], what?: string): Promise<Made> {
  const own = desk;
  if (own?.home === undefined || own.home.readOnly || own.held === undefined) return { problems: [] };
  set({ saving: true, refused: [], merged: false });
  const applied = await own.editor.call("apply", edits);
  if (desk !== own) return { problems: [] };
  if (!applied.ok) {
    set({ saving: false, refused: applied.problems });
    return { problems: applied.problems };
  }
  own.packed = applied.packed;
  own.show(applied.packed);
  set({ content: applied.content });
  checkSoon();
  if (unsaved.length > 0) {
    wait([...unsaved, { edits, what: what ?? words.waited }]);
    set({ saving: false });
    return { inverse: applied.inverse };
  }
  const saved = await own.home.edit(own.held, edits);
  if (desk !== own) return { problems: [] };
  if (!saved.ok && saved.lost === true) {
    wait([...unsaved, { edits, what: what ?? words.waited }]);
    set({ saving: false, lost: true });
    retrySoon();
    return { inverse: applied.inverse };
  }
  if (saved.held !== undefined) own.held = saved.held;
  if (!saved.ok) {
    set({ saving: false, refused: saved.problems });
    await showTexts(own.held.packed);
    if (what !== undefined && saved.problems.some(isConflict)) await clash(edits, what, saved.problems);
    return { problems: saved.problems };
  }
  // Others' changes may have come in between, too.
  if (saved.merged || own.packed !== applied.packed) await showTexts(saved.held.packed);
  set({ saving: false, merged: saved.merged, lost: false });
  return { inverse: saved.inverse };
}

/** How long after a save that was not answered the next one is tried, in milliseconds; news of its home try it at once. */
const RETRY_AFTER = 4000;
let retryTimer: ReturnType<typeof setTimeout> | undefined;

function retrySoon(): void {
  clearTimeout(retryTimer);
  retryTimer = setTimeout(() => void retry(), RETRY_AFTER);
}

/** Saves what the home has not heard of, in its order. */
function retry(): Promise<void> {
  return inTurn(async () => {
    const own = desk;
    if (own?.home === undefined || own.held === undefined) return;
    while (unsaved[0] !== undefined) {
      const { edits, what } = unsaved[0];
      const saved = await own.home.edit(own.held, edits);
      if (desk !== own) return;
      if (!saved.ok && saved.lost === true) return retrySoon();
      own.held = saved.held ?? missed ?? own.held;
      missed = undefined;
      if (!saved.ok || saved.merged) await showTexts(own.held.packed);
      if (!saved.ok) {
        set({ refused: saved.problems });
        await clash(edits, what, saved.problems);
      }
      wait(unsaved.slice(1));
    }
    set({ lost: false });
  });
}

/** Saves the whole text of a file, as the drawer has it. */
export function saveFileText(file: string, text: string): Promise<TextSaved> {
  return inTurn(async () => {
    const own = desk;
    const unheard: TextSaved = { ok: false, problems: [], changed: false, lost: true };
    if (own?.home === undefined || own.home.readOnly || own.held === undefined) return unheard;
    set({ saving: true, refused: [] });
    const saved = await own.home.saveText(own.held, file, text);
    if (desk !== own) return unheard;
    const lost = !saved.ok && saved.lost === true;
    set({ saving: false, lost });
    if (saved.held !== undefined) own.held = saved.held;
    if (!saved.ok) {
      // The drawer tells of it, beside the text itself.
      if (saved.held !== undefined) await showTexts(saved.held.packed);
      return { ok: false, problems: saved.problems, changed: saved.held !== undefined, lost };
    }
    // A step that was made before may no longer fit the text.
    set({ done: [], undone: [] });
    await showTexts(saved.held.packed);
    return { ok: true };
  });
}

/** What edits would come to; nothing is changed. */
export async function tryEdits(edits: readonly Edit[]): Promise<readonly PlacedProblem[]> {
  return (await desk?.editor.call("tryOut", edits)) ?? [];
}

/** What `parley check` would say with a file's text as a draft. */
export async function checkDraft(file: string, text: string): Promise<readonly PlacedProblem[]> {
  return (await desk?.editor.call("check", { file, text })) ?? [];
}

/** What an address sets, `path=value`, as values. */
export async function readSets(sets: readonly string[]): Promise<readonly Setting[]> {
  return (await desk?.editor.call("readSets", sets)) ?? [];
}

/** The JSON Schema of a case: what may be written where, and what it means. */
export async function schemaOfCase(): Promise<Readonly<Record<string, unknown>>> {
  return (await desk?.editor.call("schema", undefined)) ?? {};
}

/** The part of the case that stands at `file:line`. */
export async function partAt(place: string): Promise<string | undefined> {
  const [, file, line] = /^(.*):(\d+)$/.exec(place) ?? [];
  return file === undefined ? undefined : desk?.editor.call("pathAt", { file, line: Number(line) });
}

/** Where a part of the case stands, `file:line`. */
export async function placeOfPart(path: string): Promise<string | undefined> {
  return desk?.editor.call("placeOf", path);
}

function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const done = queue.then(act, act);
  queue = done.catch(() => undefined);
  return done;
}

function checkSoon(after = CHECK_AFTER): void {
  clearTimeout(checkTimer);
  set({ checking: true });
  checkTimer = setTimeout(() => void check(), after);
}

async function check(): Promise<void> {
  const own = desk;
  const checks = await own?.editor.call("check", undefined);
  if (desk === own && checks !== undefined) set({ checks, checking: false });
}
