import { z } from "zod";
import { ParleyError } from "../../core/problems/index.ts";
import { digestOf, draftsOf } from "../../formats/drafts.ts";
import { addToCase, namesOf, sourceOf } from "../../formats/into-case.ts";
import { caseId, defineTool } from "../tool.ts";
import { writableCase, written, writtenTold } from "../writing.ts";
import { readGiven, textInput } from "./draft-claims.ts";

/** `add_drafts`: drafts of claims, into a case. */
export const addDrafts = defineTool({
  name: "add_drafts",
  title: "Add drafts to a case",
  description:
    "Reads an article as draft_claims does, and adds its source and the drafts to a case in a folder or workspace that the user opened for writing. Nothing that is there changes; a draft enters no computation until a person accepts it. Each write is a version that undo_write takes back.",
  writes: true,
  input: z.strictObject({
    case: caseId,
    ...textInput,
    keepText: z.boolean().optional().describe("Keep the sentences themselves; a skeleton of each unless given."),
    hindsight: z.string().max(500).optional().describe("Why a text from after the case's day is there."),
    again: z.boolean().optional().describe("Add it even where the case has this text already."),
  }),
  output: z.object({
    case: z.string(),
    source: z.string(),
    claims: z.array(z.string()),
    warnings: z.array(z.string()),
    written,
  }),
  async answer(input, desk) {
    const shelved = await writableCase(desk, input.case);
    const before = (await desk.open(input.case)).dossier;
    const { source, reading, warnings } = await readGiven(input, namesOf(before).parties);
    // What was read above may have been changed while the text was read.
    const { dossier, files } = await desk.open(input.case);
    const { parties, sources, claims } = namesOf(dossier);
    const digest = digestOf(source);
    const there = sourceOf(dossier, digest, reading.title, reading.by);
    if (there !== undefined && input.again !== true) throw ParleyError.of("source-there", { source: there.id });
    const existing = there?.same === true ? there.id : undefined;
    const drafts = draftsOf(reading, {
      title: reading.title ?? "A text",
      sources,
      claims,
      existing,
      parties: new Set(parties.map(({ id }) => id)),
      keepText: input.keepText === true,
      hindsight: input.hindsight,
      digest,
    });
    const texts = addToCase(files, dossier, drafts, existing === undefined);
    const ids = Object.keys(drafts.claims);
    const did = `add_drafts: ${ids.length} drafts from ${drafts.source}`;
    const version = await desk.shelf.write(shelved, { did, texts }, files);
    return {
      text: `${ids.length} drafts from ${drafts.source} added to ${input.case}, version ${version.version}. They weigh nothing until a person accepts them.`,
      data: {
        case: input.case,
        source: drafts.source,
        claims: ids,
        warnings: warnings.map(({ message }) => message),
        written: writtenTold(shelved, version),
      },
    };
  },
});
