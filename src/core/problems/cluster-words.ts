import type { Severity } from "./problem.ts";

/** A problem's sentence and hint, made by words.ts. */
type Say<W> = (message: string, hint?: string, severity?: Severity) => W;

/** The words of problems with runs on many machines: plans, shards, queues. */
export function clusterWords<W>(say: Say<W>, cut: (value: string | number) => string) {
  return {
    "plan-invalid": ({ path, why }: { path: string; why: string }) =>
      say(`invalid plan: ${cut(path)} (${cut(why)})`, "parley simulate CASE --plan FILE writes one"),
    "plan-code": ({ path, code, own }: { path: string; code: string; own: string }) =>
      say(
        `invalid plan: ${cut(path)} was made by other code (${code}; this is ${own})`,
        "use the same build of Parley everywhere, or make the plan anew",
      ),
    "plan-other": ({ folder }: { folder: string }) =>
      say(`invalid target: ${cut(folder)} holds the shards of another plan`, "give each plan a folder of its own"),
    "shard-damaged": ({ path, why }: { path: string; why: string }) =>
      say(
        `invalid shard: ${cut(path)} is damaged (${cut(why)})`,
        "delete it, or compute its shard again, which replaces it",
      ),
    "shard-foreign": ({ path, of }: { path: string; of: "plan" | "code" }) =>
      say(
        `invalid shard: ${cut(path)} was computed ${of === "plan" ? "for another plan" : "by other code"}`,
        "move it out of the folder",
      ),
    "shard-double": ({ path, index, first }: { path: string; index: number; first: string }) =>
      say(
        `double shard: ${cut(path)} is shard ${index} again, as in ${cut(first)}; it counts once`,
        undefined,
        "warning",
      ),
    "shard-differs": ({ index, first, second }: { index: number; first: string; second: string }) =>
      say(
        `invalid run: shard ${index} came out differently in ${cut(first)} and ${cut(second)}; it is not deterministic`,
        "no answer is given; look for a broken machine or another build, and compute the shard with --replay",
      ),
    "shards-missing": ({ missing, count, total }: { missing: string; count: number; total: number }) =>
      say(`missing shards: ${cut(missing)} (${count} of ${total})`, undefined, "warning"),
  };
}
