import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readSettings } from "../../../src/server/config/read.ts";
import { SETTINGS } from "../../../src/server/config/settings.ts";
import { createMetrics, PATHS } from "../../../src/server/ops/index.ts";
import { folderWith, root } from "../../support/cli.ts";

const page = readFileSync(join(root, "docs", "team-server.md"), "utf8");
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(([, block = ""]) => block);

const least = Number(SETTINGS.stopDeadline.otherwise);

describe("docs/team-server.md", () => {
  it("makes the secrets that compose.yaml wants, as the server takes them", () => {
    if (spawnSync("openssl", ["version"]).status !== 0) return;
    const folder = folderWith({});
    try {
      const script = blocks("sh").find((block) => block.startsWith("mkdir")) ?? "exit 1";
      expect(spawnSync("sh", ["-eu", "-c", script], { cwd: folder }).status).toBe(0);
      const secrets = join(folder, "secrets");
      const compose = parse(readFileSync(join(root, "compose.yaml"), "utf8")) as { secrets: object };
      expect(readdirSync(secrets).toSorted()).toEqual(Object.keys(compose.secrets).toSorted());
      expect(statSync(secrets).mode & 0o777).toBe(0o700);
      const { values } = readSettings({
        PARLEY_SECRET_FILE: join(secrets, "server_secret"),
        DATABASE_URL_FILE: join(secrets, "database_url"),
        PARLEY_CLUSTER_FILE: join(secrets, "queue_url"),
      });
      const password = readFileSync(join(secrets, "database_password"), "utf8");
      expect(new URL(values.databaseUrl ?? "").password).toBe(password);
      expect(readFileSync(join(secrets, "queue_acl"), "utf8")).toContain(
        `>${new URL(values.cluster?.url ?? "").password} `,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("has a unit of systemd that the server starts with, and that waits for its end", () => {
    const [unit = ""] = blocks("ini");
    const set = Object.fromEntries(
      [...unit.matchAll(/^Environment=(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    );
    expect(() => readSettings(set)).not.toThrow();
    expect(set["PARLEY_ORIGIN"]).toBeDefined();
    expect(Number(/TimeoutStopSec=(\d+)/.exec(unit)?.[1])).toBeGreaterThanOrEqual(least + 15);
  });

  it("has a Deployment that the server starts with, asks the right paths, and waits for its end", () => {
    const [text = ""] = blocks("yaml");
    const { template } = (parse(text) as { spec: { template: { spec: Pod } } }).spec;
    const [container] = template.spec.containers;
    const set = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
    const names = Object.values(SETTINGS).flatMap(({ name, inFile }) => (inFile ? [`${name}_FILE`] : [name]));
    for (const [name, value] of Object.entries(set)) {
      expect(names, name).toContain(name);
      if (name.endsWith("_FILE")) expect(value).toMatch(/^\/run\/secrets\/parley\//);
    }
    const plain = Object.fromEntries(Object.entries(set).filter(([name]) => !name.endsWith("_FILE")));
    expect(() => readSettings({ ...plain, PARLEY_HOST: "0.0.0.0" })).not.toThrow();
    expect(container?.livenessProbe.httpGet.path).toBe(PATHS.live);
    expect(container?.startupProbe.httpGet.path).toBe(PATHS.live);
    expect(container?.readinessProbe.httpGet.path).toBe(PATHS.ready);
    const drain = Number(set["PARLEY_STOP_DRAIN"]);
    expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(drain + least + 15);
    expect(template.spec.enableServiceLinks).toBe(false);
  });

  it("names metrics that there are", async () => {
    const metrics = createMetrics({
      pool: () => ({ idle: 0, busy: 0, waiting: 0 }),
      runs: async () => ({}),
      sessions: async () => 0,
    });
    const { body } = await metrics.text();
    const named = [...page.matchAll(/`(parley_\w+)`/g)].map(([, name = ""]) => name);
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect(body, name).toContain(`# TYPE ${name} `);
  });

  it("names no setting that there is not", () => {
    const names = Object.values(SETTINGS).flatMap(({ name, inFile }) => (inFile ? [name, `${name}_FILE`] : [name]));
    for (const [name] of page.matchAll(/\bPARLEY_[A-Z_]+\b/g)) {
      if (name !== "PARLEY_" && name !== "PARLEY_CACHE") expect(names, name).toContain(name);
    }
  });
});

interface Probe {
  readonly httpGet: { readonly path: string };
}
interface Pod {
  readonly terminationGracePeriodSeconds: number;
  readonly enableServiceLinks: boolean;
  readonly containers: readonly {
    readonly env: readonly { readonly name: string; readonly value: string }[];
    readonly livenessProbe: Probe;
    readonly startupProbe: Probe;
    readonly readinessProbe: Probe;
  }[];
}
