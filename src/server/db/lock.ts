import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { ParleyError } from "../../core/problems/index.ts";

/**
 * Holds a folder for this process alone, until the function that is returned is called.
 *
 * A lock whose process is gone is taken over.
 *
 * @throws ParleyError where another process holds it.
 */
export function holdLock(folder: string): () => void {
  const path = join(folder, "lock");
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      const file = openSync(path, "wx", 0o600);
      writeSync(file, `${process.pid} ${hostname()}\n`);
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const [pid = "", host = ""] = readFileSync(path, "utf8").trim().split(" ");
      if (host !== hostname() || (Number(pid) !== process.pid && isAlive(Number(pid)))) {
        throw ParleyError.of("store-in-use", { folder, pid: host === hostname() ? pid : `${pid} on ${host}` });
      }
      rmSync(path, { force: true });
    }
  }
  throw ParleyError.of("store-in-use", { folder, pid: "unknown" });
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
