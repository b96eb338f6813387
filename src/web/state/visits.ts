import type { Assessment } from "../../assess/index.ts";
import { rowsOf } from "./rows.ts";

/** What this browser remembers of the last look at a case: its leading figures, and each entry's text as a number. */
export interface Visit {
  readonly day: string;
  readonly hash: string;
  readonly figures: readonly { readonly id: string; readonly label: string; readonly text: string }[];
  readonly entries: Readonly<Record<string, string>>;
}

export interface Entry {
  readonly path: string;
  readonly how: "added" | "removed" | "changed";
}

/** What moved since a visit, and which entries of the case differ. */
export interface Since {
  readonly moved: readonly {
    readonly id: string;
    readonly label: string;
    readonly from: string | undefined;
    readonly to: string | undefined;
  }[];
  readonly entries: readonly Entry[];
}

/** A visit, from an assessment as coded and the case as written. */
export function visitOf(assessment: Assessment, content: Readonly<Record<string, unknown>>, day: string): Visit {
  const rows = Object.values(rowsOf(assessment)).flat();
  return {
    day,
    hash: assessment.case.hash,
    figures: rows.map(({ id, label, text }) => ({ id, label, text })),
    entries: fingerprints(content),
  };
}

/** What differs between two visits, in the order of the newer. */
export function sinceVisit(then: Visit, now: Visit): Since {
  const before = new Map(then.figures.map((each) => [each.id, each]));
  const after = new Set(now.figures.map(({ id }) => id));
  const moved = [
    ...now.figures
      .filter(({ id, text }) => before.get(id)?.text !== text)
      .map(({ id, label, text }) => ({ id, label, from: before.get(id)?.text, to: text })),
    ...then.figures
      .filter(({ id }) => !after.has(id))
      .map(({ id, label, text }) => ({ id, label, from: text, to: undefined })),
  ];
  const entries = [
    ...Object.entries(now.entries).flatMap(([path, print]): Entry[] => {
      const was = then.entries[path];
      return was === print ? [] : [{ path, how: was === undefined ? "added" : "changed" }];
    }),
    ...Object.keys(then.entries)
      .filter((path) => now.entries[path] === undefined)
      .map((path): Entry => ({ path, how: "removed" })),
  ];
  return { moved, entries };
}

/** Every entry of a section, and every plain section, by its path, with a number that changes with its text. */
export function fingerprints(content: Readonly<Record<string, unknown>>): Record<string, string> {
  const prints: Record<string, string> = {};
  for (const [section, value] of Object.entries(content)) {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [id, entry] of Object.entries(value)) prints[`${section}.${id}`] = print(JSON.stringify(entry) ?? "");
    } else prints[section] = print(JSON.stringify(value) ?? "");
  }
  return prints;
}

/** FNV-1a, 32 bits, twice: enough to tell two texts of one entry apart. */
function print(text: string): string {
  let [a, b] = [0x811c9dc5, 0x1000193];
  for (let k = 0; k < text.length; k++) {
    a = Math.imul(a ^ text.charCodeAt(k), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(text.length - 1 - k), 0x01000193);
  }
  return ((a >>> 0).toString(36) + (b >>> 0).toString(36)).padEnd(8, "0");
}

const keyOf = (id: string): string => `parley-visit/${id}`;
const NOT_KEPT = "none";

/** The visit that is remembered; null where its owner wants none; undefined where there is none, or no place for any. */
export function lastVisit(
  id: string,
  storage: Pick<Storage, "getItem"> | undefined = store(),
): Visit | null | undefined {
  try {
    const text = storage?.getItem(keyOf(id));
    if (text === NOT_KEPT) return null;
    const read: unknown = text === null || text === undefined ? undefined : JSON.parse(text);
    return isVisit(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers a visit, or with null that none is wanted. Whether there was a place for it. */
export function remember(
  id: string,
  visit: Visit | null,
  storage: Pick<Storage, "setItem"> | undefined = store(),
): boolean {
  try {
    if (storage === undefined) return false;
    storage.setItem(keyOf(id), visit === null ? NOT_KEPT : JSON.stringify(visit));
    return true;
  } catch {
    return false;
  }
}

function store(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

function isVisit(value: unknown): value is Visit {
  const read = value as Partial<Visit> | null | undefined;
  return (
    typeof read === "object" &&
    read !== null &&
    typeof read.day === "string" &&
    typeof read.hash === "string" &&
    Array.isArray(read.figures) &&
    typeof read.entries === "object" &&
    read.entries !== null
  );
}
