import { join } from "node:path";
import { z } from "zod";
import { ParleyError } from "../core/problems/index.ts";
import type { Desk } from "./desk.ts";
import type { ShelvedCase } from "./shelf.ts";
import type { Version } from "./versions.ts";

/** A write, as the tools tell it. */
export const written = z.object({
  version: z.int().describe("The number of this write in the case's .parley/versions."),
  did: z.string(),
  files: z.array(z.string()).describe("The files that changed, by their paths."),
});

export function writtenTold(
  { path }: Pick<ShelvedCase, "path">,
  { version, did, files }: Version,
): z.input<typeof written> {
  return { version, did, files: files.map(({ name }) => join(path, name)) };
}

/** The folder that the user named to write into. @throws ParleyError where there is none */
export function writeRoot({ shelf }: Desk): string {
  if (shelf.write === undefined) throw ParleyError.of("write-not-allowed", undefined);
  return shelf.write;
}

/** A case that may be written to. @throws ParleyError where it may not */
export function writableCase(desk: Desk, id: string): { readonly root: string; readonly shelved: ShelvedCase } {
  const root = writeRoot(desk);
  const shelved = desk.shelf.get(id);
  if (!shelved.writable) throw ParleyError.of("write-elsewhere", { id, folder: root });
  return { root, shelved };
}
