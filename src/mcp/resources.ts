import { caseJsonSchema, readContent } from "../case/index.ts";
import { nearest, ParleyError } from "../core/problems/index.ts";
import type { Shelf } from "./shelf.ts";

/** Something that an assistant can read whole. */
export interface Resource {
  readonly uri: string;
  readonly name: string;
  readonly description: string;
  readonly mimeType: string;
}

const SCHEMA = "parley://schema/case";
const CASE = "parley://case/";
/** Longest text of a resource, in characters; read_case reads longer ones a part at a time. */
const LONGEST = 1_000_000;

/** What can be read: the schema of case files, and the main file of every case. */
export async function resourcesOf(shelf: Shelf): Promise<Resource[]> {
  return [
    {
      uri: SCHEMA,
      name: "case schema",
      description: "The JSON Schema of case files: every section, with what it is for.",
      mimeType: "application/schema+json",
    },
    ...(await shelf.list()).map(({ id }) => ({
      uri: `${CASE}${encodeURIComponent(id)}`,
      name: id,
      description: `The text of the case ${id}; ${CASE}{id}/{file} gives another file of it.`,
      mimeType: "application/yaml",
    })),
  ];
}

/** The text of a resource: the schema, a case's main file, or a file that the case names. @throws ParleyError */
export async function readResource(
  shelf: Shelf,
  uri: string,
): Promise<{ readonly mimeType: string; readonly text: string }> {
  if (uri === SCHEMA) return { mimeType: "application/schema+json", text: JSON.stringify(caseJsonSchema(), null, 2) };
  const [id = "", file] = uri.startsWith(CASE) ? uri.slice(CASE.length).split("/").map(decoded) : [];
  if (id === "") {
    const known = `${SCHEMA}, or ${CASE} and the id of a case`;
    throw ParleyError.of("unknown-reference", { kind: "resource", value: uri, known });
  }
  const files = await shelf.filesOf(await shelf.get(id));
  const { content } = file === undefined ? { content: undefined } : readContent(files);
  const names = [...new Set([files.main, ...(content?.inside.values() ?? [])])];
  const name = file ?? files.main;
  if (!names.includes(name)) {
    const facts = { kind: "file of the case", value: name, near: nearest(name, names), known: names.join(", ") };
    throw ParleyError.of("unknown-reference", facts);
  }
  const text = new TextDecoder().decode(files.read(name));
  if (text.length > LONGEST) throw ParleyError.of("file-too-large", { size: text.length, limit: LONGEST });
  return { mimeType: "application/yaml", text };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
