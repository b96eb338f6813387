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
    "queue-address": ({ why }: { why: string }) =>
      say(
        `invalid address of a queue: ${cut(why)} (expected redis://host:port, rediss://host:port or postgres://host:port/database)`,
        "PARLEY_CLUSTER, or a file that PARLEY_CLUSTER_FILE names, may hold it with its password",
      ),
    "queue-secret": () =>
      say(
        "invalid address of a queue: a name, password or option on the command line (other users can read it there)",
        "put the whole URL into PARLEY_CLUSTER, or into a file that PARLEY_CLUSTER_FILE names, and give no address",
      ),
    "queue-nowhere": () =>
      say(
        "missing address of a queue",
        "give redis://host:port or postgres://host/database, or set PARLEY_CLUSTER, or PARLEY_CLUSTER_FILE to a file that holds the URL",
      ),
    "queue-missing": ({ packages }: { packages: string }) =>
      say(
        `missing libraries: ${packages}, which speak with a queue, are not installed`,
        `npm install ${packages.replace(" and ", " ")} brings them; runs through files need none (parley shard)`,
      ),
    "queue-unreachable": ({ address, why }: { address: string; why: string }) =>
      say(
        `missing server: ${cut(address)} cannot be used (${cut(why)})`,
        "a Redis, Valkey or PostgreSQL server must run there",
      ),
    "run-taken": ({ host, pid }: { host: string; pid: string }) =>
      say(
        `invalid run: it is being gathered already, on ${cut(host)} by process ${cut(pid)}`,
        "wait for it, or stop it; the same command then goes on from what is done",
      ),
    "shard-parked": ({ index, error, of }: { index: number; error: string; of?: string | undefined }) =>
      say(
        `failed shard: ${index}${of === undefined ? "" : ` of ${cut(of)}`}, on every try (${cut(error)})`,
        of === undefined
          ? `with --plan run.json for --cluster, parley shard run.json --index ${index} computes it here`
          : "the same command without --cluster computes it here",
        "warning",
      ),
    "shards-missing": ({ missing, count, total }: { missing: string; count: number; total: number }) =>
      say(`missing shards: ${cut(missing)} (${count} of ${total})`, undefined, "warning"),
    "run-limit": ({ what, most }: { what: "waiting" | "trajectories" | "shards"; most: number }) =>
      what === "waiting"
        ? say(
            `too many runs: ${most} of yours wait already, and no more may`,
            "wait until one of them begins, or cancel one",
          )
        : say(
            `invalid run: too many ${what} (expected at most ${most})`,
            what === "shards" ? "make its shards larger" : "ask for fewer trajectories",
          ),
    "run-failed": ({ error }: { error: string }) =>
      say(
        `failed run: no shard of it could be computed (${cut(error)})`,
        "the case, or this build of Parley, is at fault",
      ),
    "run-parked": ({ count, total }: { count: number; total: number }) =>
      say(
        `incomplete run: ${count} of ${total} shards failed on every try`,
        "the answer holds the others; asked for again, the run goes on from there",
        "warning",
      ),
    "run-nobody": ({ address, code }: { address: string; code: string }) =>
      say(
        `waiting run: no worker of this code (${cut(code)}) listens at ${cut(address)}`,
        "parley worker starts one",
        "warning",
      ),
    "runs-closed": () =>
      say("no runs are taken: the server is being stopped", "ask again when it is back; what was begun goes on then"),
    "run-store": ({ reason }: { reason: string }) =>
      say(
        `failed run: what it computes cannot be kept (${cut(reason)})`,
        "when the store is back, the same run asked for again goes on from what was kept",
      ),
  };
}
