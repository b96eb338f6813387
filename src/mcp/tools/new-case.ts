import { z } from "zod";
import { checkDossier, filesInMemory, readDossier } from "../../case/index.ts";
import { TEMPLATES, templateText } from "../../case/templates.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { digestOf, draftsOf } from "../../formats/drafts.ts";
import { newCase as caseOf, partiesOf } from "../../formats/new-case.ts";
import type { Desk } from "../desk.ts";
import { caseId, defineTool } from "../tool.ts";
import { placeToWrite, written, writtenTold } from "../writing.ts";
import { readGiven, textInput } from "./draft-claims.ts";

const from = z.union([
  z.strictObject({
    template: z.enum(TEMPLATES),
    title: z.string().trim().min(1).max(500),
    asOf: z.iso.date().optional(),
  }),
  z.strictObject({ copy: caseId }),
  z.strictObject({ yaml: z.string().min(1).max(2_000_000).describe("The whole text of its case.yaml.") }),
  z.strictObject(textInput),
]);

/** `new_case`: a case of its own, in a folder to write into. */
export const newCase = defineTool({
  name: "new_case",
  title: "Make a new case",
  description:
    "Makes a case in a folder or workspace that the user opened for writing: from a template, as a copy of a case, from the whole text of a case.yaml (refused where it has errors), or from an article, as drafts. Never replaces one that is there. undo_write takes it away again, but on a team server.",
  writes: true,
  input: z.strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?$/, "expected lower-case letters, digits and hyphens")
      .describe("The name of its folder."),
    from: from.describe("A template, a case to copy, the text of a case, or an article."),
    into: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe(
        "The folder or workspace to make it in, by its name in list_cases; needed only where there are several.",
      ),
  }),
  output: z.object({ case: z.string().describe("Its id."), path: z.string(), written }),
  async answer({ name, from: given, into }, desk) {
    const place = placeToWrite(desk, into);
    const texts = await textsOf(given, desk);
    const how = Object.keys(given).find((key) => ["template", "copy", "yaml", "text"].includes(key)) ?? "";
    const { shelved, version } = await desk.shelf.create(place, name, { did: `new_case from ${how}`, texts });
    return {
      text: `Made the case ${shelved.id} in ${shelved.path}. check_case tells what is still missing.`,
      data: { case: shelved.id, path: shelved.path, written: writtenTold(shelved, version) },
    };
  },
});

async function textsOf(given: z.output<typeof from>, desk: Desk): Promise<ReadonlyMap<string, string>> {
  if ("template" in given) return new Map([["case.yaml", templateText(given.template, given.title, given.asOf)]]);
  if ("yaml" in given) {
    const { dossier, problems } = readDossier(filesInMemory({ "case.yaml": given.yaml }));
    const all = [...problems, ...(dossier === undefined ? [] : checkDossier(dossier))];
    if (all.some(({ severity }) => severity === "error")) throw new ParleyError(all);
    return new Map([["case.yaml", given.yaml]]);
  }
  if ("copy" in given) {
    const { files, dossier } = await desk.open(given.copy);
    const names = new Set([files.main, ...dossier.inside.values()]);
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    // A single file of any name is a case.yaml in a folder of its own.
    return new Map(
      [...names].map((name) => [name === files.main ? "case.yaml" : name, decoder.decode(files.read(name))]),
    );
  }
  const { source, reading } = await readGiven(given, []);
  const title = reading.title ?? "A text";
  const drafts = draftsOf(reading, { title, parties: partiesOf(reading), digest: digestOf(source) });
  return new Map([["case.yaml", caseOf(reading, drafts, title)]]);
}
