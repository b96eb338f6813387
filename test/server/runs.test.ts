import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "vitest";
import { team } from "./support.ts";
import { LIMITS, runs } from "./team-runs.ts";

// On a PostgreSQL server they are in test/long/server/runs.test.ts; what is kept of runs is held on both in run-store.test.ts.
describe("runs of a team in the embedded store", () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-runs-"));
  const open = () => team({ folder }, { desk: LIMITS });
  runs(open, open, async () => rmSync(folder, { recursive: true, force: true }));
});
