import type { Edit } from "../../case/index.ts";

/** Edits that no home has taken yet, kept by the browser by the place of their case: a closed tab loses none. */

const keyOf = (where: string): string => `parley-unsaved ${where}`;

export function keepUnsaved(where: string, all: readonly (readonly Edit[])[]): void {
  try {
    if (all.length === 0) localStorage.removeItem(keyOf(where));
    else localStorage.setItem(keyOf(where), JSON.stringify(all));
  } catch {
    // They last as long as the page.
  }
}

/** What was kept, in its order; nothing where it cannot be read. */
export function keptUnsaved(where: string): readonly (readonly Edit[])[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(where)) ?? "[]");
    return Array.isArray(kept) ? kept.filter((each): each is readonly Edit[] => Array.isArray(each)) : [];
  } catch {
    return [];
  }
}
