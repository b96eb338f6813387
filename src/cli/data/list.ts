import { dataFolder, registered, remove } from "../../ingest/data/index.ts";
import type { Output } from "../output.ts";
import { renderList } from "../render/data.ts";

/** `parley data list`. */
export function list(output: Output): void {
  const folder = dataFolder();
  const sets = registered(folder);
  output.printJson({ ok: true, folder, sets });
  output.print(renderList(folder, sets, output.terminal));
}

/** `parley data remove NAME`. */
export function removeSet(name: string, output: Output): void {
  const { name: gone, file } = remove(dataFolder(), name);
  output.printJson({ ok: true, removed: gone });
  output.print(`removed ${gone} (${file.name} itself stays where it is)`);
}
