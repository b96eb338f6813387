import type { Assessment } from "../../assess/index.ts";
import type { PackedFiles } from "../engine/protocol.ts";
import type { Card } from "./card.ts";

/** Cases that were packed beside the workbench when it was built. */

async function fetched<T>(path: string): Promise<T | undefined> {
  try {
    const response = await fetch(new URL(path, document.baseURI));
    return response.ok ? ((await response.json()) as T) : undefined;
  } catch {
    return undefined;
  }
}

/** A name that can be a file's; nothing else is asked for. */
const isName = (id: string): boolean => /^[a-z0-9-]+$/.test(id);

/** A card with what names the case's files, as a server names them. */
type BundledCard = Card & { readonly id: string; readonly hash: string };

export async function bundledCatalogue(): Promise<readonly BundledCard[]> {
  return (await fetched<BundledCard[]>("cases/catalogue.json")) ?? [];
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
