import type { PackedFiles } from "../engine/protocol.ts";
import type { Card } from "./card.ts";
import { withStore } from "./database.ts";

/** A case of one's own, kept in this browser. */
export interface Kept {
  readonly id: string;
  readonly packed: PackedFiles;
  readonly card: Card;
  /** Counts the changes of its files. */
  readonly state: number;
}

/** Ids of one's own cases begin so; no bundled case does. */
const OWN = "my-";

/** Where the browser keeps nothing, a case lasts as long as the page. */
const inMemory = new Map<string, Kept>();

export async function keptCases(): Promise<readonly (Card & { readonly id: string })[]> {
  const stored = (await withStore("cases", "readonly", (store) => store.getAll() as IDBRequest<Kept[]>)) ?? [];
  const all = new Map([...stored.map((each) => [each.id, each] as const), ...inMemory]);
  return [...all.values()].map(({ id, card }) => ({ id, ...card }));
}

export async function keptFiles(id: string): Promise<PackedFiles | undefined> {
  return (await keptCase(id))?.packed;
}

const idOf = (name: string): string =>
  `${OWN}${
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "") || "case"
  }`;

/** Keeps the files of a case, and gives its id; a case of the same name is replaced. */
export async function keepFiles(name: string, packed: PackedFiles): Promise<string> {
  const id = idOf(name);
  const before = (await keptCase(id))?.state ?? 0;
  await put({ id, packed, card: { title: name, about: null, asOf: null, leading: null }, state: before + 1 });
  return id;
}

/** Replaces the files of a case where it is still in the state that is named; undefined where it is not. */
export async function replaceKept(id: string, packed: PackedFiles, state: number): Promise<Kept | undefined> {
  const inPage = inMemory.get(id);
  if (inPage !== undefined) {
    if (inPage.state !== state) return undefined;
    const next = { ...inPage, packed, state: state + 1 };
    inMemory.set(id, next);
    return next;
  }
  return new Promise((resolve) => {
    withStore("cases", "readwrite", (store) => {
      const asked = store.get(id) as IDBRequest<Kept | undefined>;
      // Reading and writing stand in one transaction, so that no other tab comes between.
      asked.onsuccess = () => {
        const before = asked.result;
        if (before === undefined || stateOf(before) !== state) return resolve(undefined);
        const next = { ...before, packed, state: state + 1 };
        store.put(next).onsuccess = () => resolve(next);
      };
      return asked;
    }).then((found) => found === undefined && resolve(undefined));
  });
}

/** Cases kept by an earlier version count no changes. */
const stateOf = ({ state }: Kept): number => state ?? 1;

/** Holds the files of a case for as long as the page stands, beside any kept one of its name, and gives its id. */
export async function holdFiles(name: string, packed: PackedFiles): Promise<string> {
  const base = idOf(name);
  let id = base;
  for (let n = 2; (await keptCase(id)) !== undefined; n++) id = `${base}-${n}`;
  inMemory.set(id, { id, packed, card: { title: name, about: null, asOf: null, leading: null }, state: 1 });
  return id;
}

/** Keeps the card of a case; its files may change meanwhile, in another tab, and stay as they are then. */
export async function keepCard(id: string, card: Card): Promise<void> {
  const inPage = inMemory.get(id);
  if (inPage !== undefined) inMemory.set(id, { ...inPage, card });
  else {
    await withStore("cases", "readwrite", (store) => {
      const asked = store.get(id) as IDBRequest<Kept | undefined>;
      asked.onsuccess = () => asked.result !== undefined && store.put({ ...asked.result, card });
      return asked;
    });
  }
}

export async function forget(id: string): Promise<void> {
  inMemory.delete(id);
  await withStore("cases", "readwrite", (store) => store.delete(id));
}

export async function keptCase(id: string): Promise<Kept | undefined> {
  if (!id.startsWith(OWN)) return undefined;
  const found =
    inMemory.get(id) ??
    (await withStore("cases", "readonly", (store) => store.get(id) as IDBRequest<Kept | undefined>));
  return found === undefined ? undefined : { ...found, state: stateOf(found) };
}

/** Writes the card or the whole of a case. */
async function put(each: Kept): Promise<void> {
  const stored = await withStore("cases", "readwrite", (store) => store.put(each));
  if (stored === undefined) inMemory.set(each.id, each);
}
