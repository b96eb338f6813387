import { z } from "zod";
import { caseId, defineTool } from "../tool.ts";
import { writableCase, written, writtenTold } from "../writing.ts";

/** `undo_write`: takes back the last write to a case. */
export const undoWrite = defineTool({
  name: "undo_write",
  title: "Undo the last write",
  description:
    "Takes back the last write that this server made to a case, file by file; what it takes back is kept as a version, too. Refused where somebody else has changed the same since. Called again, it takes back the write before.",
  writes: true,
  input: z.strictObject({ case: caseId }),
  output: z.object({ case: z.string(), undone: written, written }),
  async answer(input, desk) {
    const shelved = await writableCase(desk, input.case);
    const { undone, now } = await desk.shelf.undo(shelved);
    return {
      text: `Took back version ${undone.version} of ${input.case} (${undone.did}).`,
      data: { case: input.case, undone: writtenTold(shelved, undone), written: writtenTold(shelved, now) },
    };
  },
});
