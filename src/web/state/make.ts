import { keepNewCase, slugOf } from "../cases/create.ts";
import type { PackedFiles } from "../engine/protocol.ts";
import { GALLERY } from "./address.ts";
import { makeOnServer } from "./places.ts";
import { go, loadCatalogue } from "./session.ts";

/**
 * Makes a case and goes to it, with its text open at the first thing to fill in: in the server's folder for new cases where
 * there is one, else in this browser.
 */
export async function makeAndOpen(name: string, packed: PackedFiles, first: string): Promise<void> {
  const id = (await makeOnServer(slugOf(name), packed)) ?? (await keepNewCase(name, packed));
  await loadCatalogue();
  const lines = (packed.files[packed.main] ?? "").split("\n");
  const line = lines.findIndex((each) => each.startsWith(`${first}:`));
  go({ ...GALLERY, case: id, text: `${packed.main}:${Math.max(1, line + 1)}` });
}
