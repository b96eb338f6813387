import { existsSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

export const SITE = "http://parley.test";
const root = fileURLToPath(new URL("../..", import.meta.url));

/** Packages that modules of the project import, as modules that a browser can read. */
const PACKAGES: Readonly<Record<string, string>> = {
  "fastest-levenshtein": "/node_modules/fastest-levenshtein/esm/mod.js",
  "@noble/hashes/sha2.js": "/node_modules/@noble/hashes/sha2.js",
  "@noble/hashes/utils.js": "/node_modules/@noble/hashes/utils.js",
};

/**
 * Opens an empty page whose modules, its workers' too, are the project's own files without their types; nothing goes to the
 * network.
 */
export async function openSite(page: Page): Promise<void> {
  await page.context().route(`${SITE}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/") return route.fulfill({ contentType: "text/html", body: "<!doctype html>" });
    const file = root + pathname.slice(1);
    if (!existsSync(file)) return route.fulfill({ status: 404 });
    const text = readFileSync(file, "utf8");
    const script = file.endsWith(".ts") ? stripTypeScriptTypes(text) : text;
    const body = script.replaceAll(/(from|import) "([^"./][^"]*)"/g, (whole, word: string, name: string) =>
      PACKAGES[name] === undefined ? whole : `${word} "${PACKAGES[name]}"`,
    );
    return route.fulfill({ contentType: "text/javascript", body });
  });
  await page.goto(SITE);
}
