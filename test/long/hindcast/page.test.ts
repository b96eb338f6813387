import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../support/cli.ts";
import { describeWith } from "../../support/shared.ts";

describeWith("data", "docs/hindcast.md", (folder) => {
  it("is what the producers' data give, in all its figures", () => {
    const script = join(root, "scripts", "hindcast", "run.ts");
    const { status, stderr } = spawnSync(process.execPath, [script, folder, "--check"], {
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
    expect(stderr).toContain("docs/hindcast.md is what the data give");
    expect(status).toBe(0);
  });
});
