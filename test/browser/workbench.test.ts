import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { folderWith, root, SMALL_CASE } from "../support/cli.ts";
import { buildWorkbench, openPage, serveFolder } from "../support/workbench.ts";
import { lookAt, settled } from "./workbench-looks.ts";

/** A build works out the bundled cases first. */
const BUILD = 300_000;

let folder: string;
let site: Awaited<ReturnType<typeof serveFolder>>;
let browser: Browser;

beforeAll(async () => {
  folder = buildWorkbench();
  site = await serveFolder(folder);
  browser = await launchBrowser();
}, BUILD);
afterAll(async () => {
  await browser?.close();
  site?.close();
});

const open = (hash: string, options?: Parameters<typeof openPage>[2]) =>
  openPage(browser, site.address + hash, options);

const answer = (page: Page, id: string) => page.locator(`[data-answer=${id}]`);

describe("the built workbench", () => {
  it("keeps what is loaded first under 400 kB gzipped, and has no inline script", () => {
    const page = readFileSync(join(folder, "index.html"), "utf8");
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(page).not.toContain("unsafe");
    const loaded = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => path ?? "");
    expect(loaded.length).toBeGreaterThan(1);
    const size = loaded.reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path))).length, 0);
    expect(size).toBeLessThan(400_000);
    expect(readdirSync(join(folder, "assets")).some((name) => name.startsWith("elk"))).toBe(true);
  });

  it("opens the gallery from a plain server, and asks nobody else", async () => {
    const { page, said } = await open("");
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.reload();
    expect(await page.locator("h1").textContent()).toContain("Will they talk");
    await page.locator(".case-card").nth(4).waitFor();
    expect(await page.locator(".case-card").first().textContent()).toMatch(/\d+–\d+\s%/);
    expect(asked.filter((url) => !url.startsWith(site.address))).toEqual([]);
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("opens a case from its card, and goes back", async () => {
    const { page, said } = await open("");
    await page.getByRole("link", { name: "Colombia and the FARC" }).click();
    await page.locator("h1", { hasText: "Colombia" }).waitFor();
    expect(await page.locator("[data-answer]").count()).toBe(5);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("page");
    expect(await page.title()).toContain("Colombia");
    await page.goBack();
    await page.locator("h1", { hasText: "Will they talk" }).waitFor();
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("moves the answers and the address with the reading, keeps ghosts, and takes both back", async () => {
    const { page, said } = await open("#/colombia-2012");
    const value = answer(page, "when").locator(".row-value").first();
    expect((await value.textContent())?.trim()).toMatch(/^55\s%$/);
    await page.locator(".field.reading select").selectOption({ label: "The army can win" });
    await expect.poll(() => value.textContent(), { timeout: 20_000 }).toMatch(/^37\s%$/);
    await settled(page);
    expect(new URL(page.url()).hash).toMatch(/reading=/);
    expect(await answer(page, "when").locator(".was").first().textContent()).toMatch(/was 55\s%/);
    expect(await answer(page, "when").locator(".ghost").count()).toBeGreaterThan(0);
    expect(await page.locator(".moved").textContent()).toMatch(/55\s% → 37\s%/);
    await page.goBack();
    await expect.poll(() => value.textContent()).toMatch(/^55\s%$/);
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("works out anew what rests on a claim that is unticked", async () => {
    const { page, said } = await open("#/colombia-2012");
    await page.locator(".doubts summary").click();
    await page.getByRole("checkbox", { name: "Agenda signed beforehand" }).uncheck();
    await expect.poll(() => page.locator(".moved").textContent(), { timeout: 20_000 }).toMatch(/55\s% → /);
    expect(decodeURIComponent(page.url())).toMatch(/off=[a-z-]+/);
    await page.getByRole("button", { name: "Take all back in" }).click();
    await settled(page);
    expect(page.url()).not.toContain("off=");
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("opens the because of a figure down to its source and the line of the case, by keyboard too", async () => {
    const { page, said } = await open("#/colombia-2012");
    const figure = answer(page, "why").locator(".row-value a").first();
    await figure.focus();
    await page.keyboard.press("Enter");
    const panel = page.getByRole("complementary", { name: "Reasons" });
    await panel.waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H2");
    await panel.locator(".reasons a", { hasText: "claim" }).first().click();
    await panel.locator(".kicker", { hasText: "claim" }).waitFor();
    expect(await panel.locator(".case-lines .meant").textContent()).toMatch(/\d+\s+[a-z-]+:/);
    await panel.locator(".reasons a", { hasText: "source" }).first().click();
    await panel.locator(".kicker", { hasText: "source" }).waitFor();
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("keeps what it does not know in the address, and says so", async () => {
    const { page } = await open("#/cuba-1962/stability?colour=blue&seed=x");
    await page.locator("h1", { hasText: "Who would move" }).waitFor();
    const said = await page.locator(".notice").allTextContents();
    expect(said.join(" ")).toContain("colour=blue");
    expect(said.join(" ")).toContain("“x” in the address is no valid seed");
    await page.locator(".stability table a").nth(1).click();
    expect(page.url()).toContain("colour=blue");
    await page.context().close();
  });

  it("draws the state graph, and reads about what is chosen in it", async () => {
    const { page, said } = await open("#/cuba-1962/stability");
    await page.locator(".pane svg > g").first().waitFor();
    await page.locator(".pane svg > g", { hasText: "Blockade and withdrawal" }).click();
    await page.locator("#situation-h", { hasText: "Blockade and withdrawal" }).waitFor();
    expect(page.url()).toContain("sel=");
    expect(await page.locator(".situation").textContent()).toContain("What would make it hold, or fall");
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("tells what history says: who is in a class, how few lasted as long, and why", async () => {
    const { page, said } = await open("#/ukraine-2024/history");
    await page.getByText("12 members of the class lasted longer than 33 months").waitFor();
    const rates = page.getByRole("table").filter({ hasText: "Kaplan-Meier" });
    expect(await rates.getByRole("row", { name: /^Kaplan-Meier/ }).textContent()).toMatch(/25\s%/);
    await page.getByText("Members by name, the longest first").last().click();
    expect(await page.getByRole("row", { name: /^Iran-Iraq/ }).count()).toBeGreaterThan(0);
    await page
      .getByRole("link", { name: /^Because/ })
      .first()
      .click();
    await page
      .locator(".because-panel")
      .getByText(/95 of the interstate wars/)
      .first()
      .waitFor();
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("compares with another class at a choice, and tells what each of the few makes of it", async () => {
    const { page, said } = await open("#/ukraine-2024/history");
    const choice = page.getByRole("group", { name: "By another class" });
    await choice.getByRole("radio", { name: /^Interstate wars, 1946/ }).check();
    await page.getByText("4 members of the class lasted longer than 33 months").waitFor();
    expect(page.url()).toContain("set=questions.ceasefire-2025.referenceClass");
    await choice.getByRole("button", { name: "As the case names it" }).click();
    await page.getByText("12 members of the class lasted longer than 33 months").waitFor();
    await page.getByText(/^Without one of them/).click();
    expect(await page.getByRole("row", { name: /^Korean 1950/ }).count()).toBe(1);
    await page.goto(`${site.address}#/ukraine-2024`);
    await page.getByText("Dashes and dots: the base rate").first().waitFor();
    await page.locator("figure svg text", { hasText: "base rate" }).first().waitFor();
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("shows what came of a case that was written later as no skill, and nothing of it in the room", async () => {
    const { page, said } = await open("#/ukraine-2024/record");
    await page.getByRole("heading", { name: "What the case would have said, with hindsight" }).waitFor();
    expect(await page.locator(".record").textContent()).toContain("it cannot show skill");
    const talks = page.getByRole("row", { name: /^Will Russia and Ukraine hold direct official talks/ }).first();
    expect(await talks.textContent()).toContain("2025-05-16");
    await page.locator("input[type=file]").setInputFiles({
      name: "broken.jsonl",
      mimeType: "application/jsonl",
      buffer: Buffer.from('{"format": "parley-record-1"\n'),
    });
    await page.getByText("The record is broken").waitFor();
    expect(await page.locator(".problems").textContent()).toContain("broken.jsonl:1:1");
    await page.getByRole("button", { name: "Back to the case's own" }).click();
    await page.getByRole("heading", { name: "What the case would have said, with hindsight" }).waitFor();
    await page.goto(`${site.address}#/ukraine-2024/record?room=1`);
    await page.getByText("it is not shown for the room").waitFor();
    expect(await page.locator("main").textContent()).not.toContain("TASS");
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("offers every page, and says what would fill those that the case has nothing for", async () => {
    const { page } = await open("#/cuba-1962/terms");
    await page.locator(".absent").waitFor();
    expect(await page.locator(".rail a").count()).toBe(10);
    expect(await page.locator(".rail .empty .name").allTextContents()).toContain("Terms");
    expect(await page.locator(".absent").textContent()).toContain("issues");
    await page.context().close();
  });

  it("reads a YAML file of one's own, keeps it, and forgets it", async () => {
    const { page, said } = await open("");
    const file = join(folderWith({ "mine.yaml": SMALL_CASE }), "mine.yaml");
    await page.locator("[data-pick=file]").setInputFiles(file);
    await page.locator("[data-answer=when]").waitFor();
    await settled(page);
    expect(page.url()).toContain("#/my-mine");
    await page.reload();
    await page.locator("[data-answer=when]").waitFor();
    await settled(page);
    await page.getByRole("link", { name: "Parley" }).click();
    await page.getByRole("button", { name: /Remove/ }).click();
    await expect.poll(() => page.locator(".case-card").count()).toBe(5);
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("reads a folder that is dropped", async () => {
    const { page, said } = await open("");
    await page.locator("[data-pick=folder]").setInputFiles(join(root, "cases", "colombia-2012"));
    await page.locator("h1", { hasText: "Colombia" }).waitFor();
    await settled(page);
    expect(await answer(page, "when").locator(".row-value").first().textContent()).toMatch(/^55\s%$/);
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("shows what is wrong with a broken file as `check` words it", async () => {
    const { page, said } = await open("");
    const yaml = SMALL_CASE.replace(/^title:.*$/m, "titel: A slip\nclaims: {a: {text: x, credence: 1.4}}");
    const transfer = await page.evaluateHandle((text) => {
      const made = new DataTransfer();
      made.items.add(new File([text], "broken.yaml", { type: "application/yaml" }));
      return made;
    }, yaml);
    await page.dispatchEvent(".drop-zone", "drop", { dataTransfer: transfer });
    await page.locator("h1", { hasText: "broken.yaml has problems" }).waitFor();
    expect(await page.locator(".problems .where").first().textContent()).toMatch(/^broken\.yaml:\d+:\d+$/);
    expect(await page.locator(".problems").textContent()).toContain("titel");
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("says that a case is not there", async () => {
    const { page } = await open("#/nowhere-1900");
    await page.locator("h1", { hasText: "There is no case “nowhere-1900” here" }).waitFor();
    await page.context().close();
  });
});

// Accessible on a phone in dark and on a wide screen in light; what is between is looked at in the long tests.
lookAt((hash, options) => open(hash, options), { light: [1600], dark: [390] });
