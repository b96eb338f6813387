import { readFileSync } from "node:fs";
import { reasonOf } from "../../case/folder.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { hasSecret, type QueueAddress, queueAddress } from "../../queue/index.ts";

/**
 * The address of a queue: from the command line, where it may hold no secret; else from PARLEY_CLUSTER, or from the file
 * that PARLEY_CLUSTER_FILE names.
 *
 * @throws ParleyError where there is none or it is no address; no message shows a secret
 */
export function clusterAddress(given: string | undefined): QueueAddress {
  if (given !== undefined) {
    if (hasSecret(given)) throw ParleyError.of("queue-secret", undefined);
    return queueAddress(given);
  }
  const { PARLEY_CLUSTER: url = "", PARLEY_CLUSTER_FILE: path = "" } = process.env;
  if (url !== "") return queueAddress(url);
  if (path === "") throw ParleyError.of("queue-nowhere", undefined);
  try {
    return queueAddress(readFileSync(path, "utf8").trim());
  } catch (error) {
    if (error instanceof ParleyError) throw error;
    throw ParleyError.of("file-unreadable", { path, reason: reasonOf(error) });
  }
}
