import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { openPage } from "../support/workbench.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Waits until the engine has nothing left to do. */
export const settled = (page: Page): Promise<void> =>
  page.locator(".work.on").waitFor({ state: "detached", timeout: 50_000 });

/** The violations that axe finds, in short. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> };
    };
    const { violations: found } = await tool.run();
    return found.map(
      ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary?.slice(0, 200)}`,
    );
  });
}

/** A width in pixels and a colour scheme. */
export type Look = readonly [width: number, colorScheme: "light" | "dark"];

/** Every width in light and dark. */
export const EVERY_LOOK: readonly Look[] = [390, 1024, 1600].flatMap((width): Look[] => [
  [width, "light"],
  [width, "dark"],
]);

const PAGES = [
  ["the gallery", "", "h1"],
  ["the brief", "#/colombia-2012", "figure svg"],
  ["the brief of a large case", "#/ukraine-2024?because=figure:talks-2025/no-quick-victory", "figure svg"],
  ["the evidence", "#/colombia-2012/evidence", "figure svg"],
  ["stability", "#/cuba-1962/stability", ".pane svg"],
  ["terms", "#/ukraine-2024/terms?sel=istanbul-communique", "figure svg"],
] as const;

type Open = (hash: string, options: Parameters<Browser["newContext"]>[0]) => ReturnType<typeof openPage>;

/** Looks over every page of the workbench: accessible, without overflow, with a silent console. */
export function lookAt(open: Open, looks: readonly Look[]): void {
  describe.each(PAGES)("%s", (_name, hash, drawn) => {
    it.each(looks)(
      "at %i pixels in %s is accessible, does not overflow and logs nothing",
      async (width, colorScheme) => {
        const { page, said } = await open(hash, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
        await page.locator(drawn).first().waitFor();
        await settled(page);
        const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
        expect(await page.evaluate(over)).toBe(0);
        expect(await violations(page)).toEqual([]);
        expect(said).toEqual([]);
        await page.context().close();
      },
    );
  });
}
