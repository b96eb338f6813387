import { z } from "zod";
import { readContent } from "../../case/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import type { Desk } from "../desk.ts";
import type { ShelvedCase } from "../shelf.ts";
import { defineTool, moreOf, pageInput, pageOf, pageOutput } from "../tool.ts";

const listed = z.object({
  id: z.string().describe("What the other tools call it."),
  title: z.string().nullable().describe("Null where its file cannot be read; check_case says why."),
  asOf: z.string().nullable().describe("The day as of which it speaks."),
  path: z.string(),
  bundled: z.boolean().describe("Whether it ships with Parley."),
  writable: z.boolean().describe("Whether the tools that write may change it."),
  sections: z.array(z.string()),
});

const USUAL = 50;

/** `list_cases`: what there is to ask about. */
export const listCases = defineTool({
  name: "list_cases",
  title: "List cases",
  description:
    "Lists the case files this server sees: those that ship with Parley and those in the folders (on a team server: the workspaces) that the user opened, with title, day, sections, and whether they may be written to. Start here.",
  input: z.strictObject(pageInput(200, USUAL)),
  output: z.object({
    cases: z.array(listed),
    ...pageOutput,
    writeInto: z
      .string()
      .nullable()
      .describe("The folder or workspace to write into, the first of several; null where there is none."),
    writeFolders: z
      .array(z.object({ name: z.string().describe("What new_case calls it."), path: z.string() }))
      .describe("Every folder or workspace to write into."),
  }),
  async answer(input, desk) {
    const { items, ...page } = pageOf(await desk.shelf.list(), input, USUAL);
    const cases = await Promise.all(items.map((shelved) => cardOf(shelved, desk)));
    const writeFolders = desk.shelf.places.map(({ name, path }) => ({ name, path }));
    const text = [
      ...cases.map(({ id, title, asOf }) => `${id}: ${title ?? "(cannot be read)"}${asOf === null ? "" : `, ${asOf}`}`),
      ...moreOf(page),
      writeFolders.length === 0
        ? `Nothing may be written: ${desk.shelf.refusal?.().message ?? "no folder was named with --write"}.`
        : `New cases, drafts and edits are written into ${writeFolders.map(({ path }) => path).join(" and ")} alone.`,
    ].join("\n");
    return { text, data: { cases, ...page, writeInto: writeFolders[0]?.path ?? null, writeFolders } };
  },
});

async function cardOf(shelved: ShelvedCase, desk: Desk): Promise<z.input<typeof listed>> {
  const { id, path, bundled, writable } = shelved;
  const raw = await rawOf(shelved, desk);
  const word = (key: string) => {
    const value = raw?.[key];
    return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 500) : null;
  };
  const sections = Object.entries(raw ?? {}).filter(([, value]) => typeof value === "object" && value !== null);
  return {
    id,
    title: word("title"),
    asOf: word("asOf"),
    path,
    bundled,
    writable,
    sections: sections.map(([name]) => name).slice(0, 60),
  };
}

async function rawOf(shelved: ShelvedCase, desk: Desk) {
  try {
    return readContent(await desk.shelf.filesOf(shelved)).content?.raw;
  } catch (error) {
    if (error instanceof ParleyError) return undefined;
    throw error;
  }
}
