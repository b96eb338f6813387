import type { Problem } from "../../core/problems/index.ts";
import { ParleyError, problem } from "../../core/problems/index.ts";

/** Files of other programs as cases: a conflict of GMCR+, or a negotiation domain of GENIUS, GeniusWeb or NegMAS. */

export type Brought =
  | { readonly name: string; readonly text: string; readonly notes: readonly string[] }
  | { readonly problems: readonly Problem[] };

/** Largest files together, in bytes. */
const MOST_BYTES = 20_000_000;

export async function caseOfFiles(files: readonly File[]): Promise<Brought> {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > MOST_BYTES) {
    const why = `${(size / 1e6).toFixed(1)} MB is too large`;
    return { problems: [problem("text-unreadable", { why }, { file: files[0]?.name ?? "", line: 0, column: 0 })] };
  }
  const texts = await Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() })));
  const conflict = texts.find(({ name }) => /\.gmcr$/i.test(name));
  try {
    return conflict === undefined ? await ofDomain(texts) : await ofConflict(conflict);
  } catch (error) {
    if (error instanceof ParleyError) return { problems: error.problems };
    throw error;
  }
}

interface TextFile {
  readonly name: string;
  readonly text: string;
}

async function ofConflict(file: TextFile): Promise<Brought> {
  const { gmcrToCase, readGmcr } = await import("../../formats/gmcr/index.ts");
  const { conflict, coalitions, problems, notes } = readGmcr(file);
  if (conflict === undefined) return { problems };
  const { text, lost } = gmcrToCase({ conflict, coalitions }, { file: file.name });
  return { name: stem(file.name), text, notes: [...notes, ...lost] };
}

async function ofDomain(files: readonly TextFile[]): Promise<Brought> {
  const { domainToCase, readNegotiation } = await import("../../formats/negotiation/index.ts");
  const { domain, problems, notes } = readNegotiation(files);
  if (domain === undefined) return { problems };
  const [first] = files;
  const name = domain.name ?? stem(first?.name ?? "domain");
  const { text, lost } = domainToCase(domain, { file: files.length === 1 ? (first?.name ?? name) : name });
  return { name, text, notes: [...notes, ...lost] };
}

const stem = (name: string): string => name.replace(/\.[^.]*$/, "");
