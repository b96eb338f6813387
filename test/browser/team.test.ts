import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { SMALL_CASE } from "../support/cli.ts";
import { type TeamSite, teamSite } from "../support/team-site.ts";
import { buildWorkbench, openPage } from "../support/workbench.ts";
import { overflow, settled, violations } from "./workbench-looks.ts";

const SLOW = { timeout: 12_000 };
const PASSWORD = "river otter lantern seven";

let site: TeamSite;
let browser: Browser;
let workspace: string;

beforeAll(async () => {
  site = await teamSite(buildWorkbench());
  browser = await launchBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const open = (hash = "", options: Parameters<typeof openPage>[2] = {}) =>
  openPage(browser, `${site.address}${hash}`, { bypassCSP: true, ...options });

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: "River desk" }).waitFor(SLOW);
}

/** What a person asks the API for beside the page, with the page's own cookie. */
const asked = (page: Page, method: string, path: string, body?: unknown) =>
  page.evaluate(
    async ([how, where, given]) => {
      const answer = await fetch(where ?? "", {
        method: how ?? "GET",
        ...(given === undefined ? {} : { headers: { "content-type": "application/json" }, body: given }),
      });
      return (await answer.json()) as Record<string, unknown>;
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)],
  );

const go = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

const secretIn = (page: Page, label: string) => page.getByLabel(label, { exact: true }).inputValue();

describe("the workbench of a team", () => {
  let ann: Awaited<ReturnType<typeof open>>;
  let bo: Awaited<ReturnType<typeof open>>;
  let id: string;

  it("is set up with the code that the server printed", async () => {
    ann = await open();
    await ann.page.getByRole("heading", { name: "Set up this server" }).waitFor();
    await ann.page.getByLabel("Code that the server printed").fill((await site.services.accounts.setup.code()) ?? "");
    await ann.page.getByLabel("Your name").fill("Ann Arbor");
    await ann.page.getByLabel("E-mail address").fill("ann@example.org");
    await ann.page.getByLabel("Password").fill("short");
    await ann.page.getByLabel("Name of the first workspace").fill("River desk");
    await ann.page.getByRole("button", { name: "Make the account" }).click();
    await ann.page.locator("[role=alert]", { hasText: "invalid password" }).waitFor(SLOW);
    await ann.page.getByLabel("Password").fill(PASSWORD);
    await ann.page.getByRole("button", { name: "Make the account" }).click();
    await ann.page.getByRole("heading", { name: "River desk" }).waitFor(SLOW);
    // The session is in the cookie alone, which no script can read.
    const kept = await ann.page.evaluate(() => [document.cookie, Object.keys(sessionStorage)]);
    expect(kept).toEqual(["", []]);
    const { workspaces } = (await asked(ann.page, "GET", "/api/workspaces")) as { workspaces: { id: string }[] };
    workspace = workspaces[0]?.id ?? "";
  });

  it("signs out and in again, and says where it could not", async () => {
    await ann.page.locator(".team-menu summary").click();
    await ann.page.getByRole("button", { name: "Sign out" }).click();
    await ann.page.getByRole("heading", { name: "Sign in" }).waitFor(SLOW);
    // What comes with Parley can be read without an account.
    await ann.page.getByRole("link", { name: /Cuban missile/ }).waitFor(SLOW);
    await ann.page.getByLabel("E-mail address").fill("ann@example.org");
    await ann.page.getByLabel("Password").fill("not the password at all");
    await ann.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await ann.page.locator("[role=alert]", { hasText: "not signed in" }).waitFor(SLOW);
    await signIn(ann.page, "ann@example.org");
  });

  it("invites somebody by a link that leaves the address at once and works once", async () => {
    await ann.page.getByRole("link", { name: "Members and settings: River desk" }).click();
    await ann.page.getByRole("button", { name: "Make the link" }).click();
    const link = await secretIn(ann.page, "Link of the invitation");
    expect(link).toMatch(/#\/invitation\/[\w-]{20,}$/);
    bo = await open(link.slice(site.address.length));
    await bo.page.getByText("You are invited to the workspace “River desk” as editor.").waitFor(SLOW);
    expect(bo.page.url()).toBe(`${site.address}#/invitation`);
    await bo.page.getByLabel("Your name").fill("Bo Bergen");
    await bo.page.getByLabel("E-mail address").fill("bo@example.org");
    await bo.page.getByLabel("Password").fill(PASSWORD);
    await bo.page.getByRole("button", { name: "Make an account and accept" }).click();
    await bo.page.getByRole("heading", { name: "River desk" }).waitFor(SLOW);
    expect(await bo.page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
    const again = await open(link.slice(site.address.length));
    await again.page.getByRole("heading", { name: "This invitation cannot be used" }).waitFor(SLOW);
    await again.page.context().close();
    await ann.page.reload();
    await ann.page.locator(".team-list li", { hasText: "Bo Bergen" }).waitFor(SLOW);
  });

  it("makes a case in a workspace", async () => {
    const { page } = bo;
    await page.getByRole("link", { name: "New case: River desk" }).click();
    await page.getByLabel("Title", { exact: true }).fill("A quarrel over a river");
    await page.getByRole("button", { name: "Make the case" }).click();
    await page.locator(".text-drawer").waitFor(SLOW);
    await page.getByRole("link", { name: "Version 1" }).waitFor(SLOW);
    const made = (await asked(page, "POST", `/api/workspaces/${workspace}/cases`, {
      files: { "case.yaml": SMALL_CASE },
    })) as { case: { id: string } };
    id = made.case.id;
  });

  it("merges what two change, and lets the later one choose where both changed the same", async () => {
    for (const { page } of [ann, bo]) {
      await page.goto(`${site.address}#/${id}?edit=title`);
      await page.reload();
      await page.locator(".edit-panel .form-field input").first().waitFor(SLOW);
      await settled(page);
    }
    const field = (page: Page) => page.locator(".edit-panel .form-field input").first();
    // Different fields: both stay.
    await ann.page.evaluate(() => {
      location.hash = location.hash.replace("edit=title", "edit=asOf");
    });
    await ann.page.locator("[data-path=asOf] input").fill("2024-11-29");
    await field(bo.page).fill("By Bo");
    await Promise.all([ann.page.locator("[data-path=asOf] input").press("Enter"), field(bo.page).press("Enter")]);
    const text = async () =>
      ((await asked(bo.page, "GET", `/api/cases/${id}`)) as { files: { text: string }[] }).files[0]?.text ?? "";
    await expect.poll(text, SLOW).toContain("title: By Bo");
    await expect.poll(text, SLOW).toContain("asOf: 2024-11-29");
    // The same field, while the news of the other's change is held back: the choice.
    await go(ann.page, `#/${id}?edit=title`);
    await expect.poll(() => field(ann.page).inputValue(), SLOW).toBe("By Bo");
    await ann.page.context().setOffline(true);
    await field(ann.page).fill("By Ann");
    await field(ann.page).press("Enter");
    await ann.page.locator(".save-state", { hasText: "Not saved" }).waitFor({ state: "attached", ...SLOW });
    await field(bo.page).fill("By Bo once more");
    await field(bo.page).press("Enter");
    await expect.poll(text, SLOW).toContain("title: By Bo once more");
    await ann.page.context().setOffline(false);
    const dialog = ann.page.getByRole("dialog");
    await dialog.waitFor(SLOW);
    expect(await dialog.locator(".clash-value").allTextContents()).toEqual(["By Ann", "By Bo once more", "By Bo"]);
    await dialog.getByLabel(/^Yours/).check();
    expect(await violations(ann.page)).toEqual([]);
    await dialog.getByRole("button", { name: "Save what is chosen" }).click();
    await dialog.waitFor({ state: "hidden", ...SLOW });
    await expect.poll(text, SLOW).toContain("title: By Ann");
    await expect.poll(() => field(bo.page).inputValue(), SLOW).toBe("By Ann");
  });

  it("shows the versions, what changed in one and why, and restores one", async () => {
    const { page } = bo;
    await go(page, `#/${id}/versions`);
    await page.locator(".team-versions li").nth(3).waitFor(SLOW);
    const newest = Number(await page.locator(".team-versions .number").first().textContent());
    await page.getByRole("link", { name: `What changed in version ${newest}`, exact: true }).click();
    const changed = page.locator(".team-diff tbody tr").first();
    await changed.waitFor({ timeout: 60_000 });
    expect(await changed.locator("th, td").allTextContents()).toEqual(["title", "By Bo once more", "By Ann"]);
    await asked(ann.page, "POST", `/api/cases/${id}/edits`, {
      base: ((await asked(ann.page, "GET", `/api/cases/${id}`)) as { case: { hash: string } }).case.hash,
      edits: [{ set: "claims.losses.bears.talks", value: 9, expected: 4 }],
    });
    await page.getByRole("link", { name: `What changed in version ${newest + 1}`, exact: true }).click(SLOW);
    await page
      .locator(".team-diff tbody tr", { hasText: "on the evidence alone" })
      .first()
      .waitFor({ timeout: 60_000 });
    const why = page.locator(".team-diff").getByRole("region", { name: /Which change made how much/ });
    expect(await why.textContent()).toContain("claims.losses.bears.talks");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Restore version 1" }).click();
    await page.getByRole("button", { name: "Restore it" }).click();
    await page.getByText(`Restored as version ${newest + 2}.`).waitFor(SLOW);
    await page.getByRole("link", { name: `Version ${newest + 2}`, exact: true }).waitFor(SLOW);
  });

  it("takes comments on a field, which the other sees at once and answers", async () => {
    await go(ann.page, `#/${id}?edit=title`);
    await ann.page.getByRole("link", { name: "Comment on Title" }).first().click();
    await ann.page.getByRole("textbox", { name: "Comment" }).fill("Is this the name that both sides use?");
    await ann.page.getByRole("button", { name: "Comment", exact: true }).click();
    await ann.page.locator(".talk-body", { hasText: "both sides use" }).waitFor(SLOW);
    await go(bo.page, `#/${id}?talk=.`);
    const thread = bo.page.locator(".talk-thread", { hasText: "both sides use" });
    await thread.waitFor(SLOW);
    await bo.page.getByRole("link", { name: "1 open comment" }).waitFor(SLOW);
    // Who else is here, and at what.
    await bo.page
      .getByRole("list", { name: "Also here" })
      .getByText("Ann Arbor")
      .first()
      .waitFor({ state: "attached", ...SLOW });
    await thread.getByRole("button", { name: "Answer" }).click();
    await thread.getByRole("textbox", { name: "Answer" }).fill("They do.");
    await thread.getByRole("button", { name: "Answer" }).last().click();
    await ann.page.locator(".talk-body", { hasText: "They do." }).waitFor(SLOW);
    expect(await violations(bo.page)).toEqual([]);
    await ann.page.getByRole("button", { name: "Resolve" }).click();
    await bo.page.getByRole("button", { name: "Show 1 resolved thread" }).waitFor(SLOW);
  });

  it("shows a case to whoever has a link, without an account, until it is revoked", async () => {
    await go(ann.page, `#/${id}/members`);
    await ann.page.getByRole("button", { name: "Make a link" }).click();
    const link = await secretIn(ann.page, "The link");
    expect(await violations(ann.page)).toEqual([]);
    const guest = await open(link.slice(site.address.length));
    await guest.page.locator("[data-answer=when]").first().waitFor(SLOW);
    expect(guest.page.url()).toBe(`${site.address}#/shared`);
    await settled(guest.page);
    expect(await guest.page.locator(".team-strip").count()).toBe(0);
    expect(await guest.page.getByRole("button", { name: "Make it yours" }).isVisible()).toBe(true);
    await go(guest.page, "#/shared/evidence");
    await guest.page.locator("h1", { hasText: "What do we know" }).waitFor(SLOW);
    await ann.page.getByRole("button", { name: /^Revoke the link/ }).click();
    await ann.page.getByRole("button", { name: "Revoke", exact: true }).click();
    await ann.page.getByText("There are no links now.").waitFor(SLOW);
    await guest.page.reload();
    await guest.page.locator(".problems").waitFor(SLOW);
    expect(await guest.page.locator(".problems").textContent()).toContain("link");
    await guest.page.context().close();
  });

  it("takes a role away while the case is open: what is shown stays, and nothing is saved any more", async () => {
    await asked(ann.page, "PATCH", `/api/cases/${id}`, { restricted: true });
    await bo.page.locator(".notice", { hasText: "you may no longer read it" }).waitFor(SLOW);
    await asked(ann.page, "PATCH", `/api/cases/${id}`, { restricted: false });
    await bo.page.reload();
    await bo.page.getByRole("link", { name: /^Version/ }).waitFor(SLOW);
  });

  it("starts a long run and shows what became of it", async () => {
    await go(ann.page, "#/runs");
    await ann.page.getByRole("heading", { name: "Long runs" }).waitFor(SLOW);
    await ann.page.getByLabel("Case", { exact: true }).selectOption({ label: "A quarrel over a river" });
    await ann.page.getByLabel("Trajectories").fill("1000");
    await ann.page.getByRole("button", { name: "Start it" }).click();
    const run = ann.page.locator(".team-run").first();
    await run.locator(".team-mark", { hasText: "done" }).waitFor({ timeout: 30_000 });
    expect(await run.textContent()).toMatch(/1,000 of 1,000 trajectories.*Digest [0-9a-f]{64}/);
    expect(await violations(ann.page)).toEqual([]);
  });

  it("makes an API token that is shown once, and revokes it", async () => {
    const { page } = ann;
    await go(page, "#/account");
    await page.getByLabel("What it is for").fill("A script");
    await page.getByRole("button", { name: "Make a token" }).click();
    expect(await secretIn(page, "The token")).toMatch(/^parley_/);
    await page.getByRole("button", { name: "Revoke A script" }).click();
    await page.getByRole("button", { name: "Revoke", exact: true }).click();
    await page.getByText("You have none.").waitFor(SLOW);
    expect(await page.locator(".team-list li", { hasText: "this browser" }).count()).toBe(1);
  });

  it("lets a keeper make a link for a new password, which works once and leaves the address at once", async () => {
    const { page } = ann;
    await go(page, "#/people");
    await page.getByRole("button", { name: "Reset link: Bo Bergen" }).click();
    await page.getByLabel("Hours that it is good for").fill("2");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Make the link" }).click();
    const link = await secretIn(page, "Link for a new password");
    expect(link).toMatch(/#\/reset\/[\w-]{43}$/);
    for (const width of [1240, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await overflow(page)).toBe(0);
    }
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });
    const own = await open(link.slice(site.address.length));
    await own.page.getByRole("heading", { name: "A new password" }).waitFor(SLOW);
    expect(own.page.url()).toBe(`${site.address}#/reset`);
    expect(await violations(own.page)).toEqual([]);
    await own.page.getByLabel("New password").fill("short");
    await own.page.getByRole("button", { name: "Set the password" }).click();
    await own.page.locator("[role=alert]", { hasText: "invalid password" }).waitFor(SLOW);
    await own.page.getByLabel("New password").fill("eight violet trains hum");
    await own.page.getByRole("button", { name: "Set the password" }).click();
    await own.page.getByRole("heading", { name: "The password is set" }).waitFor(SLOW);
    expect(await own.page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
    await own.page.getByLabel("E-mail address").fill("bo@example.org");
    await own.page.getByLabel("Password").fill("eight violet trains hum");
    await own.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await own.page.getByRole("heading", { name: "River desk" }).waitFor(SLOW);
    expect(own.page.url()).toBe(`${site.address}#/`);
    await own.page.context().close();
    const again = await open(link.slice(site.address.length));
    await again.page.getByLabel("New password").fill("nine slow canals whistle");
    await again.page.getByRole("button", { name: "Set the password" }).click();
    await again.page.getByRole("heading", { name: "This link cannot be used" }).waitFor(SLOW);
    await again.page.context().close();
  });

  it("lets a keeper give a workspace whose owner is suspended another one", async () => {
    const { page } = ann;
    const { db } = site.store;
    const cem = await site.person("Cem Celik");
    const { id: coast } = await site.workspace("Coast", cem);
    const { id: userId } = await db
      .selectFrom("users")
      .select("id")
      .where("email", "=", "bo@example.org")
      .executeTakeFirstOrThrow();
    await db.insertInto("workspaceMembers").values({ workspaceId: coast, userId, role: "reader" }).execute();
    await go(page, "#/people");
    await page.reload();
    await page.getByRole("button", { name: "Suspend Cem Celik" }).click();
    expect(await page.getByRole("heading", { name: "Workspaces without an owner" }).count()).toBe(0);
    await page.getByRole("button", { name: "Suspend", exact: true }).last().click();
    await page.getByRole("heading", { name: "Workspaces without an owner" }).waitFor(SLOW);
    expect(await page.getByLabel("New owner of Coast").locator("option").allTextContents()).toEqual([
      "Bo Bergen (reader)",
    ]);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await overflow(page)).toBe(0);
    }
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Make owner: Coast" }).click();
    await page.getByRole("heading", { name: "Workspaces without an owner" }).waitFor({ ...SLOW, state: "detached" });
    const members = await db.selectFrom("workspaceMembers").selectAll().where("workspaceId", "=", coast).execute();
    expect(members.find((member) => member.userId === userId)?.role).toBe("owner");
  });

  it("says so where its server does not answer, and goes on once it does", async () => {
    const own = await open();
    const { page } = own;
    const away = page.getByRole("heading", { name: "The server does not answer" });
    // Whoever was never on it sees what any page has. (The first answer is waited for: it is what the page remembers.)
    await page.getByRole("heading", { name: "Sign in" }).waitFor(SLOW);
    await page.evaluate(() => localStorage.clear());
    const session = "**/api/session";
    await page.route(session, (route) => route.abort());
    await page.reload();
    await page
      .getByRole("link", { name: /Cuban missile/ })
      .first()
      .waitFor(SLOW);
    expect(await away.count()).toBe(0);
    await page.unroute(session);
    await page.reload();
    await page.getByRole("heading", { name: "Sign in" }).waitFor(SLOW);
    await signIn(page, "ann@example.org");
    for (const fails of ["aborted", "as a proxy says it", "as the server says it"]) {
      await page.route(session, (route) => {
        if (fails === "aborted") return route.abort();
        const isProxy = fails.startsWith("as a proxy");
        return route.fulfill({
          status: isProxy ? 502 : 503,
          contentType: isProxy ? "text/html" : "application/json",
          body: isProxy ? "<h1>Bad gateway</h1>" : '{"ok":false,"problems":[]}',
        });
      });
      // However it fails, the page is told the same: every kind of page is looked at once.
      const hashes = fails === "aborted" ? ["#/", "#/account", "#/new", `#/${id}`, `#/${id}/versions`] : ["#/"];
      for (const hash of hashes) {
        await page.goto(`${site.address}${hash}`);
        await page.reload();
        await away.waitFor(SLOW);
        expect(await page.getByRole("link", { name: /Cuban missile/ }).count()).toBe(0);
      }
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByText("Still no answer.").waitFor(SLOW);
      expect(await violations(page)).toEqual([]);
      // What came with the page can be read all the same.
      await go(page, "#/cuba-1962");
      await page.locator("[data-answer=when]").first().waitFor(SLOW);
      await go(page, `#/${id}/versions`);
      await away.waitFor(SLOW);
      await page.unroute(session);
      await page.getByRole("button", { name: "Try again" }).click();
      await page.locator(".team-versions li").first().waitFor(SLOW);
      expect(await away.count()).toBe(0);
    }
    await page.context().close();
  });

  it.each(["light", "dark"] as const)("is accessible in %s and fits every width", async (colorScheme) => {
    const found: string[] = [];
    for (const { page } of [ann]) {
      await page.emulateMedia({ colorScheme });
      const pages = [
        "#/",
        `#/workspace/${workspace}`,
        "#/account",
        "#/people",
        "#/runs",
        `#/${id}/versions`,
        `#/${id}/members`,
      ];
      for (const hash of pages) {
        await go(page, hash);
        await page.locator("main h1").first().waitFor(SLOW);
        await expect.poll(() => page.locator("main .waiting").count(), SLOW).toBe(0);
        for (const width of [1240, 390]) {
          await page.setViewportSize({ width, height: 900 });
          const over = await overflow(page);
          if (over !== 0) found.push(`${hash} at ${width}: ${over} pixels too wide`);
        }
        found.push(...(await violations(page)).map((each) => `${hash}: ${each}`));
      }
      await page.setViewportSize({ width: 1280, height: 900 });
    }
    const out = await open("", { colorScheme, viewport: { width: 390, height: 800 } });
    await out.page.getByRole("heading", { name: "Sign in" }).waitFor(SLOW);
    found.push(...(await violations(out.page)));
    expect(await overflow(out.page)).toBe(0);
    expect(out.said).toEqual([]);
    await out.page.context().close();
    expect(found).toEqual([]);
  });
});
