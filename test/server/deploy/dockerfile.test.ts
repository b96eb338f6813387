import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Copy, DockerfileParser, type Instruction, type JSONInstruction } from "dockerfile-ast";
import { validate } from "dockerfile-utils";
import { describe, expect, it } from "vitest";
import { readSettings } from "../../../src/server/config/read.ts";
import { PATHS } from "../../../src/server/ops/index.ts";
import { root } from "../../support/cli.ts";

const file = join(root, "Dockerfile");
const text = readFileSync(file, "utf8");
const dockerfile = DockerfileParser.parse(text);
const instructions = dockerfile.getInstructions();
const isA = (keyword: string) => (each: Instruction) => each.getKeyword() === keyword;
const words = (each: Instruction | undefined): string[] => (each?.getArguments() ?? []).map((word) => word.getValue());
const isInstalled = (command: string) => spawnSync(command, ["--version"]).status === 0;

/** The instructions of the last stage, which is what runs. */
const last = instructions.slice(instructions.findLastIndex(isA("FROM")));

describe("the Dockerfile", () => {
  it("has no mistake that Docker's linter knows", () => {
    expect(validate(text).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
  });

  it("would have such a mistake found", () => {
    expect(validate(text.replace("STOPSIGNAL SIGTERM", "STOPSIGNAL TERMINATE"))).toHaveLength(1);
    expect(validate(text.replace("EXPOSE 7350", "EXPOSE many"))).toHaveLength(1);
  });

  it.skipIf(!isInstalled("hadolint"))("has no mistake that hadolint knows (skipped where it is not installed)", () => {
    const { stdout } = spawnSync("hadolint", ["--no-color", file], { encoding: "utf8" });
    expect(stdout).toBe("");
  });

  it("builds on one base, the major version of Node that package.json pins, by its tag", () => {
    const bases = dockerfile.getFROMs().map((from) => from.getImage() ?? "");
    expect(new Set(bases).size).toBe(1);
    const [, major] = /^node:(\d+)(?:\.\d+)*-slim(?:@sha256:[0-9a-f]{64})?$/.exec(bases[0] ?? "") ?? [];
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      devDependencies: { node: string };
    };
    expect(major).toBe(manifest.devDependencies.node.split(".")[0]);
  });

  it("runs as a user without rights, named by number, with no step as root after", () => {
    const user = last.findLastIndex(isA("USER"));
    expect(words(last[user])).toEqual(["1000:1000"]);
    const after = last.slice(user + 1).map((each) => each.getKeyword());
    for (const keyword of ["RUN", "COPY", "ADD", "USER"]) expect(after).not.toContain(keyword);
  });

  it("fetches nothing by address and holds no secret", () => {
    expect(instructions.filter(isA("ADD"))).toEqual([]);
    for (const run of instructions.filter(isA("RUN"))) {
      expect(run.getArgumentsContent()).not.toMatch(/https?:|curl|wget|sudo|chmod 777/);
    }
    const set = [...dockerfile.getENVs(), ...dockerfile.getARGs()].flatMap((each) => words(each).join(" "));
    expect(set.join(" ")).not.toMatch(/SECRET|TOKEN|PASSWORD|_KEY|DATABASE_URL|:\/\//i);
    expect(text).not.toMatch(/secrets\/|\.npmrc|(^|[\s/])\.env\b/m);
  });

  it("runs no script of a package", () => {
    const installs = instructions.filter((each) => /npm/.test(each.getArgumentsContent() ?? ""));
    expect(installs.length).toBeGreaterThan(0);
    for (const each of installs) expect(each.getArgumentsContent()).toContain("--ignore-scripts");
  });

  it("brings no tool that only builds and tests, and every package that another one needs", () => {
    const installs = instructions.filter((each) => /omit=dev/.test(each.getArgumentsContent() ?? ""));
    expect(installs).toHaveLength(1);
    expect(installs[0]?.getArgumentsContent()).toContain("--legacy-peer-deps");
    // What such an installation has, by the lock file: peers bring nothing.
    type Locked = Partial<
      Record<"dependencies" | "optionalDependencies" | "peerDependencies", Record<string, string>>
    > & {
      readonly peerDependenciesMeta?: Record<string, { optional?: boolean }>;
    };
    const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
      packages: Record<string, Locked>;
    };
    const placeOf = (name: string, from: string): string | undefined => {
      for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("node_modules/") - 1))) {
        const place = `${at === "" ? "" : `${at}/`}node_modules/${name}`;
        if (lock.packages[place] !== undefined) return place;
        if (at === "") return undefined;
      }
    };
    const installed = new Set<string>();
    const open = [""];
    for (const at of open) {
      const { dependencies, optionalDependencies } = lock.packages[at] ?? {};
      for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
        const place = placeOf(name, at);
        if (place === undefined || installed.has(place)) continue;
        installed.add(place);
        open.push(place);
      }
    }
    expect(installed.size).toBeGreaterThan(100);
    for (const tool of ["vite", "vitest", "react", "typescript"])
      expect(installed).not.toContain(`node_modules/${tool}`);
    const missing = [...installed].flatMap((at) => {
      const { peerDependencies = {}, peerDependenciesMeta = {} } = lock.packages[at] ?? {};
      const needed = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
      return needed.filter((name) => !installed.has(placeOf(name, at) ?? "")).map((name) => `${at} needs ${name}`);
    });
    expect(missing).toEqual([]);
  });

  it("copies what is there, what the build context lets in, and what the package ships", () => {
    const allowed = readFileSync(join(root, ".dockerignore"), "utf8")
      .split("\n")
      .filter((line) => line.startsWith("!"));
    const copied = instructions
      .filter(isA("COPY"))
      .filter((each) => (each as Copy).getFlags().every((flag) => flag.getName() !== "from"))
      .flatMap((each) =>
        words(each)
          .filter((word) => !word.startsWith("--"))
          .slice(0, -1),
      )
      .filter((path) => path !== ".");
    for (const path of copied) {
      expect(existsSync(join(root, path)), path).toBe(true);
      expect(allowed).toContain(`!${path}`);
    }
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { files: string[] };
    const shipped = manifest.files.filter((name) => !["dist", "CHANGELOG.md", "README.md"].includes(name));
    for (const path of ["package.json", ...shipped]) expect(copied, path).toContain(path);
  });

  it("lets nothing into the build context but what it names, and all that the builds are made of", () => {
    const lines = readFileSync(join(root, ".dockerignore"), "utf8")
      .split("\n")
      .filter((line) => /^[^#]/.test(line));
    expect(lines[0]).toBe("*");
    const allowed = lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
    for (const path of allowed) expect(existsSync(join(root, path)), path).toBe(true);
    for (const path of ["secrets", ".git", ".npmrc", "node_modules", "test"]) expect(allowed).not.toContain(path);
    // As scripts/built-from.mjs has the sources of the two builds.
    for (const path of [
      "package.json",
      "package-lock.json",
      "tsdown.config.ts",
      "tsconfig.json",
      "vite.config.ts",
      "scripts",
      "src",
      "cases",
    ])
      expect(allowed, path).toContain(path);
  });

  it("asks /healthz for its health, without a shell or a program that the image lacks", () => {
    const [check] = last.filter(isA("HEALTHCHECK")) as JSONInstruction[];
    const content = check?.getArgumentsContent() ?? "";
    const command = JSON.parse(content.slice(content.indexOf("["))) as string[];
    expect(command.slice(0, 2)).toEqual(["node", "-e"]);
    expect(command[2]).toContain(PATHS.live);
    // It is a program: one that asks a port on which nothing listens, and says so.
    const { status } = spawnSync(process.execPath, command.slice(1), { env: { ...process.env, PARLEY_PORT: "1" } });
    expect(status).toBe(1);
  });

  it("sets what the server reads, with everything written below the volume", () => {
    const set = Object.fromEntries(
      last.filter(isA("ENV")).flatMap((each) => words(each).map((word) => word.split("=") as [string, string])),
    );
    expect(() => readSettings({ ...set, PARLEY_ORIGIN: "https://parley.example.org" })).not.toThrow();
    // What it cannot know must be said by whoever runs it.
    expect(() => readSettings(set)).toThrow(/missing PARLEY_ORIGIN/);
    for (const name of ["PARLEY_STORE", "PARLEY_CACHE", "PARLEY_DATA"]) expect(set[name]).toMatch(/^\/data\//);
    expect(last.filter(isA("VOLUME")).map((each) => each.getArgumentsContent())).toEqual(['["/data"]']);
    expect(words(last.find(isA("EXPOSE")))).toEqual([set["PARLEY_PORT"]]);
  });

  it("starts the command itself, so that signals reach it", () => {
    expect(last.find(isA("ENTRYPOINT"))?.getArgumentsContent()).toBe('["node", "bin/parley.mjs"]');
    expect(last.find(isA("CMD"))?.getArgumentsContent()).toBe('["serve"]');
    expect(last.find(isA("STOPSIGNAL"))?.getArgumentsContent()).toBe("SIGTERM");
  });
});
