#!/usr/bin/env node
/**
 * Starts Parley. In a clone it runs on the Node that package.json pins, whatever the machine has, and says so where
 * nothing has been built yet.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const main = join(root, "dist", "cli", "main.js");
const pinned = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (!existsSync(main)) {
  process.stderr.write("parley: not built yet; run npm start in the clone once\n");
  process.exit(1);
} else if (major > 22 || (major === 22 && minor >= 12)) {
  await import(main);
} else if (existsSync(pinned)) {
  const child = spawn(pinned, [main, ...process.argv.slice(2)], { stdio: "inherit" });
  // What is stopped saves what it has and says how to go on: that is the other process's to do, and waited for.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (process.platform !== "win32") child.kill(signal);
    });
  }
  child.on("error", (error) => {
    process.stderr.write(`parley: ${error.message}\n`);
    process.exit(70);
  });
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
} else {
  process.stderr.write(`parley: needs Node 22.12 or later; this is ${process.version}\n`);
  process.exit(1);
}
