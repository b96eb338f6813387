import type { Assessment } from "../../assess/index.ts";
import type { PackedFiles } from "../engine/protocol.ts";
import type { Card } from "./card.ts";

/** Cases that were packed beside the workbench when it was built. */

/** What is asked for twice at the same time is fetched once. */
const underWay = new Map<string, Promise<unknown>>();

function fetched<T>(path: string): Promise<T | undefined> {
  const known = underWay.get(path) ?? fetchedAnew(path);
  underWay.set(path, known);
  return known as Promise<T | undefined>;
}

async function fetchedAnew(path: string): Promise<unknown> {
  try {
    const response = await fetch(new URL(path, document.baseURI));
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  } finally {
    underWay.delete(path);
  }
}

/** A name that can be a file's; nothing else is asked for. */
const isName = (id: string): boolean => /^[a-z0-9-]+$/.test(id);

/** A card with what names the case's files, as a server names them. */
type BundledCard = Card & { readonly id: string; readonly hash: string };

export async function bundledCatalogue(): Promise<readonly BundledCard[]> {
  return (await fetched<BundledCard[]>("cases/catalogue.json")) ?? [];
}

/** Asks for all that a case needs at once; what asks for it then finds it under way. */
export function fetchBundled(id: string): void {
  void bundledFiles(id);
  void bundledAssessment(id);
}

export async function bundledFiles(id: string): Promise<PackedFiles | undefined> {
  if (!isName(id)) return undefined;
  const packed = await fetched<{ readonly files: PackedFiles["files"] }>(`cases/${id}.json`);
  return packed === undefined ? undefined : { main: "case.yaml", files: packed.files };
}

/** The case as coded, assessed when the workbench was built. */
export async function bundledAssessment(id: string): Promise<Assessment | undefined> {
  return isName(id) ? fetched<Assessment>(`cases/${id}.assessment.json`) : undefined;
}
