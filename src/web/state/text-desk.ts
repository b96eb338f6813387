import { draftsOf } from "../cases/drafts.ts";
import type { PageId } from "./address.ts";
import { checkDraft, placeOfPart, saveFileText, useEditing } from "./editing.ts";
import { useStore } from "./store.ts";
import { makeTexts, type Texts } from "./texts.ts";

/** The texts of the case that is open; what was typed stays while the drawer is shut. */

let current: { readonly id: string; readonly texts: Texts; readonly stop: () => void } | undefined;

export function textsOfCase(id: string, files: Readonly<Record<string, string>>): Texts {
  if (current?.id === id) return current.texts;
  current?.stop();
  const texts = makeTexts({
    files,
    check: checkDraft,
    save: saveFileText,
    drafts: draftsOf(id),
    now: () => new Date().toISOString(),
  });
  const stops = [
    useStore.subscribe(({ open }, before) => {
      if (open?.id === id && open.packed !== before.open?.packed) texts.outside(open.packed.files);
    }),
    useEditing.subscribe(({ lost }, before) => before.lost && !lost && texts.retry()),
  ];
  current = { id, texts, stop: () => stops.map((stop) => stop()) };
  return texts;
}

/** The section of the case that a page shows. */
export const SECTION: Readonly<Record<PageId, string>> = {
  brief: "questions",
  evidence: "claims",
  parties: "positions",
  stability: "graph",
  terms: "issues",
  futures: "war",
  history: "history",
  compare: "readings",
  record: "resolutions",
  report: "title",
};

/** Where the drawer opens: at the place that the address names, or at the page's own section. */
export async function placeOf(
  text: string,
  page: PageId,
  main: string,
  isRead: boolean,
): Promise<{ readonly file: string; readonly line: number; readonly alone: boolean }> {
  const asked = text === "." ? (isRead ? await placeOfPart(SECTION[page]) : undefined) : text;
  const [, file = "", line = "1"] = /^(.*?)(?::(\d+))?$/.exec(asked ?? main) ?? [];
  return { file: file === "" ? main : file, line: Number(line), alone: text === "." };
}
