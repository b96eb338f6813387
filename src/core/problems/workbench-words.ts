import type { Severity } from "./problem.ts";

/** A problem's sentence and hint, made by words.ts. */
type Say<W> = (message: string, hint?: string, severity?: Severity) => W;

/** The words of problems with edits of a case, and with the files that the workbench serves and writes. */
export function workbenchWords<W>(
  say: Say<W>,
  cut: (value: string | number) => string,
  didYouMean: (near?: string) => string | undefined,
) {
  return {
    // Edits
    "edit-unknown": ({ path, near }: { path: string; near?: string | undefined }) =>
      say(`unknown entry: ${cut(path)} is not in the case`, didYouMean(near) ?? "it may have been removed meanwhile"),
    "edit-taken": ({ path }: { path: string }) =>
      say(`invalid key: ${cut(path)} is in the case already`, "choose another name, or change the entry that is there"),
    "edit-closed": ({ path }: { path: string }) =>
      say(
        `invalid edit: ${cut(path)} cannot be changed without changing something else of the case`,
        "it stands behind an alias, an anchor or an include: change it in the text itself",
      ),
    "edit-conflict": ({ path }: { path: string }) =>
      say(
        `invalid edit: ${cut(path)} was changed meanwhile, in another tab or by an editor`,
        "look at what it is now, then change it again",
      ),
    "edit-stale": () =>
      say(
        "invalid edit: the case was changed meanwhile, in another tab or by an editor",
        "look at what it is now, then change it again",
      ),

    // What the workbench serves
    "case-unknown": ({ id }: { id: string }) =>
      say(`unknown case: ${cut(id)}`, "its folder may have been moved or deleted; the list of cases says what is open"),
    "case-read-only": ({ id }: { id: string }) =>
      say(`invalid target: the case ${cut(id)} is read-only`, "make a copy of it, and change that"),
    "file-not-in-case": ({ name }: { name: string }) =>
      say(`unknown file: ${cut(name)} is none of the case's YAML files`, "case.yaml names it with include:"),
    "file-gone": ({ name }: { name: string }) =>
      say(
        `missing file: ${cut(name)} was deleted or moved meanwhile; nothing was written`,
        "put it back, or save it anew from the text that you have",
      ),
    "file-there": ({ name }: { name: string }) =>
      say(`invalid target: ${cut(name)} is there already`, "choose another name"),
    "no-home": () =>
      say("missing folder: no folder for new cases is open", "start Parley with a folder that cases can be made in"),
    "request-shape": ({ where, detail }: { where: string; detail: string }) =>
      say(`invalid request: ${where === "" ? "" : `${cut(where)}: `}${detail}`),
    "request-size": ({ limit }: { limit: number }) =>
      say(`invalid request: it is too large (expected at most ${Math.round(limit / 1e5) / 10} MB)`),
    "request-host": () =>
      say("invalid request: not for this host or from another site", "open the address that Parley printed"),
    "request-key": () =>
      say(
        "missing key: the request has none, or not the right one",
        "open the address that Parley printed, with its key",
      ),
    "request-route": ({ path }: { path: string }) => say(`unknown address: ${cut(path)}`),
  };
}
