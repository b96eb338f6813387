/**
 * What a build was made of, as a digest: it need not be made again while the digest holds.
 *
 * Node built-ins only, Node 18 or later: the set-up uses it before anything is installed.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

const at = (...names) => names.map((name) => join(root, name));

/** What runs the embedded store; it may be missing where it could not be installed. */
const PGLITE = join(root, "node_modules", "@electric-sql", "pglite", "package.json");

/** The builds: where each stands, where its stamp stands, and what it is made of now. */
export const BUILDS = {
  command: {
    stamp: join(root, "dist", ".built-from"),
    main: join(root, "dist", "cli", "main.js"),
    sources: () => [
      ...at("package.json", "tsdown.config.ts", "tsconfig.json"),
      ...filesBelow(join(root, "src")).filter((file) => !file.startsWith(join(root, "src", "web") + sep)),
    ],
  },
  workbench: {
    stamp: join(root, "dist", ".web-built-from"),
    main: join(root, "dist", "web", "index.html"),
    // It holds the cases, assessed by the code of now.
    sources: () => [
      ...at("package.json", "package-lock.json", "vite.config.ts", "scripts/web-plugins.ts", "scripts/web-offline.ts"),
      ...filesBelow(join(root, "src")),
      ...filesBelow(join(root, "cases")),
    ],
  },
  // A store with its tables and nothing in them, for a quick first start of the team server.
  store: {
    stamp: join(root, "dist", ".store-built-from"),
    main: join(root, "dist", "store.tar.gz"),
    sources: () => [
      ...at("scripts/write-store-template.ts", "src/server/db/migrate.ts"),
      ...filesBelow(join(root, "src", "server", "db", "migrations")),
      ...(existsSync(PGLITE) ? [PGLITE] : []),
    ],
    /** A server starts without it, only later. */
    isNeeded: false,
  },
};

export function digest(files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
