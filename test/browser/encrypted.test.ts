import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import type { Browser, Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { folderWith, parley, SMALL_CASE } from "../support/cli.ts";
import { buildWorkbench, openPage, serveFolder } from "../support/workbench.ts";
import { overflow, settled, violations } from "./workbench-looks.ts";

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

const open = () => openPage(browser, site.address, { bypassCSP: true });

async function taken(page: Page, click: () => Promise<unknown>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return download;
}

describe("a case that is encrypted", () => {
  it("goes out with a passphrase or for keys, as age has it, and comes in to who has the secret", async () => {
    const { page, said } = await open();
    const mine = join(folderWith({ "mine.yaml": SMALL_CASE }), "mine.yaml");
    await page.locator("[data-pick=file]").setInputFiles(mine);
    await page.locator("[data-answer=when]").waitFor();
    await settled(page);
    await page.locator(".share-menu summary").click();
    await page.getByText("As an encrypted file").click();
    const form = page.locator(".encrypt-form");
    await form.getByLabel("Passphrase", { exact: true }).fill("quiet harbour lamps");
    await form.getByLabel("The passphrase once more").fill("quiet harbor lamps");
    await form.getByRole("button", { name: "Save the encrypted file" }).click();
    await form.getByText("The two are not the same.").waitFor();
    await form.getByLabel("The passphrase once more").fill("quiet harbour lamps");
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await overflow(page)).toBe(0);
      const box = await page.locator(".share-menu .popover").boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(900);
    }
    expect(await violations(page)).toEqual([]);
    const button = form.getByRole("button", { name: "Save the encrypted file" });
    const locked = await taken(page, () => button.click());
    expect(locked.suggestedFilename()).toBe("mine.parley.zip.age");
    // Nothing of the secret stays in the page.
    expect(await form.getByLabel("Passphrase", { exact: true }).inputValue()).toBe("");

    // The command opens it, and finds the case as it was.
    const folder = folderWith({ passphrase: "quiet harbour lamps\n" });
    const into = join(folder, "out");
    const words = ["--passphrase-file", join(folder, "passphrase")];
    const opened = parley(["unpack", await locked.path(), into, ...words]);
    expect({ code: opened.code, stderr: opened.stderr }).toEqual({ code: 0, stderr: "" });
    expect(readFileSync(join(into, "mine.yaml"), "utf8")).toBe(SMALL_CASE);

    const identity = await generateX25519Identity();
    await form.getByText("The keys of its readers").click();
    await form.getByLabel("Public keys, one a line").fill("age1nobody");
    await button.click();
    await form.locator("[role=status]", { hasText: "invalid recipient" }).waitFor();
    await form.getByLabel("Public keys, one a line").fill(`${await identityToRecipient(identity)}\n`);
    const forKeys = await taken(page, () => button.click());

    const other = await open();
    const drop = other.page.locator(".drop-zone");
    const bring = async (buffer: Buffer) =>
      other.page
        .locator("[data-pick=file]")
        .setInputFiles({ name: "mine.parley.zip.age", mimeType: "application/octet-stream", buffer });
    const bytes = readFileSync(await locked.path());
    await bring(bytes);
    await drop.getByText("mine.parley.zip.age is encrypted").waitFor();
    for (const width of [390, 1280]) {
      await other.page.setViewportSize({ width, height: 900 });
      expect(await overflow(other.page)).toBe(0);
    }
    expect(await violations(other.page)).toEqual([]);
    await drop.getByLabel("Passphrase").fill("quiet harbor lamps");
    await drop.getByRole("button", { name: "Open it" }).click();
    await drop.locator("[role=status]", { hasText: "the passphrase is not right" }).waitFor();
    await drop.getByLabel("Passphrase").fill("quiet harbour lamps");
    await drop.getByRole("button", { name: "Open it" }).click();
    await other.page.locator("[data-answer=when]").waitFor();
    await settled(other.page);
    await other.page.goto(`${site.address}#/`);

    // One byte is another: nothing of it is opened.
    const changed = Buffer.from(readFileSync(await forKeys.path()));
    changed[changed.length - 20] = (changed[changed.length - 20] ?? 0) ^ 1;
    for (const [buffer, expected] of [
      [changed, "changed or cut short"],
      [readFileSync(await forKeys.path()), undefined],
    ] as const) {
      await bring(buffer);
      await drop.getByText("encrypted for the keys of its readers").waitFor();
      const key = { name: "key.txt", mimeType: "text/plain", buffer: Buffer.from(`# mine\n${identity}\n`) };
      await other.page.locator("[data-pick=key]").setInputFiles(key);
      if (expected !== undefined) await drop.locator("[role=status]", { hasText: expected }).waitFor();
      else await other.page.locator("[data-answer=when]").waitFor();
    }
    await settled(other.page);
    expect([...said, ...other.said]).toEqual([]);
    await page.context().close();
    await other.page.context().close();
  });
});
