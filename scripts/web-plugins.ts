import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Plugin } from "vite";
import { Snapshots } from "../src/api/snapshot.ts";
import { assess } from "../src/assess/index.ts";
import { filesInMemory, readDossier } from "../src/case/index.ts";
import { cacheFolder, memoInFolder } from "../src/cli/memo-folder.ts";
import { STYLES } from "../src/report/styles.ts";
import { cardOf } from "../src/web/cases/card.ts";

/** Cases that ship, in the order of the gallery. */
const CASES = ["ukraine-2024", "colombia-2012", "cuba-1962", "elmira-1991", "prisoners-dilemma"];

/** A module `virtual:report.css`: the report's style sheet in a layer below the workbench's own, and both its palettes by name. */
export function reportStyles(): Plugin {
  const name = "virtual:report.css";
  return {
    name: "parley-report-styles",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? `@layer report {${STYLES}}\n${palettes()}` : undefined),
  };
}

/** The palettes for those who choose one against their system's. */
function palettes(): string {
  const [light, dark] = [...STYLES.matchAll(/:root \{([^}]*)\}/g)].map(([, body]) => body ?? "");
  if (dark?.includes("--paper") !== true) throw new Error("the report's style sheet has no dark palette");
  return [
    `@media screen { :root[data-theme="light"] { ${light?.replace("light dark", "light")} }`,
    `:root[data-theme="dark"] { color-scheme: dark; ${dark} } }`,
  ].join("\n");
}

/**
 * The bundled cases as JSON: each with its files, its assessment as coded (which the same files, version and seed give in a
 * browser too), and one catalogue for the gallery.
 */
export function bundledCases(root: string): Plugin {
  return {
    name: "parley-bundled-cases",
    apply: "build",
    generateBundle() {
      const memo = memoInFolder(cacheFolder("assess"));
      const cards = CASES.map((id) => {
        const files = filesBelow(join(root, id));
        const { dossier, problems } = readDossier(filesInMemory(files));
        const { assessment } = dossier === undefined ? {} : assess(dossier, {}, { memo });
        if (assessment === undefined) throw new Error(`the case ${id} has errors: ${problems[0]?.message ?? ""}`);
        const emit = (fileName: string, data: unknown) =>
          this.emitFile({ type: "asset", fileName, source: JSON.stringify(data) });
        emit(`cases/${id}.json`, { id, files });
        emit(`cases/${id}.assessment.json`, assessment);
        // As a server names the same files, so that the page knows whether its folder still holds what was assessed here.
        const stored = { id, path: id, readOnly: true, open: true, files: filesInMemory(files) };
        return { id, hash: new Snapshots().of(stored).hash, ...cardOf(assessment) };
      });
      // Where Parley's own server stands this is answered by it; elsewhere the page learns that there is none.
      for (const fileName of ["api/cases", "api/session"]) {
        this.emitFile({ type: "asset", fileName, source: JSON.stringify({ ok: false, problems: [] }) });
      }
      this.emitFile({ type: "asset", fileName: "cases/catalogue.json", source: JSON.stringify(cards) });
    },
  };
}

/** All text files of a case by their path inside it. */
function filesBelow(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    names
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [
        relative(folder, join(folder, name)).split(sep).join("/"),
        readFileSync(join(folder, name), "utf8"),
      ]),
  );
}
