import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { openSite } from "../support/site.ts";
import { digest } from "./wasm-digest.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe("the kernels in a browser", () => {
  it("give the bits that they give in Node", async () => {
    const page = await browser.newPage();
    await openSite(page);
    const inPage = (kind: string) =>
      page.evaluate(`import("/test/dynamics/wasm-digest.ts").then(({ digest }) => digest(${JSON.stringify(kind)}))`);
    expect(await inPage("webassembly")).toBe(digest("webassembly"));
    expect(await inPage("typescript")).toBe(digest("typescript"));
    expect(digest("typescript").split(" ").slice(1)).toEqual(digest().split(" ").slice(1));
  });
});
