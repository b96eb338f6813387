import { Buffer } from "node:buffer";
import { PDFDocument } from "@cantoo/pdf-lib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { buildWorkbench, openPage, serveFolder } from "../support/workbench.ts";
import { violations } from "./workbench-looks.ts";

/** A build works out the bundled cases first. */
const BUILD = 300_000;

let site: Awaited<ReturnType<typeof serveFolder>>;
let browser: Browser;

beforeAll(async () => {
  site = await serveFolder(buildWorkbench());
  browser = await launchBrowser();
}, BUILD);
afterAll(async () => {
  await browser?.close();
  site?.close();
});

const open = (hash: string, options?: Parameters<typeof openPage>[2]) =>
  openPage(browser, site.address + hash, options);
const drawer = (page: Page) => page.locator(".text-drawer");
const state = (page: Page) => page.locator(".text-state");
const wait = { timeout: 30_000 };

/** The text as the editor has it, by what it shows. */
const lines = (page: Page) => page.locator(".cm-line").allTextContents();

describe("the text of a case", () => {
  it("is checked as one types, saved by itself, kept as a draft where it has errors, and offered again", async () => {
    const { page, said } = await open("#/new?from=template");
    await page.getByRole("textbox", { name: "Title" }).fill("Two rivers");
    await page.getByRole("radio", { name: /A negotiation of several/ }).check();
    await page.getByRole("button", { name: "Make the case" }).click();
    await drawer(page).locator(".cm-content").waitFor(wait);
    await page.locator("h1", { hasText: "Two rivers" }).waitFor(wait);
    expect(page.url()).toMatch(/my-two-rivers\?text=case\.yaml%3A\d+/);
    await expect.poll(() => lines(page), wait).toContainEqual("parties:");
    expect(await page.locator(".no-problems").count()).toBe(1);

    // Typing is saved, and the page follows.
    await page.locator(".cm-line", { hasText: "title: Two rivers" }).click();
    await page.keyboard.press("End");
    await page.keyboard.type(" and a lake");
    await expect.poll(() => state(page).textContent(), wait).toMatch(/^Saved at/);
    await page.locator(".case-name", { hasText: "Two rivers and a lake" }).waitFor(wait);

    // A mistyped reference is kept out, with its near miss, and mended by a button.
    await page.evaluate(() => {
      location.hash = "#/my-two-rivers?text=case.yaml:38";
    });
    await page.locator(".cm-activeLine", { hasText: "party-c:" }).waitFor(wait);
    for (let step = 0; step < 5; step += 1) await page.keyboard.press("ArrowRight");
    await page.keyboard.type("x");
    await expect.poll(() => state(page).textContent(), wait).toMatch(/Not saved: \d+ error/);
    expect(await page.locator(".text-problems li").first().textContent()).toMatch(/parxty-c.*did you mean party-c/);
    await page.locator(".cm-lintRange-error").first().waitFor();
    expect(await violations(page)).toEqual([]);

    // A reload loses nothing: the draft is offered, taken up, and mended.
    await page.waitForTimeout(300);
    await page.reload();
    await page.getByRole("button", { name: "Take it up" }).click(wait);
    await expect.poll(() => state(page).textContent(), wait).toMatch(/Not saved/);
    await page
      .getByRole("button", { name: /Change to/ })
      .first()
      .click();
    await expect.poll(() => state(page).textContent(), wait).toBe("As saved");
    expect(await page.locator(".no-problems").count()).toBe(1);

    // Tab indents; Escape, then Tab leaves.
    const active = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.className ?? "");
    expect(await active()).toContain("cm-content");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    expect(await active()).not.toContain("cm-content");
    await page.keyboard.press("Control+e");
    await drawer(page).waitFor({ state: "detached" });
    await page.keyboard.press("Control+e");
    await drawer(page).locator(".cm-content").waitFor();
    expect(page.url()).toContain("text=.");
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("is shown where it cannot be changed, at the page's own section, over the page on a phone", async () => {
    const { page, said } = await open("#/cuba-1962/stability?text=.", {
      viewport: { width: 390, height: 800 },
      colorScheme: "dark",
    });
    await page.locator(".cm-line", { hasText: "graph:" }).first().waitFor(wait);
    expect(await page.locator(".cm-foldPlaceholder").count()).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Make it yours" }).waitFor();
    await page.locator(".cm-line", { hasText: "graph:" }).first().click();
    const before = await lines(page);
    await page.keyboard.type("xyz");
    expect(await lines(page)).toEqual(before);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    expect(await violations(page)).toEqual([]);
    // What it covers is out of reach while it does.
    expect(await page.locator(".shell > :not([inert])").count()).toBe(1);
    await page.getByRole("button", { name: "Close the text" }).click();
    await page.locator(".text-drawer").waitFor({ state: "detached" });
    expect(await page.locator(".shell > [inert]").count()).toBe(0);
    expect(said).toEqual([]);
    await page.context().close();
  });
});

describe("a new case", () => {
  it("is made of an article, sentence by sentence by keys; of a file of GMCR+; of nothing that is broken", async () => {
    const { page, said } = await open("#/new?from=article");
    await page.getByRole("textbox", { name: "Text of the article" }).waitFor();
    expect(await violations(page)).toEqual([]);
    const words = "Russia said that it would not withdraw from Kherson. Ukraine has lost 20 000 soldiers since 2022.";
    const pick = (name: string, buffer: Buffer) =>
      page.locator("[data-pick=article]").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
    await pick("bad.pdf", Buffer.from("no pdf"));
    await page.getByRole("alert").filter({ hasText: "it is no PDF" }).waitFor(wait);
    const pdf = await PDFDocument.create();
    pdf.addPage().drawText("Talks stall", { x: 50, y: 700, size: 12 });
    pdf.getPages()[0]?.drawText(words, { x: 50, y: 600, size: 10 });
    await pick("talks.pdf", Buffer.from(await pdf.save()));
    await page.locator(".review li").first().waitFor(wait);
    await page.reload();
    await pick(
      "talks.html",
      Buffer.from(`<html><body><article><h1>Talks stall</h1><p>${words}</p></article></body></html>`),
    );
    await page.locator(".review li").nth(1).waitFor(wait);
    expect(await violations(page)).toEqual([]);
    await page.locator(".review li").first().focus();
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("a");
    await page.keyboard.press("r");
    await page.getByText("1 accepted, 1 rejected, 0 still").waitFor();
    await page.getByRole("button", { name: "Make the case" }).click();
    await drawer(page).locator(".cm-content").waitFor(wait);
    await expect.poll(async () => (await lines(page)).join("\n"), wait).toMatch(/status: accepted/);

    await page.goto(`${site.address}#/new?from=files`);
    const bring = (text: string) =>
      page
        .locator("[data-pick=foreign]")
        .setInputFiles({ name: "one.gmcr", mimeType: "text/plain", buffer: Buffer.from(text) });
    await bring('{"options": [}');
    await page
      .getByRole("alert")
      .filter({ hasText: /one\.gmcr:1:\d+/ })
      .waitFor(wait);
    await bring(
      '{"options": [{"name": "arm"}], "decisionMakers": [{"name": "One", "options": [0], "preferences": [[[0, "Y"]]]}]}',
    );
    await page.waitForURL(/my-one/, wait);
    await page.goto(`${site.address}#/my-one/stability`);
    await page.locator("h1", { hasText: "Who would move" }).waitFor(wait);
    expect(said).toEqual([]);
    await page.context().close();
  });
});
