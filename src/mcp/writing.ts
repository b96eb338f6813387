import { join } from "node:path";
import { z } from "zod";
import { nearest, ParleyError } from "../core/problems/index.ts";
import type { Desk } from "./desk.ts";
import type { ShelvedCase, Version, WritePlace } from "./shelf.ts";

/** A write, as the tools tell it. */
export const written = z.object({
  version: z.int().describe("The number of this write among the case's versions."),
  did: z.string(),
  files: z.array(z.string()).describe("The files that changed, by their paths."),
});

export function writtenTold(
  { path }: Pick<ShelvedCase, "path">,
  { version, did, files }: Version,
): z.input<typeof written> {
  return { version, did, files: files.map(({ name }) => join(path, name)) };
}

/** The folder (or workspace) to make a new case in, by its name where there are several. @throws ParleyError where there is none */
export function placeToWrite({ shelf }: Desk, into: string | undefined): WritePlace {
  const { places } = shelf;
  const [only, ...others] = places;
  if (only === undefined) throw shelf.refusal?.() ?? ParleyError.of("write-not-allowed", undefined);
  if (into === undefined && others.length === 0) return only;
  const names = places.map(({ name }) => name);
  const found = places.find(({ name }) => name === into);
  if (found !== undefined) return found;
  const known = `the places to write into: ${names.join(", ")}`;
  if (into === undefined) throw ParleyError.of("request-shape", { where: "into", detail: `expected one of ${known}` });
  throw ParleyError.of("unknown-reference", { kind: "folder", value: into, near: nearest(into, names), known });
}

/** A case that may be written to. @throws ParleyError where it may not */
export async function writableCase({ shelf }: Desk, id: string): Promise<ShelvedCase> {
  if (shelf.places.length === 0 && shelf.refusal === undefined) throw ParleyError.of("write-not-allowed", undefined);
  const shelved = await shelf.get(id);
  if (!shelved.writable) {
    if (shelf.refusal !== undefined) throw shelf.refusal(shelved);
    throw ParleyError.of("write-elsewhere", { id, folder: shelf.places.map(({ path }) => path).join(" or ") });
  }
  return shelved;
}
