import type { Severity } from "./problem.ts";

/** A problem's sentence and hint, made by words.ts. */
type Say<W> = (message: string, hint?: string, severity?: Severity) => W;

/** The words of problems with what assistants ask for and write. */
export function assistantWords<W>(say: Say<W>, cut: (value: string | number) => string) {
  return {
    "write-not-allowed": () =>
      say(
        "missing folder: this server was given none to write into; nothing was written",
        "start it with --write FOLDER; the folder's owner decides that, not the assistant",
      ),
    "write-elsewhere": ({ id, folder }: { id: string; folder: string }) =>
      say(
        `invalid target: the case ${cut(id)} is not in a folder to write into (${cut(folder)}); nothing was written`,
        "make a copy of it there first, with the tool new_case",
      ),
    "write-through-link": ({ path }: { path: string }) =>
      say(
        `invalid target: ${cut(path)} is a link, and nothing is written through links`,
        "name a folder without links",
      ),
    "write-stale": ({ name }: { name: string }) =>
      say(
        `invalid write: ${cut(name)} was changed by somebody else meanwhile; nothing was written`,
        "read the case again, and repeat what still applies",
      ),
    "version-stale": ({ name }: { name: string }) =>
      say(
        `invalid undo: ${cut(name)} was changed by somebody else since; nothing was written`,
        "the former texts are kept among the case's versions (in a folder: .parley/versions)",
      ),
    "version-none": ({ id }: { id: string }) =>
      say(`missing version: there is nothing to undo in the case ${cut(id)}`, "only what this server wrote is undone"),
    "work-stopped": () => say("stopped: the work was cancelled before it was done", "ask again to start it anew"),
  };
}
