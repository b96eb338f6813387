import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/long/**", "node_modules/**"],
    globalSetup: ["test/support/cache.ts"],
    setupFiles: ["test/support/setup.ts"],
    reporters: [["default", { summary: false }], "./scripts/tally-reporter.ts"],
    testTimeout: 240_000,
    hookTimeout: 300_000,
    pool: "forks",
    // Nothing here mocks a module; loading all of them anew for each file would take a third of the time.
    isolate: false,
    // A file that runs commands, servers or a browser waits for them: with as many processes as there are cores, a quarter of
    // the time of the cores goes unused.
    maxWorkers: availableParallelism() + 1,
  },
});
