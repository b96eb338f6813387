import { z } from "zod";
import { applyEdits, type Content, type Edit, overlaid, type Path, type Raw, readContent } from "../../case/index.ts";
import { ParleyError, problem } from "../../core/problems/index.ts";
import { valueAt } from "../case-path.ts";
import { newErrors, problemsIn } from "../checking.ts";
import { viewOf } from "../desk.ts";
import { editInput, editsMeant } from "../edits.ts";
import { caseId, defineTool } from "../tool.ts";
import { writableCase, written, writtenTold } from "../writing.ts";

/** Longest value that is told of a change, in characters. */
const LONGEST = 2000;
/** Most changes that are told. */
const MOST_TOLD = 200;

/** Keys under which a case holds what a person judged. */
const JUDGED = new Set(["prior", "credence", "bears", "likelihoods", "weights", "weight", "probability", "status"]);

const change = z.object({
  did: z.enum(["set", "add", "remove", "rename"]),
  path: z.string().describe("Where it stands; for a rename, under its former key."),
  to: z.string().optional().describe("The new key, for a rename."),
  line: z.string().describe("Where that stands in the case folder now: case.yaml:12; for what is gone, its file."),
  before: z.json().optional().describe("What stood there; left out where there was nothing or it is long."),
  after: z.json().optional().describe("What stands there now; left out where there is nothing or it is long."),
});

/** `edit_case`: changes what is in a case. */
export const editCase = defineTool({
  name: "edit_case",
  title: "Edit a case",
  description:
    "Changes what is in a case of a folder or workspace that the user opened for writing: sets, adds, removes or renames entries by their paths, all edits or none. Comments and layout elsewhere stay as they are. Refused, with the problems, where the case would have an error that it has not now. Weights, priors, credences and the status of a claim are a person's to judge: change them only where the user asked for that value, and say so. Each call is a version that undo_write takes back.",
  writes: true,
  input: z.strictObject({
    case: caseId,
    edits: z.array(editInput).min(1).max(200).describe("They are made in their order, each on what the former left."),
    why: z.string().max(500).optional().describe("What for, in a few words; kept with the version."),
  }),
  output: z.object({
    case: z.string(),
    changes: z.array(change).describe("What changed, with what follows a rename."),
    more: z.int().describe("How many changes are not told here."),
    judged: z.array(z.string()).describe("Paths among them that hold judgements of a person: tell the user of these."),
    errors: z.int().describe("Errors that the case had before and has still; check_case lists them."),
    warnings: z.array(z.string()).describe("Warnings that are new."),
    written,
  }),
  async answer({ case: id, edits: given, why }, desk) {
    const shelved = await writableCase(desk, id);
    const files = await desk.shelf.filesOf(shelved);
    const { content, problems: reading } = readContent(files);
    if (content === undefined) throw new ParleyError(reading);
    const wrong = (where: string) => problem("request-shape", { where, detail: "no value that a case can hold" });
    const { edits, problems } = editsMeant(files, content.raw, given, wrong);
    if (problems.length > 0) throw new ParleyError(problems);
    const edited = applyEdits(files, edits);
    if (!edited.ok) throw new ParleyError(edited.problems);
    if (edited.files.size === 0) {
      throw ParleyError.of("request-shape", { where: "edits", detail: "the case holds all that already" });
    }
    const now = overlaid(files, edited.files);
    const before = problemsIn(files, viewOf({}));
    const after = problemsIn(now, viewOf({}));
    const broken = newErrors(before, after);
    if (broken.length > 0) throw new ParleyError(broken);
    const whole = readContent(now).content ?? content;
    const changes = edits.slice(0, MOST_TOLD).map((edit) => changeOf(edit, content, whole));
    const judged = [...new Set(edits.flatMap((edit) => judgedIn(edit)))].slice(0, MOST_TOLD);
    const version = await desk.shelf.write(shelved, { did: didOf(edits, why), texts: edited.files }, files);
    const errors = after.filter(({ severity }) => severity === "error").length;
    const known = new Set(before.map(({ message }) => message));
    const warnings = after.filter(({ severity, message }) => severity === "warning" && !known.has(message));
    const text = [
      `${edits.length} ${edits.length === 1 ? "change" : "changes"} in ${id}, version ${version.version}; undo_write takes them back.`,
      ...(judged.length === 0 ? [] : [`Judgements among them, for a person to confirm: ${judged.join(", ")}.`]),
      ...(errors === 0 ? [] : [`The case still has ${errors} errors from before.`]),
      ...warnings.slice(0, 5).map(({ message }) => `warning: ${message}`),
    ].join("\n");
    return {
      text,
      data: {
        case: id,
        changes,
        more: edits.length - changes.length,
        judged,
        errors,
        warnings: warnings.slice(0, 50).map(({ message }) => message),
        written: writtenTold(shelved, version),
      },
    };
  },
});

function stepsIn(edit: Edit): readonly string[] {
  const at = "set" in edit ? edit.set : "remove" in edit ? edit.remove : "rename" in edit ? edit.rename : edit.add;
  const steps = (typeof at === "string" ? (at === "" ? [] : at.split(".")) : at).map(String);
  return "add" in edit ? [...steps, String(edit.key)] : steps;
}

function changeOf(edit: Edit, before: Content, after: Content): z.input<typeof change> {
  const path = stepsIn(edit);
  const kind = "set" in edit ? "set" : "remove" in edit ? "remove" : "rename" in edit ? "rename" : "add";
  const there = "rename" in edit ? [...path.slice(0, -1), edit.to] : path;
  const isInserted = kind === "add" && Number.isInteger(Number(path.at(-1)));
  return {
    did: kind,
    path: path.join("."),
    ...("rename" in edit ? { to: edit.to } : {}),
    line: lineOf(after, there),
    ...(kind === "rename" || isInserted ? {} : toldAs("before", valueAt(before.raw, path))),
    ...(kind === "set" || kind === "add" ? toldAs("after", valueAt(after.raw, there)) : {}),
  };
}

function toldAs<K extends "before" | "after">(name: K, value: Raw | undefined) {
  if (value === undefined || JSON.stringify(value).length > LONGEST) return {};
  return { [name]: value as z.input<typeof change>["after"] };
}

/** Where a path stands, by the file's name in the case folder; what is gone, by where it stood in. */
function lineOf({ raw, places, inside }: Content, path: Path): string {
  let there = path;
  while (there.length > 0 && valueAt(raw, there) === undefined) there = there.slice(0, -1);
  const { file, line } = places.place(there, "key");
  const name = inside.get(file) ?? file;
  return there.length === path.length ? `${name}:${line}` : name;
}

/** Whether a key names a judgement, or ends in one: what a reading sets stands under whole paths. */
function isJudged(key: string): boolean {
  return key.split(".").some((step) => JUDGED.has(step));
}

/** Where an edit touches what a person judged: by its path, or in what it puts there. */
function judgedIn(edit: Edit): string[] {
  const path = stepsIn(edit);
  if (path.some(isJudged)) return [path.join(".")];
  if (!("value" in edit)) return [];
  const found: string[] = [];
  const look = (value: Raw, at: string): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (isJudged(key)) found.push(`${at}.${key}`);
      else look(inner as Raw, `${at}.${key}`);
    }
  };
  look(edit.value, path.join("."));
  return found;
}

function didOf(edits: readonly Edit[], why: string | undefined): string {
  const words = edits.slice(0, 5).map((edit) => {
    const kind = "set" in edit ? "set" : "remove" in edit ? "remove" : "rename" in edit ? "rename" : "add";
    return `${kind} ${stepsIn(edit).join(".").slice(0, 100)}`;
  });
  const more = edits.length > 5 ? ` and ${edits.length - 5} more` : "";
  return `edit_case: ${words.join(", ")}${more}${why === undefined ? "" : ` (${why})`}`;
}
