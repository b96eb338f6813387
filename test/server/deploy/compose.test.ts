import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DCLinter } from "dclint";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readSettings } from "../../../src/server/config/read.ts";
import { SETTINGS } from "../../../src/server/config/settings.ts";
import { folderWith, root } from "../../support/cli.ts";

const file = join(root, "compose.yaml");
const text = readFileSync(file, "utf8");

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly networks: readonly string[];
  readonly secrets?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly privileged?: boolean;
  readonly stop_grace_period?: string;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}
const compose = parse(text) as Compose;
const services = Object.entries(compose.services);

/** As the linter has it; its own types do not resolve. */
interface Finding {
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

/** What the linter says of a file; it checks against the schema of the Compose Specification first. */
function lint(path: string): string[] {
  const off = 0;
  const rules = {
    // Order by what belongs together, not by the alphabet.
    "service-dependencies-alphabetical-order": off,
    "service-environment-alphabetical-order": off,
    "service-keys-order": off,
    "services-alphabetical-order": off,
    "top-level-properties-order": off,
    "service-ports-alphabetical-order": off,
    "require-quotes-in-ports": [1, { quoteType: "double" }],
  } as const;
  const linter = new DCLinter({ rules: rules as never, quiet: false, debug: false, exclude: [] });
  return linter
    .lintFiles([path], false)
    .flatMap(({ messages }: { messages: readonly Finding[] }) =>
      messages.map(({ line, rule, message }) => `${line} ${rule}: ${message}`),
    );
}

describe("compose.yaml", () => {
  it("holds to the Compose Specification, and has no mistake that its linter knows", () => {
    expect(lint(file)).toEqual([]);
  });

  it("would have a mistake found, in its shape and in its ports", () => {
    const folder = folderWith({
      "shape.yaml": text.replace("restart: unless-stopped", "restarts: unless-stopped"),
      "ports.yaml": text.replace('"127.0.0.1:7350:7350"', '"7350:7350"'),
    });
    try {
      expect(lint(join(folder, "shape.yaml")).join("\n")).toMatch(/restarts|additional properties/i);
      expect(lint(join(folder, "ports.yaml")).join("\n")).toMatch(/interface/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("opens one port, on this machine alone", () => {
    expect(services.flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`))).toEqual([
      "parley 127.0.0.1:7350:7350",
    ]);
  });

  it("keeps database and queue on a network that leads nowhere", () => {
    expect(compose.networks["inside"]?.internal).toBe(true);
    for (const name of ["db", "queue", "worker"]) expect(compose.services[name]?.networks, name).toEqual(["inside"]);
  });

  it("has no password, neither written out nor as a default", () => {
    for (const [name, { environment = {} }] of services) {
      for (const [key, value] of Object.entries(environment)) {
        if (/SECRET|TOKEN|PASSWORD|DATABASE_URL|CLUSTER/.test(key)) {
          expect(key, name).toMatch(/_FILE$/);
          expect(value, `${name} ${key}`).toMatch(/^(\/run\/secrets\/\w+|\$\{PARLEY_CLUSTER_FILE:-\})$/);
        }
      }
    }
    expect(text).not.toMatch(/:\/\/[^\s/]*:[^\s/]*@|requirepass|trust\b/);
    for (const [name, { file: path }] of Object.entries(compose.secrets)) expect(path).toBe(`./secrets/${name}`);
    expect(readFileSync(join(root, ".gitignore"), "utf8").split("\n")).toContain("/secrets/");
  });

  it("gives each service the secrets that it reads, and no others", () => {
    for (const [name, service] of services) {
      const read = [...JSON.stringify(service).matchAll(/\/run\/secrets\/(\w+)/g)].map(([, secret]) => secret);
      // The server reads the queue's where it is asked to.
      const given = (service.secrets ?? []).filter((secret) => !(name === "parley" && secret === "queue_url"));
      expect(given.toSorted(), name).toEqual(read.toSorted());
    }
    const used = services.flatMap(([, { secrets = [] }]) => secrets);
    expect(Object.keys(compose.secrets).toSorted()).toEqual([...new Set(used)].toSorted());
  });

  it("takes rights away: of ours every one and the file system, of all the gaining of more", () => {
    for (const [name, service] of services) {
      expect(service.security_opt, name).toContain("no-new-privileges:true");
      expect(service.privileged, name).toBeUndefined();
      if (service.build === undefined) continue;
      expect(service.read_only, name).toBe(true);
      expect(service.cap_drop, name).toEqual(["ALL"]);
    }
  });

  it("runs images by a tag of their own, never the latest", () => {
    for (const [name, { image, build }] of services) {
      if (build === undefined) expect(image, name).toMatch(/^[\w./-]+:\d[\w.-]*$/);
    }
  });

  it("starts queue and worker only where they are asked for", () => {
    expect(services.filter(([, { profiles }]) => profiles === undefined).map(([name]) => name)).toEqual([
      "parley",
      "db",
    ]);
  });

  it("sets what the server reads, and waits longer for its end than it takes", () => {
    const set = Object.fromEntries(
      Object.entries(compose.services["parley"]?.environment ?? {}).map(([key, value]) => [
        key,
        value.replace(/^\$\{\w+:-(.*)\}$/, "$1"),
      ]),
    );
    const files = Object.fromEntries(Object.entries(set).filter(([key]) => !key.endsWith("_FILE")));
    expect(() => readSettings({ ...files, PARLEY_HOST: "0.0.0.0" })).not.toThrow();
    const names = Object.values(SETTINGS).flatMap(({ name, inFile }) => (inFile ? [`${name}_FILE`] : [name]));
    for (const key of Object.keys(set)) expect(names, key).toContain(key);
    const seconds = Number.parseInt(compose.services["parley"]?.stop_grace_period ?? "0", 10);
    expect(seconds).toBeGreaterThanOrEqual(Number(SETTINGS.stopDeadline.otherwise) + 15);
  });
});
