import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, extname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { BUILDS, digest } from "../../scripts/built-from.mjs";
import { folderWith, root } from "./cli.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

/** The built workbench: what the set-up of `npm test` built where that is of now, else a build into a folder of its own. */
export function buildWorkbench(): string {
  const { stamp, main, sources } = BUILDS.workbench;
  if (existsSync(main) && existsSync(stamp) && readFileSync(stamp, "utf8") === digest(sources())) return dirname(main);
  const outDir = join(folderWith({}), "web");
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const words = [vite, "build", "--outDir", outDir, "--emptyOutDir", "--logLevel", "error"];
  const { status, stderr } = spawnSync(process.execPath, words, {
    cwd: root,
    encoding: "utf8",
    // The test runner's own name for the environment would build a development version.
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (status !== 0) throw new Error(`the workbench was not built: ${stderr}`);
  return outDir;
}

/** Hands out the files of a folder on loopback, below a path of its own, and knows nothing of Parley. */
export async function serveFolder(folder: string): Promise<{ readonly address: string; close(): void }> {
  const below = "/some/where/";
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = join(folder, decodeURIComponent(pathname.slice(below.length)) || "index.html");
    if (!pathname.startsWith(below) || !existsSync(path) || !statSync(path).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
    response.end(readFileSync(path));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${below}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What the browser's driver itself says where it blocks a service worker. */
const BLOCKED = /^Service Worker registration blocked by Playwright/;

/** Opens a page of the workbench, and collects what it says in the console. */
export async function openPage(
  browser: Browser,
  address: string,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<{ readonly page: Page; readonly said: readonly string[] }> {
  // Keeping everything for times without a network is one test's matter; the others would pay for it.
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    serviceWorkers: "block",
    ...options,
  });
  const page = await context.newPage();
  const said: string[] = [];
  page.on("console", (message) => BLOCKED.test(message.text()) || said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  await page.goto(address);
  return { page, said };
}
