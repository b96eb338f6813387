import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../../support/browser.ts";
import { folderWith, parley } from "../../support/cli.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const cases = ["ukraine-2024"] as const;
const widths = [390, 1024, 1600] as const;

let browser: Browser;
const reports = new Map<string, string>();

beforeAll(async () => {
  browser = await launchBrowser();
  const folder = folderWith({});
  for (const name of cases) {
    const path = join(folder, `${name}.html`);
    const { code, stderr } = parley(["assess", name, "--html", path, "--short"]);
    expect(code, stderr).toBe(0);
    reports.set(name, pathToFileURL(path).href);
  }
});
afterAll(() => browser?.close());

/** The violations that axe finds, in short. */
async function violations(page: Page): Promise<string[]> {
  // The page forbids scripts; the tool is put in from outside.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> };
    };
    const { violations: found } = await tool.run();
    return found.map(
      ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)} ${nodes[0]?.failureSummary?.slice(0, 160)}`,
    );
  });
}

/** Every width, light and dark. */
const LOOKS = widths.flatMap((width) => [[width, "light"] as const, [width, "dark"] as const]);

describe.each(cases)("the report of %s", (name) => {
  it.each(LOOKS)(
    "at %i pixels in %s is accessible, does not overflow, and logs nothing",
    async (width, colorScheme) => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      const said: string[] = [];
      page.on("console", (message) => said.push(message.text()));
      page.on("pageerror", (error) => said.push(String(error)));
      await page.goto(reports.get(name) ?? "");
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBe(0);
      expect(await violations(page)).toEqual([]);
      expect(said).toEqual([]);
      await context.close();
    },
  );
});
