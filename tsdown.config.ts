import { defineConfig } from "tsdown";

/** One entry a public subpath of package.json `exports`, and the command. */
export default defineConfig({
  entry: {
    index: "src/index.ts",
    "core/index": "src/core/index.ts",
    "case/index": "src/case/index.ts",
    "baserates/index": "src/baserates/index.ts",
    "record/index": "src/record/index.ts",
    "evidence/index": "src/evidence/index.ts",
    "terms/index": "src/terms/index.ts",
    "stability/index": "src/stability/index.ts",
    "assess/index": "src/assess/index.ts",
    "report/index": "src/report/index.ts",
    "cli/main": "src/cli/main.ts",
    "cli/mcp-worker": "src/cli/assistants/worker.ts",
    "cli/simulation-worker": "src/cli/simulation/worker.ts",
    "server/compute-worker": "src/server/compute/worker.ts",
  },
  format: "esm",
  platform: "node",
  target: "node22",
  dts: true,
  sourcemap: true,
  // The workbench stands in dist/web by a build of its own, and so does the store's template.
  clean: ["dist/*", "!dist/web", "!dist/.web-built-from", "!dist/store.tar.gz*", "!dist/.store-built-from"],
  outDir: "dist",
  outExtensions: () => ({ js: ".js", dts: ".d.ts" }),
});
