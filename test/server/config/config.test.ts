import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { ParleyError } from "../../../src/core/problems/index.ts";
import { loadConfig, redactedSummary, withoutPassword } from "../../../src/server/config/index.ts";
import { readSettings, usualStore } from "../../../src/server/config/read.ts";
import { keptSecret } from "../../../src/server/config/secret.ts";
import { SETTINGS } from "../../../src/server/config/settings.ts";
import { folderWith } from "../../support/cli.ts";

const SECRET = "correct-horse-battery-staple-0123456789";
const TOKEN = "another-long-token-with-0987654321-signs";
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const made = folderWith(files);
  folders.push(made);
  return made;
}

/** The messages of what is wrong with an environment, and their hints. */
function wrong(env: Readonly<Record<string, string>>): string[] {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    return error.problems.map(({ message, hint }) => (hint === "" ? message : `${message} -- ${hint}`));
  }
}

describe("settings of the team server", () => {
  it("have values where nothing is set", () => {
    const store = folder();
    const config = loadConfig({ PARLEY_STORE: store });
    expect({ ...config }).toMatchObject({
      host: "127.0.0.1",
      port: 7350,
      origin: undefined,
      trustProxy: [],
      store,
      database: { kind: "embedded", folder: join(store, "database") },
      cluster: undefined,
      runs: { limit: 4 },
      oidc: undefined,
      metricsToken: undefined,
      log: { level: "info", addresses: false },
      stop: { drain: 0, deadline: 20 },
    });
  });

  it("are read from the environment, all of them", () => {
    const config = loadConfig({
      PARLEY_HOST: "0.0.0.0",
      PARLEY_PORT: "0",
      PARLEY_ORIGIN: "https://Parley.example.org:443/",
      PARLEY_ALLOW_HTTP: "no",
      PARLEY_TRUST_PROXY: "loopback, 10.0.0.0/8 192.0.2.7",
      PARLEY_STORE: "somewhere",
      DATABASE_URL: "postgres://parley:pw@db:5433/cases?sslmode=require",
      PARLEY_DATABASE_POOL: "25",
      PARLEY_SECRET: SECRET,
      PARLEY_CLUSTER: "redis://:pw@queue:6379/2",
      PARLEY_RUN_LIMIT: "2",
      PARLEY_RUN_THREADS: "3",
      PARLEY_OIDC_ISSUER: "https://id.example.org/realms/peace/",
      PARLEY_OIDC_CLIENT_ID: "parley",
      PARLEY_OIDC_CLIENT_SECRET: "hush",
      PARLEY_OIDC_NAME: "The house",
      PARLEY_OIDC_OPEN: "1",
      PARLEY_METRICS_TOKEN: TOKEN,
      PARLEY_LOG_LEVEL: "WARN",
      PARLEY_LOG_ADDRESSES: "1",
      PARLEY_STOP_DRAIN: "5",
      PARLEY_STOP_DEADLINE: "30",
    });
    const { given, ...rest } = config;
    expect({ ...rest }).toEqual({
      host: "0.0.0.0",
      port: 0,
      origin: "https://parley.example.org",
      trustProxy: ["127.0.0.0/8", "::1", "10.0.0.0/8", "192.0.2.7"],
      store: join(process.cwd(), "somewhere"),
      database: { kind: "postgres", url: "postgres://parley:pw@db:5433/cases?sslmode=require", pool: 25 },
      secret: SECRET,
      cluster: { url: "redis://:pw@queue:6379/2", shown: "redis://queue:6379/2", kind: "redis" },
      runs: { limit: 2, threads: 3 },
      oidc: {
        issuer: "https://id.example.org/realms/peace/",
        clientId: "parley",
        clientSecret: "hush",
        name: "The house",
        open: true,
      },
      metricsToken: TOKEN,
      log: { level: "warn", addresses: true },
      stop: { drain: 5, deadline: 30 },
    });
    // Every setting of the list is set here, so that a new one is not forgotten.
    expect(given.map(({ name }) => name)).toEqual(Object.values(SETTINGS).map(({ name }) => name));
    expect(existsSync("somewhere")).toBe(false);
  });

  it("count as not set where they are empty", () => {
    expect(readSettings({ PARLEY_PORT: "", DATABASE_URL: " ", PARLEY_SECRET_FILE: "", PARLEY_NONE: "" }).given).toEqual(
      [],
    );
  });

  it("are told with every problem in one pass", () => {
    expect(
      wrong({
        PARLEY_HOST: "127.0.0.256",
        PARLEY_PORT: "70000",
        PARLEY_ORIGIN: "parley.example.org",
        PARLEY_SECRET: "short",
        DATABASE_URL: "mysql://root:hunter2@db/cases",
        PARLEY_LOG_LEVEL: "warm",
        PARLEY_PROT: "1",
        PARLEY_TRUST_PROXY: "10.0.0.0/33",
        PARLEY_STOP_DRAIN: "5s",
      }),
    ).toEqual([
      "invalid PARLEY_HOST: 127.0.0.256 (expected an IP address or a host's name, without a port)",
      "invalid PARLEY_PORT: 70000 (expected a whole number from 0 to 65535)",
      "invalid PARLEY_ORIGIN: 18 characters (expected https://host or https://host:port, without a path) -- did you mean https://parley.example.org?",
      "invalid PARLEY_TRUST_PROXY: 10.0.0.0/33 (expected loopback, or addresses and networks such as 10.0.0.5, 172.16.0.0/12)",
      "invalid DATABASE_URL: mysql://root@db/cases (expected postgres://user:password@host:port/database)",
      "invalid PARLEY_SECRET: 5 characters (expected at least 32 characters, such as openssl rand -base64 32 prints)",
      "invalid PARLEY_LOG_LEVEL: warm (expected error, warn, info, debug or silent) -- did you mean warn?",
      "invalid PARLEY_STOP_DRAIN: 5s (expected a whole number of seconds from 0 to 600)",
      "unknown setting: PARLEY_PROT -- did you mean PARLEY_PORT?",
    ]);
  });

  it.each([
    ["PARLEY_SECRETS", "did you mean PARLEY_SECRET?"],
    ["PARLEY_DATABASE_URL", "did you mean DATABASE_URL?"],
    ["PARLEY_DATABASE_URL_FILE", "did you mean DATABASE_URL_FILE?"],
    ["PARLEY_PORT_FILE", "did you mean PARLEY_PORT?"],
    ["parley_port", "did you mean PARLEY_PORT?"],
    ["PARLEY_HTTP_PORT", "did you mean PARLEY_PORT?"],
    ["PARLEY_ZEBRA_CROSSING_WIDTH", "parley serve --help lists the settings"],
  ])("%s is unknown: %s", (name, hint) => {
    expect(wrong({ [name]: "1" })).toEqual([`unknown setting: ${name} -- ${hint}`]);
  });

  it("leave names of other verbs alone", () => {
    expect(wrong({ PARLEY_DATA: "/x", PARLEY_CACHE: "/y", PARLEY_NOW: "2024-11-28", HOME: "/root" })).toEqual([]);
  });

  it("know what Kubernetes gives a pod beside a Service called parley", () => {
    const links = {
      PARLEY_SERVICE_HOST: "10.96.1.2",
      PARLEY_SERVICE_PORT: "80",
      PARLEY_SERVICE_PORT_HTTP: "80",
      PARLEY_PORT_80_TCP: "tcp://10.96.1.2:80",
      PARLEY_PORT_80_TCP_ADDR: "10.96.1.2",
      PARLEY_DB_PORT: "tcp://10.96.1.3:5432",
    };
    expect(wrong(links)).toEqual([]);
    expect(wrong({ ...links, PARLEY_PORT: "tcp://10.96.1.2:80" })).toEqual([
      "invalid PARLEY_PORT: it was set by Kubernetes for a Service of that name, not by you -- set enableServiceLinks: false in the pod's spec",
    ]);
  });
});

describe("what the server refuses", () => {
  it.each(["0.0.0.0", "::", "[::]", "192.168.1.4", "parley.lan", "2001:db8::1"])(
    "listening on %s without an origin",
    (host) => {
      expect(wrong({ PARLEY_HOST: host })).toHaveLength(1);
      expect(wrong({ PARLEY_HOST: host })[0]).toMatch(/^missing PARLEY_ORIGIN: PARLEY_HOST is /);
      expect(wrong({ PARLEY_HOST: host, PARLEY_ORIGIN: "https://parley.example.org" })).toEqual([]);
    },
  );

  it.each(["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost", "LOCALHOST", "a.localhost"])(
    "not listening on %s, which is this machine",
    (host) => {
      expect(wrong({ PARLEY_HOST: host })).toEqual([]);
    },
  );

  it("http:// for people on other machines, unless it is allowed", () => {
    const open = { PARLEY_ORIGIN: "http://parley.lan:7350" };
    expect(wrong(open)).toEqual([
      "invalid PARLEY_ORIGIN: http://parley.lan:7350 (expected https://, since http:// shows passwords to the network) -- put a reverse proxy with TLS before it; PARLEY_ALLOW_HTTP=1 allows it where the network is safe",
    ]);
    expect(wrong({ ...open, PARLEY_ALLOW_HTTP: "0" })).toHaveLength(1);
    expect(wrong({ ...open, PARLEY_ALLOW_HTTP: "1" })).toEqual([]);
    expect(wrong({ PARLEY_ORIGIN: "http://localhost:7350" })).toEqual([]);
    expect(wrong({ PARLEY_ORIGIN: "http://[::1]:7350" })).toEqual([]);
    // A name that only begins like this machine's.
    expect(wrong({ PARLEY_ORIGIN: "http://localhost.example.org" })).toHaveLength(1);
    expect(wrong({ PARLEY_ORIGIN: "http://127.0.0.1.nip.io" })).toHaveLength(1);
  });

  it.each([
    "https://parley.example.org/app",
    "https://parley.example.org/?x=1",
    "https://ann:pw@parley.example.org",
    "ftp://parley.example.org",
    "https://",
    "*",
    "https://a.example, https://b.example",
  ])("%s as an origin, without showing a password", (origin) => {
    const [message = "", ...more] = wrong({ PARLEY_ORIGIN: origin });
    expect(message).toMatch(/^invalid PARLEY_ORIGIN: /);
    expect(message).not.toContain("pw");
    expect(more).toEqual([]);
  });

  it.each([
    ["a short secret", "0123456789abcdef0123456789abcde"],
    ["a secret of one letter", "a".repeat(64)],
    ["a secret of two words again and again", "abcabc".repeat(8)],
  ])("%s", (_, secret) => {
    expect(wrong({ PARLEY_SECRET: secret })[0]).toBe(
      `invalid PARLEY_SECRET: ${secret.length} characters (expected at least 32 characters, such as openssl rand -base64 32 prints)`,
    );
  });

  it("not a public client of a provider, which has no secret", () => {
    const env = {
      PARLEY_ORIGIN: "https://parley.example.org",
      PARLEY_OIDC_ISSUER: "https://id.example.org/",
      PARLEY_OIDC_CLIENT_ID: "parley",
      PARLEY_SECRET: SECRET,
    };
    expect(loadConfig(env).oidc).toMatchObject({ issuer: "https://id.example.org/", clientSecret: undefined });
  });

  it("a provider that would not know where to send people back to", () => {
    expect(wrong({ PARLEY_OIDC_ISSUER: "https://id.example.org", PARLEY_OIDC_CLIENT_ID: "parley" })).toEqual([
      "missing PARLEY_ORIGIN: PARLEY_OIDC_ISSUER is set -- the provider sends people back to it",
    ]);
  });

  it("the same secret twice, and a provider by halves", () => {
    expect(wrong({ PARLEY_SECRET: SECRET, PARLEY_METRICS_TOKEN: SECRET })).toEqual([
      "invalid PARLEY_METRICS_TOKEN: the same as PARLEY_SECRET (expected a secret of its own)",
    ]);
    expect(wrong({ PARLEY_OIDC_CLIENT_ID: "parley" })).toEqual([
      "missing PARLEY_OIDC_ISSUER: PARLEY_OIDC_CLIENT_ID is set -- signing in with a provider needs its issuer and the client's name there",
    ]);
    expect(wrong({ PARLEY_OIDC_CLIENT_SECRET: "hush" }).map((each) => each.split(" --")[0])).toEqual([
      "missing PARLEY_OIDC_ISSUER: PARLEY_OIDC_CLIENT_SECRET is set",
      "missing PARLEY_OIDC_CLIENT_ID: PARLEY_OIDC_CLIENT_SECRET is set",
    ]);
    expect(wrong({ PARLEY_OIDC_ISSUER: "http://id.example.org" })[0]).toMatch(/^invalid PARLEY_OIDC_ISSUER/);
  });
});

describe("files that hold a setting", () => {
  const files = folder({
    good: `${SECRET}\n`,
    windows: `${SECRET}\r\n`,
    empty: "\n",
    lines: `${SECRET}\nmore\n`,
    large: "x".repeat(70_000),
    binary: new Uint8Array([0xff, 0xfe, 0x00]),
  });

  it("are read without their last line break", () => {
    for (const name of ["good", "windows"]) {
      expect(readSettings({ PARLEY_SECRET_FILE: join(files, name) }).values.secret).toBe(SECRET);
    }
  });

  it.each([
    ["empty", "it is empty"],
    ["lines", "it has more than one line"],
    ["large", "it is too large to be a secret"],
    ["binary", "it is no text in UTF-8"],
    ["none", "it does not exist"],
    [".", "it is a folder"],
  ])("are refused: %s, since %s", (name, why) => {
    const path = join(files, name);
    expect(wrong({ PARLEY_SECRET_FILE: path })).toEqual([
      `invalid PARLEY_SECRET_FILE: ${path.length > 60 ? `${path.slice(0, 57)}...` : path} cannot be used (${why})`,
    ]);
  });

  it("stand alone: a value beside one is a problem, and only one", () => {
    expect(
      wrong({
        PARLEY_OIDC_CLIENT_SECRET: "a",
        PARLEY_OIDC_CLIENT_SECRET_FILE: join(files, "good"),
        PARLEY_OIDC_CLIENT_ID: "a",
        PARLEY_OIDC_ISSUER: "https://id",
        PARLEY_ORIGIN: "https://parley.example.org",
      }),
    ).toEqual([
      "invalid PARLEY_OIDC_CLIENT_SECRET: PARLEY_OIDC_CLIENT_SECRET_FILE is set, too (expected one of them) -- the file is the safer place",
    ]);
  });

  it("that never end are refused, too", () => {
    if (!existsSync("/dev/zero")) return;
    expect(wrong({ PARLEY_SECRET_FILE: "/dev/zero" })[0]).toContain("too large");
  });
});

describe("the secret that is made", () => {
  it("is kept for the next start, in a file of its owner's", () => {
    const store = join(folder(), "new", "store");
    const first = loadConfig({ PARLEY_STORE: store });
    const second = loadConfig({ PARLEY_STORE: store });
    expect(Buffer.from(first.secret, "base64url")).toHaveLength(32);
    expect(second.secret).toBe(first.secret);
    expect(statSync(join(store, "secret")).mode & 0o777).toBe(0o600);
    expect(statSync(store).mode & 0o777).toBe(0o700);
    expect(redactedSummary(first)).toContain("PARLEY_SECRET  made (43 characters), in ");
    expect(redactedSummary(second)).toContain("PARLEY_SECRET  kept (43 characters), in ");
    expect(loadConfig({ PARLEY_STORE: join(folder(), "b") }).secret).not.toBe(first.secret);
  });

  it("is not made where anything is wrong, nor where one is set", () => {
    const store = join(folder(), "store");
    expect(() => loadConfig({ PARLEY_STORE: store, PARLEY_PORT: "x" })).toThrow(ParleyError);
    loadConfig({ PARLEY_STORE: store, PARLEY_SECRET: SECRET });
    expect(existsSync(store)).toBe(false);
  });

  it("is refused where others can read it, where it is damaged, and through a link", () => {
    const store = folder();
    const path = join(store, "secret");
    keptSecret(store);
    chmodSync(path, 0o640);
    expect(() => keptSecret(store)).toThrow("others can read or write it");
    chmodSync(path, 0o600);
    writeFileSync(path, "cut");
    expect(() => keptSecret(store)).toThrow("it is damaged");
    const linked = folder();
    symlinkSync(path, join(linked, "secret"));
    expect(() => keptSecret(linked)).toThrow("it is a link");
    expect(readFileSync(path, "utf8")).toBe("cut");
  });

  it("says so where the store cannot be written", () => {
    const file = join(folder({ file: "" }), "file");
    expect(() => keptSecret(join(file, "store"))).toThrow(/a part of its path is no folder/);
    const taken = folder();
    mkdirSync(join(taken, "secret"));
    expect(() => keptSecret(taken)).toThrow(ParleyError);
  });

  it("stands where the system keeps a program's data", () => {
    expect(usualStore({ XDG_DATA_HOME: "/data" }, "linux")).toBe("/data/parley/server");
    expect(usualStore({}, "linux")).toMatch(/\/\.local\/share\/parley\/server$/);
    expect(usualStore({}, "darwin")).toMatch(/Application Support\/parley\/server$/);
  });
});

describe("what is shown of a configuration", () => {
  const env = {
    PARLEY_PORT: "8000",
    PARLEY_ORIGIN: "https://parley.example.org",
    PARLEY_SECRET: SECRET,
    PARLEY_METRICS_TOKEN: TOKEN,
    DATABASE_URL: "postgres://parley:hunter2@db:5432/cases?password=hunter2",
    PARLEY_CLUSTER: "redis://:hunter2@queue:6379",
    PARLEY_OIDC_ISSUER: "https://id.example.org/",
    PARLEY_OIDC_CLIENT_ID: "parley",
    PARLEY_OIDC_CLIENT_SECRET: "hunter2",
  };

  it("is its summary, without a secret", () => {
    expect(redactedSummary(loadConfig(env))).toBe(
      [
        "PARLEY_PORT                8000",
        "PARLEY_ORIGIN              https://parley.example.org",
        "DATABASE_URL               postgres://parley@db:5432/cases",
        `PARLEY_SECRET              set (${SECRET.length} characters)`,
        "PARLEY_CLUSTER             redis://queue:6379",
        "PARLEY_OIDC_ISSUER         https://id.example.org",
        "PARLEY_OIDC_CLIENT_ID      parley",
        "PARLEY_OIDC_CLIENT_SECRET  set (7 characters)",
        `PARLEY_METRICS_TOKEN       set (${TOKEN.length} characters)`,
      ].join("\n"),
    );
  });

  it("is the same where it is printed or made JSON of", () => {
    const config = loadConfig(env);
    for (const text of [
      JSON.stringify(config),
      JSON.stringify({ config }),
      inspect(config),
      inspect({ config }, { depth: 9 }),
    ]) {
      for (const hidden of ["hunter2", SECRET, TOKEN]) expect(text).not.toContain(hidden);
    }
    expect(Object.isFrozen(config)).toBe(true);
  });

  it("never holds a password, whatever signs are in it", () => {
    const password = fc.string({ minLength: 6, maxLength: 30, unit: "grapheme-ascii" }).map((text) => `${text}Zq7`);
    fc.assert(
      fc.property(password, (secret) => {
        const url = `postgres://parley:${secret}@db:5432/cases`;
        for (const text of [withoutPassword(url), ...wrong({ DATABASE_URL: url.replace("postgres", "mysql") })]) {
          expect(text).not.toContain("Zq7");
          expect(text).not.toContain(secret);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("has no control signs in it", () => {
    expect(redactedSummary({ given: [{ name: "PARLEY_STORE", shown: "a\u001b[31m\nb" }] })).toBe(
      "PARLEY_STORE  a\ufffd[31m\u23ceb",
    );
  });
});
