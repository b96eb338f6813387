import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { folderWith } from "../support/cli.ts";
import { buildWorkbench, openPage, serveFolder } from "../support/workbench.ts";
import { settled, violations } from "./workbench-looks.ts";

/** A build works out the bundled cases first. */
const BUILD = 300_000;
const SLOW = { timeout: 20_000 };

const CASE = `parley: 1
title: A quarrel over a river
parties:
  aland: { name: Aland, roles: [{ role: belligerent, because: At war. }] }
  bland: { name: Bland, roles: [{ role: belligerent, because: At war. }] }
issues:
  river: # the main one
    name: River
    options: { ours: "To Aland", shared: Shared, theirs: "To Bland" }
positions:
  aland:
    reservation: 0.3
    because: As coded.
    issues:
      river: { weight: 1, values: { ours: 1, shared: 0.6, theirs: 0 }, basis: stated, because: Said. }
  bland:
    reservation: 0.3
    because: As coded.
    issues:
      river: { weight: 1, values: { ours: 0, shared: 0.5, theirs: 1 }, basis: inferred, because: Seen. }
`;

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

/** Opens a case of one's own, at a page. */
async function openOwn(hash = "parties", options: Parameters<typeof openPage>[2] = {}) {
  const opened = await openPage(browser, site.address, { bypassCSP: true, ...options });
  const { page } = opened;
  await page.locator("[data-pick=file]").setInputFiles(join(folderWith({ "river.yaml": CASE }), "river.yaml"));
  await page.locator("h1", { hasText: "river" }).waitFor();
  const id = /#\/([^/?]+)/.exec(page.url())?.[1] ?? "";
  await page.goto(`${site.address}#/${id}/${hash}`);
  return { ...opened, id };
}

/** The text of a case that this browser keeps. */
const textOf = (page: Page, id: string): Promise<string> =>
  page.evaluate(
    (key) =>
      new Promise<string>((resolve) => {
        const asked = indexedDB.open("parley");
        asked.onsuccess = () => {
          const get = asked.result.transaction("cases").objectStore("cases").get(key);
          get.onsuccess = () => {
            asked.result.close();
            resolve(
              Object.values((get.result as { packed: { files: Record<string, string> } }).packed.files).join("\n"),
            );
          };
        };
      }),
    id,
  );

const over = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe("editing in the workbench", () => {
  it("changes a cell of the table: the file's text, the figures; takes it back; keeps an error out", async () => {
    const { page, said, id } = await openOwn();
    await page.getByRole("gridcell").first().waitFor();
    await settled(page);
    expect(await page.getByRole("gridcell").first().textContent()).toContain("Aland on River: weight 1, stated.");
    // By keys alone.
    await page.getByRole("gridcell").first().focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("Bland on River");
    await page.keyboard.press("Enter");
    const worth = page.getByRole("textbox", { name: "Worth of Shared" });
    await worth.fill("0.1 to 0.2");
    await worth.press("Enter");
    await expect.poll(() => textOf(page, id), SLOW).toContain("ours: 0, shared: 0.1 to 0.2, theirs: 1");
    expect(await textOf(page, id)).toContain("river: # the main one");
    // A value that the check refuses stays in the field, and out of the file.
    await worth.fill("1.4");
    const fault = page.locator(".stance-editor .field-problems .error");
    await fault.waitFor();
    expect(await fault.textContent()).toContain("0..1");
    await worth.press("Enter");
    await page.locator(".kept").first().waitFor();
    expect(await textOf(page, id)).not.toContain("1.4");
    await worth.press("Escape");
    expect(await worth.inputValue()).toBe("0.1 to 0.2");
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.locator(".stance-editor").waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("gridcell");
    // Figures of another page moved with it.
    await page.getByRole("link", { name: /^Terms/ }).click();
    await settled(page);
    const figure = () => page.locator("main").textContent();
    const now = await figure();
    await page.getByRole("button", { name: /^Undo: Bland, River: Shared/ }).click();
    await expect.poll(() => textOf(page, id), SLOW).toBe(`${CASE}`);
    await expect.poll(figure, SLOW).not.toBe(now);
    await page.keyboard.press("Control+Shift+Z");
    await expect.poll(() => textOf(page, id), SLOW).toContain("shared: 0.1 to 0.2");
    await settled(page);
    // A reload keeps it.
    await page.reload();
    await page.locator("h1").waitFor();
    expect(await textOf(page, id)).toContain("shared: 0.1 to 0.2");
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("fills in forms: adds an entry, renames it with what refers to it, asks before it removes", async () => {
    const { page, said, id } = await openOwn("parties?edit=.", { viewport: { width: 1600, height: 900 } });
    const panel = page.getByRole("complementary", { name: "Form" });
    await panel.getByRole("link", { name: /^Sources/ }).click();
    await panel.getByRole("button", { name: /Add to Sources/ }).click();
    const title = panel.locator(".new-entry").getByRole("textbox", { name: "Title" });
    await title.fill("The Treaty of 1921");
    await title.press("Enter");
    const key = panel.getByRole("textbox", { name: "Name in the file" });
    await expect.poll(() => key.inputValue()).toBe("the-treaty-of-1921");
    await panel.getByRole("button", { name: "Add it" }).click();
    await expect
      .poll(() => textOf(page, id), SLOW)
      .toMatch(/the-treaty-of-1921:\s*\n? *\{?\s*title: The Treaty of 1921/);
    await panel.getByRole("heading", { name: "The Treaty of 1921" }).waitFor();
    await panel.getByRole("link", { name: "Edit", exact: true }).click();
    await panel.getByRole("link", { name: /^Parties/ }).click();
    await panel.getByRole("link", { name: /Aland/ }).click();
    await panel.getByRole("heading", { name: "Aland" }).waitFor();
    // The added entry stands above it, on two lines.
    expect(await panel.locator(".part-links").first().textContent()).toContain("river.yaml:6");
    await panel.getByRole("button", { name: "What is “Name”?" }).click();
    await panel.locator(".help", { hasText: "The name by which every page calls it." }).waitFor();
    expect(await violations(page)).toEqual([]);
    await panel.getByRole("button", { name: "Remove Aland" }).last().click();
    expect(await panel.locator(".ask").textContent()).toContain("positions.aland");
    await panel.getByRole("button", { name: "Keep it" }).click();
    await panel.getByRole("button", { name: "Rename" }).last().click();
    await panel.getByRole("textbox", { name: "Name in the file" }).fill("a-land");
    await panel.getByRole("textbox", { name: "Name in the file" }).press("Enter");
    await expect.poll(() => textOf(page, id), SLOW).toMatch(/a-land: \{ name: Aland[\s\S]*positions:\n {2}a-land:/);
    await expect.poll(() => page.url(), SLOW).toContain("edit=parties.a-land");
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    expect(await over(page)).toBe(0);
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("keeps what two tabs change, and a view as a reading", async () => {
    const { page, said, id } = await openOwn("parties?edit=positions.aland.reservation");
    const second = await page.context().newPage();
    await second.goto(`${site.address}#/${id}/parties?edit=positions.bland.reservation`);
    const field = (of: Page) => of.locator(".edit-panel .form-field input").first();
    await Promise.all([field(page).fill("0.41"), field(second).fill("0.42")]);
    await Promise.all([field(page).press("Enter"), field(second).press("Enter")]);
    await expect.poll(() => textOf(page, id), SLOW).toMatch(/reservation: 0.41[\s\S]*reservation: 0.42/);
    await expect.poll(() => field(second).inputValue(), SLOW).toBe("0.42");
    await second.close();
    await page.goto(`${site.address}#/${id}/terms?set=positions.aland.reservation%3D0.7`);
    await page.getByRole("button", { name: "Keep my changes as a reading" }).click();
    await page.getByRole("textbox", { name: "Name of the reading" }).fill("Aland holds out");
    await page.getByRole("textbox", { name: "By whom" }).fill("A tester");
    await page.getByRole("textbox", { name: "Because" }).fill("It may.");
    await page.getByRole("button", { name: "Keep it" }).click();
    await expect.poll(() => textOf(page, id), SLOW).toMatch(/readings:[\s\S]*positions.aland.reservation: 0.7/);
    await expect.poll(() => page.url(), SLOW).toMatch(/reading=aland-holds-out$/);
    await expect.poll(() => page.locator(".field.reading select").inputValue(), SLOW).toBe("aland-holds-out");
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("shows a case that came with it as it is, and makes it yours at the same form; a phone shows one party", async () => {
    const { page, said } = await openPage(browser, `${site.address}#/cuba-1962/brief?edit=parties.us.name`, {
      viewport: { width: 390, height: 844 },
      bypassCSP: true,
    });
    const input = page.locator(".edit-panel .form-field input").first();
    await input.waitFor();
    expect(await input.getAttribute("readonly")).not.toBeNull();
    await page.getByRole("button", { name: "Make it yours" }).click();
    await expect.poll(() => page.url(), SLOW).toMatch(/my-cuba-1962\?edit=parties\.us\.name/);
    await expect.poll(() => input.getAttribute("readonly"), SLOW).toBeNull();
    expect(await over(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page
      .locator(".rail")
      .getByRole("link", { name: /^Parties/ })
      .click();
    await page.locator(".ladder").first().waitFor();
    expect(await over(page)).toBe(0);
    expect(await page.locator(".ladder").first().locator("li").count()).toBeGreaterThan(1);
    expect(said).toEqual([]);
    await page.context().close();
  });
});
