/**
 * The walls between layers: data flows case -> engines -> assessment -> views, never back.
 *
 * An engine imports core/ and nothing else of ours; it is imported through its index.ts alone.
 */
const ENGINES = ["actors", "baserates", "dynamics", "evidence", "record", "sensitivity", "stability", "terms"];
const engines = `^src/(${ENGINES.join("|")})/`;

/** What each layer may import besides itself, as names of folders below src/. */
const MAY_IMPORT = {
  core: [],
  case: ["core"],
  reader: ["core"],
  formats: ["core", "case", "reader", ...ENGINES],
  runs: ["core"],
  queue: ["core", "runs"],
  workers: ["core", "dynamics", "runs"],
  solvers: ["core", "terms"],
  ingest: ["core", "case", "version.ts"],
  store: ["core"],
  assess: ["core", "case", "formats", "version.ts", ...ENGINES],
  report: ["core", "assess"],
  api: ["core", "case", "assess", "report", "runs", "formats"],
  // Formats and the reader are for drafts; engines speak through assess/ alone.
  mcp: ["core", "case", "assess", "formats", "ingest", "reader"],
  // Engines speak through assess/ alone; what a person asks for on the page, the server answers by the same functions.
  server: [
    "core",
    "case",
    "assess",
    "report",
    "formats",
    "api",
    "runs",
    "queue",
    "workers",
    "ingest",
    "mcp",
    "version.ts",
  ],
  web: ["core", "case", "assess", "report", "runs", "formats", "workers", "api", ...ENGINES],
};

const layers = Object.entries(MAY_IMPORT).map(([layer, allowed]) => ({
  name: `${layer}-imports`,
  comment: `${layer}/ may import ${["itself", ...allowed].join(", ")}.`,
  severity: "error",
  from: { path: `^src/${layer}/` },
  to: { path: "^src/", pathNot: `^src/(${[layer, ...allowed].join("|")})(/|$)` },
}));

module.exports = {
  forbidden: [
    ...layers,
    {
      name: "engines-import-core-only",
      comment: "An engine owns its input types and imports core/ only: never another engine, case/, a store, a view.",
      severity: "error",
      from: { path: engines },
      to: { path: "^src/", pathNot: ["^src/core/", "^src/$1/"] },
    },
    {
      name: "engines-through-their-index",
      comment: "An engine is imported through its index.ts.",
      severity: "error",
      from: { path: "^src/", pathNot: engines },
      to: { path: engines, pathNot: "/index\\.ts$" },
    },
    {
      name: "web-knows-the-api-by-its-types",
      comment: "The workbench speaks with the API over HTTP; none of its code is in the page.",
      severity: "error",
      from: { path: "^src/web/" },
      to: { path: "^src/api/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "mcp-behind-its-transport",
      comment: "The protocol's SDK is known to mcp/transport.ts alone, so that another version takes its place there.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/mcp/transport\\.ts$" },
      to: { path: "node_modules/@modelcontextprotocol/" },
    },
    {
      name: "pure-ground",
      comment:
        "core/, the engines, the case's reader and the reader of texts run in a browser, the API on any server: no Node, no DOM library, but in files named here.",
      severity: "error",
      from: {
        path: `^src/(core|case|reader|assess|formats|report|api|web|workers|${ENGINES.join("|")})/`,
        pathNot: "^src/(case/(folder|save)|api/(folders|watch))\\.ts$",
      },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "engines-need-no-library",
      comment:
        "core/, the engines and the reader of texts rest on themselves; a near miss in core/problems is the one exception.",
      severity: "error",
      from: { path: `^src/(core|reader|${ENGINES.join("|")})/`, pathNot: "^src/core/problems/" },
      to: { dependencyTypes: ["npm", "npm-dev"] },
    },
    {
      name: "no-cycles",
      comment: "Modules that import one another in a circle cannot be read one at a time.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-development-dependencies",
      comment: "What ships must not need what is installed for development only.",
      severity: "error",
      // The workbench ships as built: what it is built from is not installed with it.
      from: { path: "^src/", pathNot: "^src/web/" },
      to: { dependencyTypes: ["npm-dev"] },
    },
    {
      name: "nothing-unresolved",
      severity: "error",
      from: { path: "^src/" },
      // The build gives the workbench modules that are no files.
      to: { couldNotResolve: true, pathNot: "^virtual:" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
