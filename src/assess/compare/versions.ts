import {
  type Case,
  type CaseFiles,
  type CasePath,
  type Difference,
  type Dossier,
  differencesOf,
  type Raw,
  readDossier,
  type View,
  viewCase,
} from "../../case/index.ts";
import { ParleyError, type Problem } from "../../core/problems/index.ts";
import { COMPARE_RUNS, type Comparison, compareCases, warOf } from "./cases.ts";
import { type Cause, causesOf } from "./causes.ts";

/** A change of an input. */
export interface InputChange {
  readonly path: CasePath;
  readonly kind: Difference["kind"];
  /** Not there where it was added. */
  readonly before?: Raw;
  /** Not there where it was removed. */
  readonly after?: Raw;
}

/** What changed from one version of a case to another: inputs, answers, and which of the one moved which of the other. */
export interface VersionsCompared {
  readonly changes: readonly InputChange[];
  /** Changes beyond those that are listed. */
  readonly moreChanges: number;
  /** What `parley compare` gives for the two; null where one of them has errors. */
  readonly answers: Comparison | null;
  /** What each change makes of the answers, where it alone is taken back; null where there are no answers. */
  readonly why: readonly Cause[] | null;
  /** Why there are no answers, by version; empty where there are. */
  readonly problems: { readonly from: readonly Problem[]; readonly to: readonly Problem[] };
}

/** Changes that are listed. */
const MOST_CHANGES = 1000;

/** Compares two versions of a case; the numbers are those of `parley compare` for the same files. */
export function compareVersions(from: CaseFiles, to: CaseFiles, view: View = {}, seed = 1): VersionsCompared {
  const [one, two] = [readDossier(from), readDossier(to)];
  const found = one.dossier && two.dossier ? differencesOf(one.dossier.raw, two.dossier.raw) : [];
  const changes = found.slice(0, MOST_CHANGES).map(({ path, kind, before, after }): InputChange => {
    return { path, kind, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
  });
  const told = { changes, moreChanges: found.length - changes.length };
  const [a, b] = [seen(one, view), seen(two, view)];
  if (!("content" in a) || !("content" in b)) {
    const problemsOf = (side: typeof a) => ("content" in side ? [] : side.problems.slice(0, 100));
    return { ...told, answers: null, why: null, problems: { from: problemsOf(a), to: problemsOf(b) } };
  }
  const how = { seed, runs: COMPARE_RUNS };
  const bare = ({ content }: Seen) => ({ content, changes: [] });
  const answers = compareCases(bare(a), bare(b), { ...how, prior: false });
  return { ...told, answers, why: causesOf(a.dossier, b.dossier, view, how), problems: { from: [], to: [] } };
}

interface Seen {
  readonly dossier: Dossier;
  readonly content: Case;
}

/** A version as it is compared, or why it cannot be. */
function seen(
  { dossier, problems }: { dossier?: Dossier; problems: Problem[] },
  view: View,
): Seen | { readonly problems: readonly Problem[] } {
  const broken = problems.filter(({ severity }) => severity === "error");
  if (dossier === undefined || broken.length > 0) return { problems: broken };
  const { case: content, problems: faults } = viewCase(dossier, view);
  if (content === undefined) return { problems: faults };
  try {
    warOf(content);
    return { dossier, content };
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    return { problems: error.problems };
  }
}
