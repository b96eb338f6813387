import { z } from "zod";
import { filesInMemory } from "../../case/index.ts";
import { formatProblem, ParleyError, type Problem } from "../../core/problems/index.ts";
import { problemsIn } from "../checking.ts";
import { viewOf } from "../desk.ts";
import { caseId, defineTool, moreOf, pageInput, pageOf, pageOutput, viewInput } from "../tool.ts";

const USUAL = 50;
const { seed: _, ...view } = viewInput;

const found = z.object({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  code: z.string(),
  severity: z.enum(["error", "warning", "note"]),
  message: z.string(),
  hint: z.string().describe("How to mend it, where the message does not say it all."),
});

/** `check_case`: every problem of a case, or of a text that is to become one. */
export const checkCase = defineTool({
  name: "check_case",
  title: "Check a case",
  description:
    "Checks a case, or the text of one that is not saved yet: every problem with file, line, column, what is wrong and how to mend it. Works on broken cases; they are what it is for.",
  long: true,
  input: z.strictObject({
    case: caseId.optional(),
    yaml: z.string().max(2_000_000).optional().describe("The text of a case.yaml, in place of a case."),
    provenance: z.boolean().optional().describe("Also list judgements with neither a source nor a reason."),
    ...view,
    ...pageInput(200, USUAL),
  }),
  output: z.object({
    ok: z.boolean().describe("Whether there is no error; warnings and notes may be there."),
    errors: z.int(),
    warnings: z.int(),
    notes: z.int(),
    problems: z.array(found),
    ...pageOutput,
  }),
  async answer(input, desk) {
    if ((input.case === undefined) === (input.yaml === undefined)) {
      throw ParleyError.of("request-shape", { where: "case", detail: "expected either case or yaml" });
    }
    const files =
      input.yaml === undefined
        ? await desk.shelf.filesOf(await desk.shelf.get(input.case ?? ""))
        : filesInMemory({ "case.yaml": input.yaml });
    const unique = problemsIn(files, viewOf(input), { provenance: input.provenance });
    const count = (severity: Problem["severity"]) => unique.filter((each) => each.severity === severity).length;
    const { items, ...page } = pageOf(unique, input, USUAL);
    const counts = { errors: count("error"), warnings: count("warning"), notes: count("note") };
    const text = [
      unique.length === 0
        ? "No problems."
        : `${counts.errors} errors, ${counts.warnings} warnings, ${counts.notes} notes.`,
      ...items.map((each) => `${each.severity}: ${formatProblem(each)}${each.hint === "" ? "" : ` — ${each.hint}`}`),
      ...moreOf(page),
    ].join("\n");
    return {
      text,
      data: { ok: counts.errors === 0, ...counts, problems: items.map((each) => ({ ...each })), ...page },
    };
  },
});
