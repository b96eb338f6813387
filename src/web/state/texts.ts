import { createStore, type StoreApi } from "zustand/vanilla";
import type { TextSaved } from "../cases/home.ts";
import type { PlacedProblem } from "../engine/editor-protocol.ts";
import { type Merged, mergeTexts, settled } from "./merge.ts";

/** The texts of a case while they are typed: each saved by itself where it brings no error, kept as a draft where it does. */

/** How it stands with a file's text. */
export type TextState =
  /** As it is saved. */
  | "saved"
  /** Typed, and soon looked at. */
  | "waiting"
  | "saving"
  /** Not saved, since it brings errors. */
  | "held"
  /** Not saved, since its home does not answer. */
  | "lost"
  /** Not saved, since somebody else changed the same lines. */
  | "clash";

/** A text that was typed and is not saved: it brought errors, or its home did not answer. */
export interface KeptDraft {
  readonly text: string;
  /** The text that it was begun from. */
  readonly base: string;
  /** When it was last changed, ISO 8601. */
  readonly at: string;
}

export interface DraftStore {
  find(file: string): Promise<KeptDraft | undefined>;
  keep(file: string, draft: KeptDraft): Promise<void>;
  drop(file: string): Promise<void>;
}

export interface FileText {
  readonly text: string;
  /** As its home has it, as far as is known. */
  readonly base: string;
  readonly state: TextState;
  /** What `parley check` says of the case with this text, where it is not as it is saved. */
  readonly problems: readonly PlacedProblem[];
  /** Those that keep it from being saved. */
  readonly fresh: readonly PlacedProblem[];
  readonly clash?: Merged | undefined;
  /** The text that a clash began from. */
  readonly origin?: string | undefined;
  /** A draft from before, to take up or to throw away. */
  readonly draft?: KeptDraft | undefined;
  /** When it was last saved from here, ISO 8601. */
  readonly savedAt?: string | undefined;
}

export interface TextsGiven {
  readonly files: Readonly<Record<string, string>>;
  readonly check: (file: string, text: string) => Promise<readonly PlacedProblem[]>;
  readonly save: (file: string, text: string) => Promise<TextSaved>;
  readonly drafts: DraftStore;
  readonly now: () => string;
}

export type TextFiles = Readonly<Record<string, FileText>>;

export interface Texts {
  readonly store: StoreApi<TextFiles>;
  /** Begins with a file: looks for a draft of it. */
  look(file: string): Promise<void>;
  typed(file: string, text: string): void;
  /** The texts as their home has them now. */
  outside(files: Readonly<Record<string, string>>): void;
  /** Writes a file though it brings errors. */
  saveAnyway(file: string): Promise<void>;
  /** Saves what its home did not hear of. */
  retry(): void;
  takeUp(file: string): void;
  throwAway(file: string): void;
  /** Where both changed the same lines: whose are kept. */
  settle(file: string, side: "mine" | "theirs"): void;
}

/** How long typing rests before it is looked at, and kept as a draft, in milliseconds. */
const LOOK_AFTER = 500;
const KEEP_AFTER = 150;

export function makeTexts(given: TextsGiven): Texts {
  const store = createStore<TextFiles>(() =>
    Object.fromEntries(Object.entries(given.files).map(([file, text]) => [file, fresh(text)])),
  );
  const get = (file: string): FileText | undefined => store.getState()[file];
  const set = (file: string, part: Partial<FileText>): void => {
    const before = get(file);
    if (before !== undefined) store.setState({ [file]: { ...before, ...part } });
  };
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const later = (key: string, after: number, act: () => void): void => {
    clearTimeout(timers.get(key));
    timers.set(key, setTimeout(act, after));
  };
  /** What is on its way to the home, by file. */
  const sent = new Map<string, string>();
  const known = new Map<string, { readonly base: string; readonly words: ReadonlySet<string> }>();
  const dirty = ({ text, base }: FileText): boolean => text !== base;

  async function wordsOf(file: string, base: string): Promise<ReadonlySet<string>> {
    const before = known.get(file);
    if (before?.base === base) return before.words;
    const found = { base, words: new Set(errorsIn(await given.check(file, base)).map(inWords)) };
    known.set(file, found);
    return found.words;
  }

  const keepSoon = (file: string): void =>
    later(`keep ${file}`, KEEP_AFTER, () => {
      const each = get(file);
      if (each === undefined || each.draft !== undefined) return;
      if (dirty(each))
        void given.drafts.keep(file, { text: each.text, base: each.origin ?? each.base, at: given.now() });
      else void given.drafts.drop(file);
    });

  const checkSoon = (file: string, after = LOOK_AFTER): void => later(`look ${file}`, after, () => void inspect(file));

  /** Looks at what was typed, and saves it where nothing speaks against it. */
  async function inspect(file: string): Promise<void> {
    const seen = get(file);
    if (seen === undefined) return;
    if (!dirty(seen)) return set(file, { state: "saved", fresh: [], problems: [] });
    const problems = await given.check(file, seen.text);
    const words = await wordsOf(file, seen.base);
    const now = get(file);
    // What was typed meanwhile is looked at next.
    if (now === undefined || now.text !== seen.text || now.base !== seen.base) return checkSoon(file);
    const errors = errorsIn(problems).filter((each) => isOfYaml(each, file) || !words.has(inWords(each)));
    set(file, { problems, fresh: errors });
    if (now.clash !== undefined) return;
    if (errors.length > 0) return set(file, { state: "held" });
    await write(file);
  }

  async function write(file: string): Promise<void> {
    const before = get(file);
    if (before === undefined || sent.has(file)) return;
    const { text } = before;
    set(file, { state: "saving" });
    sent.set(file, text);
    const saved = await given.save(file, text);
    sent.delete(file);
    const now = get(file);
    if (now === undefined) return;
    if (saved.ok) {
      const state = now.text === text ? "saved" : "waiting";
      set(file, { base: text, state, fresh: state === "saved" ? [] : now.fresh, savedAt: given.now() });
    } else if (saved.lost) set(file, { state: "lost" });
    else if (!saved.changed)
      set(file, { state: "held", fresh: saved.problems.map((each) => ({ ...each, path: undefined })) });
    keepSoon(file);
    const left = get(file);
    if (left !== undefined && dirty(left) && (saved.ok || saved.changed) && left.clash === undefined) checkSoon(file);
  }

  function bring(file: string, theirs: string): void {
    const each = get(file);
    if (each === undefined) store.setState({ [file]: fresh(theirs) });
    else if (theirs === sent.get(file)) set(file, { base: theirs });
    else if (theirs !== each.base || each.clash !== undefined) combine(file, each, theirs);
  }

  function combine(file: string, each: FileText, theirs: string): void {
    if (!dirty(each) || theirs === each.text) {
      set(file, { text: theirs, base: theirs, state: "saved", fresh: [], clash: undefined, origin: undefined });
      keepSoon(file);
      return;
    }
    const origin = each.origin ?? each.base;
    const merged = mergeTexts(origin, each.text, theirs);
    if (merged.clashes > 0) {
      clearTimeout(timers.get(`look ${file}`));
      set(file, { base: theirs, state: "clash", clash: merged, origin });
      return;
    }
    set(file, { text: settled(merged, "mine"), base: theirs, state: "waiting", clash: undefined, origin: undefined });
    keepSoon(file);
    checkSoon(file);
  }

  function replace(file: string, text: string): void {
    set(file, { text, state: "waiting", clash: undefined, origin: undefined, draft: undefined });
    keepSoon(file);
    checkSoon(file, 0);
  }

  return {
    store,
    async look(file) {
      const draft = await given.drafts.find(file);
      const each = get(file);
      if (each === undefined) return;
      if (draft !== undefined && !dirty(each)) {
        if (draft.text === each.base) void given.drafts.drop(file);
        else set(file, { draft });
      }
    },
    typed(file, text) {
      const each = get(file);
      if (each === undefined || text === each.text || each.clash !== undefined) return;
      // Who types on has thrown the older draft away.
      set(file, { text, state: "waiting", draft: undefined });
      keepSoon(file);
      checkSoon(file);
    },
    outside(files) {
      for (const [file, text] of Object.entries(files)) bring(file, text);
      const gone = Object.keys(store.getState()).filter((file) => files[file] === undefined);
      if (gone.length === 0) return;
      // A file that went away while it is typed in stays until it is saved.
      const left = Object.entries(store.getState()).filter(([file, each]) => files[file] !== undefined || dirty(each));
      store.setState(Object.fromEntries(left), true);
    },
    async saveAnyway(file) {
      clearTimeout(timers.get(`look ${file}`));
      if (get(file)?.clash === undefined) await write(file);
    },
    retry() {
      for (const [file, { state }] of Object.entries(store.getState())) if (state === "lost") checkSoon(file, 0);
    },
    takeUp(file) {
      const each = get(file);
      if (each?.draft === undefined) return;
      const merged = mergeTexts(each.draft.base, each.draft.text, each.base);
      if (merged.clashes > 0)
        set(file, { text: each.draft.text, state: "clash", clash: merged, origin: each.draft.base, draft: undefined });
      else replace(file, settled(merged, "mine"));
    },
    throwAway(file) {
      set(file, { draft: undefined });
      void given.drafts.drop(file);
    },
    settle(file, side) {
      const clash = get(file)?.clash;
      if (clash !== undefined) replace(file, settled(clash, side));
    },
  };
}

const fresh = (text: string): FileText => ({ text, base: text, state: "saved", problems: [], fresh: [] });

const errorsIn = (problems: readonly PlacedProblem[]): readonly PlacedProblem[] =>
  problems.filter(({ severity }) => severity === "error");

/** A problem without its place: an edit above it moves its line. */
const inWords = ({ code, message }: PlacedProblem): string => `${code} ${message}`;

/** Whether a file is no YAML: nothing of the case can be read then. */
const isOfYaml = ({ code, file }: PlacedProblem, of: string): boolean => code.startsWith("yaml-") && file === of;
