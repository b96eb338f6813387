import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { offline } from "./scripts/web-offline.ts";
import { bundledCases, reportStyles } from "./scripts/web-plugins.ts";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The workbench as static files that any server can hand out, from any folder. */
export default defineConfig({
  root: at("src/web"),
  base: "./",
  plugins: [react(), reportStyles(), bundledCases(at("cases")), offline(at("src/web/sw/worker.ts"))],
  resolve: { alias: { linkedom: at("src/web/linkedom.ts") } },
  worker: { format: "es" },
  build: {
    outDir: at("dist/web"),
    emptyOutDir: true,
    license: { fileName: "licenses.md" },
    target: "es2024",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1600,
    rolldownOptions: {
      treeshake: {
        // Modules of ours outside web/ only define things: what is not used of them need not be there.
        moduleSideEffects: (id: string) => !/\/src\/(?!web\/|workers\/)/.test(id),
      },
    },
  },
});
