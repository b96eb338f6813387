import { type Assessment, assess } from "../../src/assess/index.ts";
import { filesInFolder } from "../../src/case/folder.ts";
import { type Case, type Dossier, filesInMemory, readDossier, type View, viewCase } from "../../src/case/index.ts";
import { cacheFolder, memoInFolder } from "../../src/cli/memo-folder.ts";

const words = (problems: readonly { message: string }[]) => problems.map(({ message }) => message).join("; ");

/** The tests of a run share what takes long, as commands do. */
const memo = memoInFolder(cacheFolder("assess"));

/** A bundled case. */
export function bundled(name: string): Dossier {
  const { dossier, problems } = readDossier(filesInFolder(`cases/${name}`));
  if (dossier === undefined || problems.length > 0) throw new Error(words(problems));
  return dossier;
}

/** A case written in a test. */
export function written(yaml: string): Dossier {
  const { dossier, problems } = readDossier(filesInMemory({ "case.yaml": yaml }));
  if (dossier === undefined || problems.length > 0) throw new Error(words(problems));
  return dossier;
}

export function viewed(dossier: Dossier, view: View = {}): Case {
  const { case: content, problems } = viewCase(dossier, view);
  if (content === undefined) throw new Error(words(problems));
  return content;
}

export function assessed(dossier: Dossier, view: View = {}, seed = 1, evidenceOnly = false): Assessment {
  const { assessment, problems } = assess(dossier, view, { seed, evidenceOnly, memo });
  if (assessment === undefined) throw new Error(words(problems));
  return assessment;
}
