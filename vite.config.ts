import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { offline } from "./scripts/web-offline.ts";
import { bundledCases, reportStyles } from "./scripts/web-plugins.ts";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The page has a document of its own; its workers, which these plugins do not reach, read web pages with the library. */
const ownDocument = (): Plugin => ({
  name: "own-document",
  enforce: "pre",
  resolveId: (id) => (id === "linkedom" ? at("src/web/linkedom.ts") : undefined),
});

/** The workbench as static files that any server can hand out, from any folder. */
export default defineConfig({
  root: at("src/web"),
  base: "./",
  plugins: [react(), reportStyles(), bundledCases(at("cases")), ownDocument(), offline(at("src/web/sw/worker.ts"))],
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
