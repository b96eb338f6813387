/**
 * Runs everything that must hold: format and lint, types, walls between layers, tests. All steps run, so that one
 * pass shows all that is wrong; the last line counts tests.
 *
 * Usage: node scripts/test.mjs [--long] [words for vitest]
 */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { constants, setPriority, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const words = process.argv.slice(2);
const long = words.includes("--long");
const rest = words.filter((word) => word !== "--long");
const bin = (path) => join(root, "node_modules", path);

/** The compiler in its native build, half the time; the same in JavaScript where there is none for this platform. */
const native = bin("typescript-native/bin/tsc");
const isNative = spawnSync(process.execPath, [native, "--version"]).status === 0;
const compiler = isNative ? native : bin("typescript/bin/tsc");

const checks = [
  ["format and lint", bin("@biomejs/biome/bin/biome"), ["ci", "--error-on-warnings", "."]],
  ["types", compiler, ["-p", "."]],
  ["types of what runs in a browser", compiler, ["-p", "tsconfig.browser.json"]],
  ["types of the workbench", compiler, ["-p", "src/web"]],
  [
    "walls between layers",
    bin("dependency-cruiser/bin/dependency-cruiser.mjs"),
    ["src", "--config", ".dependency-cruiser.cjs"],
  ],
];
const config = long ? ["--config", "vitest.long.config.ts"] : [];
const tests = [long ? "long tests" : "tests", bin("vitest/vitest.mjs"), ["run", ...config, ...rest]];

// What tests leave behind goes with it, also where a run is stopped half-way and its tests cannot tidy up.
const scratch = mkdtempSync(join(tmpdir(), "parley-"));
// A database server that runs as another user looks into it.
chmodSync(scratch, 0o711);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true, maxRetries: 3 }));

const failed = [];
const environment = { ...process.env, TMPDIR: scratch };

/** A check, told as a whole when it is done. */
async function check([name, script, options]) {
  const begun = performance.now();
  const child = spawn(process.execPath, [script, ...options], { cwd: root, env: environment });
  try {
    // It takes what the tests leave of the processors while they wait for something.
    setPriority(child.pid, constants.priority.PRIORITY_LOW);
  } catch {
    // Gone already, or a system that does not let it.
  }
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => said.push(chunk));
  const status = await new Promise((resolve) => child.on("close", resolve));
  process.stdout.write(`\n== ${name}\n`);
  process.stdout.write(Buffer.concat(said));
  tell(name, begun, status);
}

function tell(name, begun, status) {
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  process.stdout.write(`== ${name}: ${status === 0 ? "good" : "FAILED"} in ${seconds} s\n`);
  if (status !== 0) failed.push(name);
}

async function test([name, script, options]) {
  const begun = performance.now();
  process.stdout.write(`\n== ${name}\n`);
  const child = spawn(process.execPath, [script, ...options], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: environment,
  });
  const status = await new Promise((resolve) => child.on("close", resolve));
  tell(name, begun, status);
}

async function checkAll() {
  for (const each of checks) await check(each);
}

await Promise.all([test(tests), ...(!long && rest.length === 0 ? [checkAll()] : [])]);
if (failed.length > 0) {
  process.stdout.write(`\nFAILED: ${failed.join(", ")}\n`);
  process.exit(1);
}
