#!/usr/bin/env node
/**
 * Brings a fresh clone to where `npm start` and `npm test` can run; does nothing where nothing is missing.
 *
 * Uses Node built-ins only and runs on Node 18 or later: it is what installs everything else. Steps: packages, the
 * pinned Node, the builds of the command, the workbench and the store's template, and for `test` a Chromium, a Redis and
 * a PostgreSQL from Debian's packages. Each step is skipped when its stamp still holds. A step that fails says what to do
 * and ends with exit code 1; without a Redis or PostgreSQL some tests are skipped, and it is no failure.
 *
 * Usage: node scripts/setup.mjs [start|test]
 */
import { spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { BUILDS, digest, root } from "./built-from.mjs";

const goal = process.argv[2] ?? "start";
const windows = process.platform === "win32";
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

installPackages();
const node = pinnedNode();
await build(node);
if (goal === "test") {
  findOrInstallChromium();
  findOrInstallRedis();
  findOrInstallPostgres();
}

/** Packages, exactly as the lock file names them. `npm ci` is not used: some registries lack other platforms' extras. */
function installPackages() {
  const stamp = join(root, "node_modules", ".parley-installed");
  const wanted = `${digest([join(root, "package.json"), join(root, "package-lock.json")])} ${process.platform}-${process.arch}`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say("installing packages (the first time takes a minute)");
  const lockFile = join(root, "package-lock.json");
  const before = readFileSync(lockFile, "utf8");
  const done = npm(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"], root);
  if (done.status !== 0) {
    fail("npm install failed (its words stand above)", [
      "check that the npm registry can be reached: npm ping",
      "then run the same command again; what is already there is kept",
    ]);
  }
  const after = readFileSync(lockFile, "utf8");
  if (after !== before) {
    // Another npm may order or mark entries differently; only other versions or contents matter.
    const changed = changedPackages(JSON.parse(before), JSON.parse(after));
    writeFileSync(lockFile, before);
    if (changed.length > 0) {
      fail(`npm install would change package-lock.json: ${changed.slice(0, 5).join(", ")}`, [
        "delete node_modules and run the command again",
        "if you changed package.json, run npm install and commit package-lock.json",
      ]);
    }
  }
  writeFileSync(stamp, wanted);
}

/**
 * Names of packages whose version or content differs between two lock files.
 *
 * An optional package for some platform that only one of them names is no difference: a registry may come to have it,
 * or lack it, and what is installed here stays the same.
 */
function changedPackages(before, after) {
  const names = new Set([...Object.keys(before.packages), ...Object.keys(after.packages)]);
  const isPlatforms = ({ optional, os, cpu }) => optional === true && (os !== undefined || cpu !== undefined);
  return [...names].filter((name) => {
    if (name === "") return false;
    const [a, b] = [before.packages[name], after.packages[name]];
    if (a === undefined || b === undefined) return !isPlatforms(a ?? b);
    return a.version !== b.version || a.integrity !== b.integrity;
  });
}

/**
 * The Node that package.json pins, whatever the machine has.
 *
 * The package `node` fetches its binary in an install script; this does the same without running scripts of packages.
 */
function pinnedNode() {
  const version = manifest.devDependencies.node;
  const home = join(root, "node_modules", "node");
  const binary = join(home, "bin", windows ? "node.exe" : "node");
  if (!runs(binary, version)) {
    const platform = windows ? "win" : process.platform;
    const name = `node-${platform}-${process.arch}`;
    say(`fetching Node ${version} (${name})`);
    const fetched = npm(
      [
        "install",
        "--no-save",
        "--no-package-lock",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--loglevel=error",
        `${name}@${version}`,
      ],
      home,
    );
    const source = [join(home, "node_modules", name), join(root, "node_modules", name)]
      .map((folder) => join(folder, "bin", windows ? "node.exe" : "node"))
      .find((file) => existsSync(file));
    if (fetched.status !== 0 || source === undefined) return fallbackNode(name, version);
    mkdirSync(dirname(binary), { recursive: true });
    rmSync(binary, { force: true });
    try {
      linkSync(source, binary);
    } catch {
      copyFileSync(source, binary);
    }
    if (!runs(binary, version)) return fallbackNode(name, version);
  }
  linkBin("node", binary);
  return binary;
}

/** The machine's own Node, where the pinned one is not to be had and this one is new enough. */
function fallbackNode(name, version) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) {
    say(`Node ${version} is not to be had for this platform (${name}); going on with ${process.version}`);
    return process.execPath;
  }
  return fail(
    `Parley needs Node 22.12 or later; this is ${process.version}, and ${name}@${version} could not be fetched`,
    ["install a current Node from https://nodejs.org, then run the same command again"],
  );
}

/** Builds the command, the workbench and the store's template, side by side, where a source file differs from what was built. */
async function build(nodeBinary) {
  const bin = (...names) => join(root, "node_modules", ...names);
  const tools = {
    command: [bin("tsdown", "dist", "run.mjs"), "--logLevel", "error"],
    workbench: [bin("vite", "bin", "vite.js"), "build", "--logLevel", "error"],
    store: [join(root, "scripts", "write-store-template.ts")],
  };
  const due = Object.entries(BUILDS)
    .map(([name, each]) => ({ ...each, words: tools[name], wanted: digest(each.sources()) }))
    .filter(
      ({ stamp, main, wanted }) => !existsSync(main) || !existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted,
    );
  if (due.length === 0) return;
  say("building");
  const codes = await Promise.all(
    due.map(({ words, stamp, wanted, isNeeded = true }) => {
      // What is half built has no stamp.
      rmSync(stamp, { force: true });
      return new Promise((done) => {
        const child = spawn(nodeBinary, words, {
          cwd: root,
          stdio: ["ignore", 2, isNeeded ? 2 : "ignore"],
          env: { ...process.env, NODE_ENV: "production" },
        });
        child.on("error", () => done(isNeeded ? 1 : 0));
        child.on("close", (code) => {
          if (code === 0) writeFileSync(stamp, wanted);
          else if (!isNeeded)
            say("the store's template was not built: a team server's first start takes longer; going on");
          done(isNeeded ? code : 0);
        });
      });
    }),
  );
  if (codes.some((code) => code !== 0)) {
    fail("the build failed (its words stand above)", ["if the checkout is clean, please report it with these lines"]);
  }
}

/** A Chromium for the browser tests: the one named, the one installed, or Debian's package. */
function findOrInstallChromium() {
  const candidates = [
    process.env.PARLEY_CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ];
  if (candidates.some((file) => file !== undefined && existsSync(file))) return;
  const advice = [
    "install Chromium (on Debian: apt-get install chromium), or",
    "set PARLEY_CHROMIUM to the path of a Chromium or Chrome",
  ];
  if (!existsSync("/usr/bin/apt-get")) fail("the browser tests need Chromium", advice);
  say("installing Chromium from Debian's packages");
  if (!installFromDebian("chromium", "fonts-dejavu-core") || !existsSync("/usr/bin/chromium")) {
    fail("Chromium could not be installed", advice);
  }
}

/** A Redis for the tests of runs on a queue: the one named, the one installed, or Debian's package. */
function findOrInstallRedis() {
  const candidates = [process.env.PARLEY_REDIS, "/usr/bin/redis-server", "/usr/bin/valkey-server"];
  if (candidates.some((file) => file !== undefined && existsSync(file))) return;
  if (existsSync("/usr/bin/apt-get")) {
    say("installing Redis from Debian's packages");
    if (installFromDebian("redis-server") && existsSync("/usr/bin/redis-server")) return;
  }
  say("no Redis is here: tests that need one are skipped (PARLEY_REDIS may name a redis-server); going on");
}

/** A PostgreSQL for the same tests: the one named, the one installed, or Debian's package without the database that it would make and start. */
function findOrInstallPostgres() {
  const isThere = () => {
    const folder = "/usr/lib/postgresql";
    const versions = existsSync(folder) ? readdirSync(folder).map((version) => join(folder, version, "bin")) : [];
    return [process.env.PARLEY_POSTGRES, ...versions].some((each) => each && existsSync(join(each, "initdb")));
  };
  if (isThere()) return;
  if (existsSync("/usr/bin/apt-get")) {
    say("installing PostgreSQL from Debian's packages");
    const folder = "/etc/postgresql-common/createcluster.d";
    const rule = `${folder}/parley.conf`;
    const shell = (words) => {
      const [first, ...rest] = [...asRoot(), "sh", "-c", words];
      spawnSync(first, rest);
    };
    shell(`mkdir -p ${folder} && echo "create_main_cluster = false" > ${rule}`);
    const done = installFromDebian("postgresql");
    // Whoever installs another version later has its database made as usual.
    shell(`rm -f ${rule}`);
    if (done && isThere()) return;
  }
  say(
    "no PostgreSQL is here: tests that need one are skipped (PARLEY_POSTGRES may name the folder of initdb); going on",
  );
}

/** What makes a command run as root: nothing for root. */
function asRoot() {
  return process.getuid?.() === 0 ? [] : ["sudo", "-n"];
}

function installFromDebian(...packages) {
  const prefix = asRoot();
  const apt = (...words) => {
    const [command, ...rest] = [...prefix, "apt-get", ...words];
    return spawnSync(command, rest, {
      stdio: ["ignore", 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    }).status;
  };
  apt("update", "-qq");
  return apt("install", "-y", "-qq", "--no-install-recommends", ...packages) === 0;
}

function npm(words, cwd) {
  // Under `npm start` this is the npm that is running; by hand it is the one on the path.
  const script = process.env.npm_execpath;
  const options = { cwd, stdio: ["ignore", 2, 2], env: { ...process.env, npm_config_global: "false" } };
  if (script?.endsWith(".js")) return spawnSync(process.execPath, [script, ...words], options);
  return spawnSync("npm", words, { ...options, shell: windows });
}

function runs(binary, version) {
  if (!existsSync(binary)) return false;
  const answer = spawnSync(binary, ["--version"], { encoding: "utf8" });
  return answer.status === 0 && answer.stdout.trim() === `v${version}`;
}

/** A link in node_modules/.bin, so that npm scripts and npx find the program. */
function linkBin(name, target) {
  if (windows) return;
  const folder = join(root, "node_modules", ".bin");
  const link = join(folder, name);
  if (existsSync(link)) return;
  mkdirSync(folder, { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(relative(folder, target), link);
}

function say(text) {
  process.stderr.write(`parley: ${text} ...\n`);
}

function fail(text, advice) {
  process.stderr.write(`\nparley: ${text}\n${advice.map((line) => `  - ${line}\n`).join("")}`);
  process.exit(1);
}
