import { z } from "zod";
import { type Dossier, type Path, type Raw, type RawMap, readContent, safePath } from "../../case/index.ts";
import { nearest, ParleyError } from "../../core/problems/index.ts";
import { pathInCase } from "../case-path.ts";
import { caseId, defineTool, moreOf, pageInput, pageOf, pageOutput } from "../tool.ts";

/** Longest value or text in one answer, in characters. */
const LONGEST = 20_000;
const USUAL = 100;

const cited = z.object({
  id: z.string(),
  title: z.string().nullable(),
  by: z.string().nullable(),
  published: z.string().nullable(),
  reliability: z.string().nullable(),
  line: z.string(),
});

const entry = z.object({
  path: z.string(),
  line: z.string().describe("Where it stands in the case folder: case.yaml:12."),
  value: z.json().optional().describe("What it holds; left out where it is too long: then its keys are told."),
  keys: z.array(z.string()).describe("Names in it, to be asked for as path.key."),
  ...pageOutput,
  sources: z.array(cited).describe("The sources that it cites."),
});

const text = z.object({
  file: z.string(),
  line: z.int().describe("The number of the first line."),
  text: z.string(),
  ...pageOutput,
});

/** `read_case`: what a case holds, a part at a time. */
export const readCase = defineTool({
  name: "read_case",
  title: "Read a case",
  description:
    "Reads a case. Without more: its title, sections, files and readings. With path: an entry of it, such as claims.heavy-losses or sources, with its line and the sources it cites. With file: the text of one of its files, line by line.",
  input: z.strictObject({
    case: caseId,
    path: z.string().max(1000).optional().describe("Keys joined by dots: claims, claims.heavy-losses, war.talks."),
    file: z.string().max(500).optional().describe("A file of the case: case.yaml."),
    ...pageInput(1000, USUAL),
  }),
  output: z.object({
    case: z.string(),
    title: z.string().nullable(),
    asOf: z.string().nullable(),
    sections: z.array(z.object({ section: z.string(), entries: z.int(), line: z.string() })),
    readings: z.array(z.string()),
    files: z.array(z.string()),
    entry: entry.nullable(),
    text: text.nullable(),
  }),
  async answer(input, desk) {
    const shelved = await desk.shelf.get(input.case);
    const files = await desk.shelf.filesOf(shelved);
    const { content, problems } = readContent(files);
    if (content === undefined) throw new ParleyError(problems);
    const { raw, inside } = content;
    const names = [...new Set([files.main, ...inside.values(), ...seriesFiles(raw)])];
    const word = (key: string) => (typeof raw[key] === "string" ? String(raw[key]) : null);
    const sections = Object.entries(raw).flatMap(([section, value]) =>
      typeof value === "object" && value !== null
        ? [{ section, entries: Object.keys(value).length, line: lineOf(content, [section]) }]
        : [],
    );
    const found = input.path === undefined ? null : entryOf(content, input.path, input);
    const shown = input.file === undefined ? null : textOf(input.file, names, (name) => files.read(name), input);
    const told = [
      `${word("title") ?? input.case}${word("asOf") === null ? "" : `, as of ${word("asOf")}`}`,
      ...(found === null ? [] : [`${found.path} stands at ${found.line}.`, ...moreOf(found)]),
      ...(shown === null ? [] : [`${shown.file}, from line ${shown.line}:`, shown.text, ...moreOf(shown)]),
      ...(found === null && shown === null
        ? [`Sections: ${sections.map(({ section, entries }) => `${section} (${entries})`).join(", ")}.`]
        : []),
    ];
    return {
      text: told.join("\n"),
      data: {
        case: input.case,
        title: word("title"),
        asOf: word("asOf"),
        sections,
        readings: Object.keys(mapping(raw["readings"])),
        files: names,
        entry: found,
        text: shown,
      },
    };
  },
});

type Page = { readonly offset?: number | undefined; readonly limit?: number | undefined };
type Content = Pick<Dossier, "raw" | "places" | "inside">;

function entryOf(content: Content, written: string, page: Page): z.input<typeof entry> {
  const { path, value } = resolved(content.raw, written);
  const isList = Array.isArray(value);
  const all = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const { items, total, next } = pageOf(all, page, USUAL);
  const whole = JSON.stringify(value).length <= LONGEST;
  return {
    path: path.join("."),
    line: lineOf(content, path),
    ...(whole ? { value: value as z.input<typeof entry>["value"] } : {}),
    keys: isList ? [] : [...items],
    total,
    next,
    sources: whole ? sourcesIn(content, value) : [],
  };
}

/** What stands at a path; a key may hold dots itself. @throws ParleyError where nothing does */
function resolved(raw: RawMap, written: string): { readonly path: Path; readonly value: Raw } {
  const found = pathInCase(raw as Raw, written);
  if (found === undefined) {
    const names = Object.entries(raw).flatMap(([section, value]) => [
      section,
      ...Object.keys(mapping(value)).map((key) => `${section}.${key}`),
    ]);
    throw ParleyError.of("unset-path", { path: written, near: nearest(written, names) });
  }
  return found;
}

/** The sources that a part of a case cites, wherever in it: under `source:` or `says:`. */
function sourcesIn(content: Content, value: Raw): z.input<typeof cited>[] {
  const sources = mapping(content.raw["sources"]);
  const named = new Set<string>();
  const look = (at: Raw, key: string): void => {
    if (typeof at === "string") {
      const id = at.split("#")[0] ?? "";
      if ((key === "source" || key === "says") && Object.hasOwn(sources, id)) named.add(id);
    } else if (Array.isArray(at)) for (const each of at) look(each as Raw, key);
    else if (typeof at === "object" && at !== null)
      for (const [name, each] of Object.entries(at)) look(each as Raw, name);
  };
  look(value, "");
  return [...named].map((id) => {
    const source = mapping(sources[id]);
    const word = (key: string) =>
      typeof source[key] === "string" || typeof source[key] === "number" ? String(source[key]) : null;
    return {
      id,
      title: word("title"),
      by: word("by"),
      published: word("published"),
      reliability: word("reliability"),
      line: lineOf(content, ["sources", id]),
    };
  });
}

function textOf(name: string, names: readonly string[], read: (name: string) => Uint8Array, page: Page) {
  const path = safePath(name);
  if (path === undefined) throw ParleyError.of("path-outside-folder", { path: name });
  if (!names.includes(path)) {
    throw ParleyError.of("unknown-reference", {
      kind: "file of the case",
      value: name,
      near: nearest(path, names),
      known: `its files: ${names.slice(0, 20).join(", ")}`,
    });
  }
  const lines = new TextDecoder().decode(read(path)).split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  const { items, total } = pageOf(lines, page, USUAL);
  const offset = page.offset ?? 0;
  const told: string[] = [];
  let length = 0;
  for (const line of items) {
    // A line by itself may be longer than an answer: then its beginning is told.
    if (told.length > 0 && length + line.length > LONGEST) break;
    told.push(line.slice(0, LONGEST));
    length += line.length + 1;
  }
  const end = offset + told.length;
  return { file: path, line: offset + 1, text: told.join("\n"), total, next: end < total ? end : null };
}

function seriesFiles(raw: RawMap): string[] {
  return Object.values(mapping(raw["indicators"])).flatMap((indicator) => {
    const { file } = mapping(indicator as Raw);
    const path = typeof file === "string" ? safePath(file) : undefined;
    return path === undefined ? [] : [path];
  });
}

/** Where a path stands: by the file's name in the case folder. */
function lineOf({ places, inside }: Content, path: Path): string {
  const { file, line } = places.place(path, "key");
  return `${inside.get(file) ?? file}:${line}`;
}

function mapping(value: Raw | undefined): RawMap {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as RawMap) : {};
}
