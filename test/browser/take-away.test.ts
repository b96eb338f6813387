import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import type { Browser, Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { folderWith, SMALL_CASE } from "../support/cli.ts";
import { buildWorkbench, openPage, serveFolder } from "../support/workbench.ts";
import { settled } from "./workbench-looks.ts";

/** Where much is drawn at once. */
const SLOW = { timeout: 20_000 };

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

async function taken(page: Page, click: () => Promise<unknown>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return download;
}
const bytesOf = async (download: Download) => readFileSync(await download.path());

describe("what is taken out of a figure", () => {
  it("is complete: picture, numbers, command, citation; a mark and a key open what is behind it", async () => {
    const { page, said } = await open("#/colombia-2012", { permissions: ["clipboard-read", "clipboard-write"] });
    await settled(page);
    const figure = page.locator("figure", { has: page.locator("svg") }).first();
    await figure.locator("summary", { hasText: "Take it with you" }).click();
    const save = (kind: string) => taken(page, () => figure.getByRole("button", { name: `Save as ${kind}:` }).click());

    const svg = (await bytesOf(await save("SVG"))).toString("utf8");
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    for (const part of [
      "As of 2012",
      "seed 1",
      "Parley 0.1.0",
      "not a prediction",
      "as coded",
      "Reasons: #/colombia-2012",
      "What counts",
    ])
      expect(svg.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ")).toContain(part);
    expect(svg).not.toMatch(/ style=|<style|var\(|currentColor|class=|data-|<a |href=|url\((?!#)|system-ui|rgba\(/);
    // It shows by itself, as a picture of its own.
    const size = await page.evaluate(async (text) => {
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    }, svg);
    const png = await bytesOf(await save("PNG"));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(size.map((each) => 2 * each));
    expect(png.length).toBeGreaterThan(10_000);

    const csv = await save("CSV");
    expect(csv.suggestedFilename()).toMatch(/^colombia-2012-.*\.csv$/);
    const lines = (await bytesOf(csv)).toString("utf8").split("\r\n");
    expect(lines).toContain("# command,parley assess colombia-2012 --seed 1,,,");
    const row = lines.find((line) => line.startsWith("as coded,"))?.split(",") ?? [];
    expect(row.length).toBe(5);
    expect(Number(row[1])).toBeCloseTo(0.55, 1);
    const json = JSON.parse((await bytesOf(await save("JSON"))).toString("utf8"));
    expect(json.rows[0][1]).toBe(Number(row[1]));

    await figure.getByRole("button", { name: "Copy the command" }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("parley assess colombia-2012 --seed 1");
    await figure.locator("select").selectOption("bibtex");
    await figure.getByRole("button", { name: "Copy the citation" }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^@misc\{parley-/);

    await figure.locator(".chart").focus();
    await page.keyboard.press("t");
    expect(await figure.locator("details.numbers").getAttribute("open")).toBe("");
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("scroll");
    expect(await figure.locator("details.numbers a").count()).toBe(json.rows.length);
    await page.keyboard.press("T");
    expect(await figure.locator("details.numbers").getAttribute("open")).toBe(null);
    // A finger's width beside a dot still finds it.
    const dot = await figure.locator(".chart circle").first().boundingBox();
    await page.mouse.click((dot?.x ?? 0) + (dot?.width ?? 0) / 2, (dot?.y ?? 0) - 8);
    await page.getByRole("complementary", { name: "Reasons" }).waitFor();
    expect(decodeURIComponent(page.url())).toContain("because=figure:");
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("is there for the state graph too, and bars and cells open their claims", async () => {
    const { page, said } = await open("#/cuba-1962/stability");
    await page.locator(".pane svg").waitFor();
    await page.locator("figure summary", { hasText: "Take it with you" }).click();
    const svg = await bytesOf(await taken(page, () => page.getByRole("button", { name: "Save as SVG:" }).click()));
    expect(svg.toString("utf8")).toMatch(/<marker[\s\S]*Soviet Union/);
    expect(svg.toString("utf8")).not.toMatch(/var\(|style=/);
    await page.goto(`${site.address}#/colombia-2012/evidence`);
    await page.locator(".chart rect[data-node]").nth(3).click();
    expect(decodeURIComponent(page.url())).toMatch(/because=figure:/);
    expect(await page.locator("figure").nth(1).locator("[data-node]").count()).toBeGreaterThan(5);
    expect(said).toEqual([]);
    await page.context().close();
  });
});

describe("the report's page", () => {
  it("shows what the file will hold, saves it, and prints it alone", async () => {
    const { page, said } = await open("#/colombia-2012/report");
    await settled(page);
    const text = () =>
      page.evaluate(
        () => document.querySelector(".report-preview")?.shadowRoot?.textContent?.replaceAll(/\s+/g, " ") ?? "",
      );
    await expect.poll(text, SLOW).toContain("Would it hold");
    // Its own sheet is there, and its own styles of parts.
    const look = await page.evaluate(() => {
      const root = document.querySelector(".report-preview")?.shadowRoot;
      const answer = root?.querySelector(".answer");
      return [
        root?.querySelectorAll("figure svg").length ?? 0,
        answer ? getComputedStyle(answer).display : "",
        root?.querySelectorAll("[data-style]").length,
      ];
    });
    expect(look).toEqual([expect.any(Number), "grid", 0]);
    expect(look[0]).toBeGreaterThan(1);
    await page.getByRole("button", { name: "The brief alone" }).click();
    await expect.poll(text, SLOW).not.toContain("Where each number comes from");
    await page.getByRole("checkbox", { name: "Redact it for the room" }).check();
    await expect.poll(text, SLOW).toContain("Redacted for the room");
    const saved = await taken(page, () => page.getByRole("button", { name: "Save as HTML" }).click());
    expect(saved.suggestedFilename()).toBe("colombia-2012-report-redacted.html");
    const html = (await bytesOf(saved)).toString("utf8");
    expect([...html.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id)).toEqual(["brief", "when", "limits"]);
    await page.getByRole("checkbox", { name: "Redact it for the room" }).uncheck();
    await expect.poll(text, SLOW).not.toContain("Redacted for the room");
    await page.emulateMedia({ media: "print" });
    expect(
      await page
        .locator(".topbar, .rail, .report-options")
        .evaluateAll((all) => all.filter((each) => each.checkVisibility()).length),
    ).toBe(0);
    expect(await page.locator(".report-preview").isVisible()).toBe(true);
    for (const format of ["A4", "Letter"])
      expect((await page.pdf({ format, preferCSSPageSize: false })).length).toBeGreaterThan(10_000);
    expect(said).toEqual([]);
    await page.context().close();
  });
});

describe("the view for the room", () => {
  it("has no source, name, inferred position or line of the case anywhere in the page", async () => {
    const { page, said } = await open("#/ukraine-2024/evidence");
    await page.locator("figure svg").first().waitFor();
    await settled(page);
    expect(await page.content()).toContain("Ding Xiaoxing");
    await page.locator(".view-menu:not(.share-menu) summary").click();
    await page.getByRole("checkbox", { name: "View for the room" }).check();
    await page.locator(".room-bar", { hasText: "Redacted view: sources and citations" }).waitFor();
    expect(page.url()).toContain("room=1");
    for (const hash of ["terms", "", "evidence?because=claim:deadlock&"]) {
      await page.goto(`${site.address}#/ukraine-2024/${hash}${hash.includes("?") ? "" : "?"}room=1`);
      await page.locator("main h1").waitFor();
      const content = await page.content();
      for (const secret of ["Ding Xiaoxing", "Kyiv Independent", "¶", "source:", "overheard"])
        expect(content, hash).not.toContain(secret);
    }
    await page.goto(`${site.address}#/ukraine-2024/parties?edit=positions.china&room=1`);
    const inferred = page.locator("[data-cell='0/0']");
    await inferred.click();
    expect(await inferred.textContent()).toContain("nothing stated");
    expect(await page.locator(".edit-panel, .stance-editor, .positions a, .party-card h3 a").count()).toBe(0);
    await page.goto(`${site.address}#/ukraine-2024/evidence?because=claim:deadlock&room=1`);
    await page.locator(".because-panel").waitFor();
    expect(await page.locator(".case-lines").count()).toBe(0);
    await page.locator(".share-menu summary").click();
    expect(await page.locator(".share-menu").textContent()).toContain("Leave that view first");
    await page.getByRole("button", { name: "Leave it" }).click();
    await page.locator(".case-lines").waitFor();
    expect(said).toEqual([]);
    await page.context().close();
  });
});

describe("a case that is shared", () => {
  it("goes out as a file and as a link that says what it holds, and comes in only when it is told to", async () => {
    const { page, said } = await open("", { permissions: ["clipboard-read", "clipboard-write"] });
    await page.locator("[data-pick=file]").setInputFiles(join(folderWith({ "mine.yaml": SMALL_CASE }), "mine.yaml"));
    await page.locator("[data-answer=when]").waitFor();
    await settled(page);
    await page.locator(".share-menu summary").click();
    const file = await taken(page, () => page.getByRole("button", { name: "Save the file" }).click());
    expect(file.suggestedFilename()).toBe("mine.parley.zip");
    await page.getByRole("button", { name: "See what a link would hold" }).click();
    const told = (await page.locator(".share-menu .popover").textContent()) ?? "";
    expect(told).toMatch(/Sections: .*claims.*source.*Whoever has the link has all of this/);
    await page.getByRole("button", { name: "Copy the link" }).click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link.startsWith(`${site.address}#/~`)).toBe(true);
    expect(link.length).toBeLessThan(8000);

    const other = await open(link.slice(site.address.length));
    await other.page.locator("h1", { hasText: "A case in a link" }).waitFor();
    expect(await other.page.locator(".contents").textContent()).toMatch(/Sections: .*claims/);
    expect(await other.page.locator("[data-answer]").count()).toBe(0);
    await other.page.getByRole("button", { name: "Open it", exact: true }).click();
    await other.page.locator("[data-answer=when]").waitFor();
    await settled(other.page);
    await other.page.reload();
    await other.page.locator("h1", { hasText: "There is no case" }).waitFor();
    await other.page.goto(`${link}x`);
    await other.page.locator("h1").first().waitFor();
    await other.page.goto(`${site.address}?case=${encodeURIComponent("https://elsewhere.example/case.yaml")}`);
    await other.page.locator(".notice", { hasText: "fetches nothing from other hosts" }).waitFor();
    await other.page.goto(site.address);
    const pick = (path: string) => other.page.locator("[data-pick=file]").setInputFiles(path);
    const refused = (text: string) => other.page.locator(".drop-zone [role=status]", { hasText: text }).waitFor();
    const zip = (name: string, entries: Parameters<typeof zipSync>[0]) => ({
      name,
      mimeType: "application/zip",
      buffer: Buffer.from(zipSync(entries)),
    });
    await other.page.locator("[data-pick=file]").setInputFiles(zip("a.zip", { "../case.yaml": strToU8("parley: 1") }));
    await refused("leads out of its folder (../case.yaml)");
    await other.page
      .locator("[data-pick=file]")
      .setInputFiles(zip("b.zip", { "case.csv": new Uint8Array(15_000_000) }));
    await refused("unpacks to more");
    await pick(await file.path().then((path) => path));
    expect(said).toEqual([]);
    await page.context().close();
    await other.page.context().close();
  });
});

describe("without a network", () => {
  it("opens after its first load: pages, cases and their answers", async () => {
    const { page, said } = await open("", { serviceWorkers: "allow" });
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await page.context().setOffline(true);
    await page.reload();
    await page.locator(".case-card").nth(4).waitFor();
    await page.goto(`${site.address}#/cuba-1962/stability`);
    await page.locator(".pane svg > g").first().waitFor();
    await page.goto(`${site.address}#/colombia-2012/report`);
    await page.locator(".report-preview").waitFor();
    await settled(page);
    const kept = await page.evaluate(async () => {
      const [name = ""] = await caches.keys();
      return (await (await caches.open(name)).keys()).map(({ url }) => url);
    });
    expect(kept.filter((url) => !url.startsWith(site.address))).toEqual([]);
    expect(kept.length).toBeGreaterThan(20);
    expect(said).toEqual([]);
    await page.context().close();
  });
});
