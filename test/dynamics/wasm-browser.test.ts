import { existsSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { digest } from "./wasm-digest.ts";

const SITE = "http://parley.test";
const root = fileURLToPath(new URL("../..", import.meta.url));

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe("the kernels in a browser", () => {
  it("give the bits that they give in Node", async () => {
    const page = await browser.newPage();
    // The page's modules are the project's own files, without their types; nothing goes to the network.
    await page.route(`${SITE}/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === "/") return route.fulfill({ contentType: "text/html", body: "<!doctype html>" });
      const file = root + pathname.slice(1);
      if (!existsSync(file)) return route.fulfill({ status: 404 });
      const body = stripTypeScriptTypes(readFileSync(file, "utf8"));
      return route.fulfill({ contentType: "text/javascript", body });
    });
    await page.goto(SITE);
    const inPage = (kind: string) =>
      page.evaluate(`import("/test/dynamics/wasm-digest.ts").then(({ digest }) => digest(${JSON.stringify(kind)}))`);
    expect(await inPage("webassembly")).toBe(digest("webassembly"));
    expect(await inPage("typescript")).toBe(digest("typescript"));
    expect(digest("typescript").split(" ").slice(1)).toEqual(digest().split(" ").slice(1));
  });
});
