import { dataFolder, registered, remove } from "../../ingest/data/index.ts";
import { EXIT, Exit, listed, type Output, problemsText } from "../output.ts";
import { renderList } from "../render/data.ts";

/** `parley data list`. */
export function list(output: Output): void {
  const folder = dataFolder();
  const { sets, problems } = registered(folder);
  output.printJson({ ok: problems.length === 0, folder, sets, problems: listed(problems) });
  if (sets.length > 0 || problems.length === 0) output.print(renderList(folder, sets, output.terminal));
  if (problems.length === 0) return;
  if (!output.json) output.note(problemsText(problems, output.terminal));
  throw new Exit(EXIT.badInput);
}

/** `parley data remove NAME`. */
export function removeSet(name: string, output: Output): void {
  remove(dataFolder(), name);
  output.printJson({ ok: true, removed: name });
  output.print(`removed ${name} (the file that it came from stays where it is)`);
}
