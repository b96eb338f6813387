import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { kernelModule } from "../../scripts/build-wasm.ts";

describe("the kernel in WebAssembly", () => {
  it("is what its sources compile to, byte for byte", async () => {
    const committed = readFileSync(new URL("../../src/dynamics/wasm/binary.ts", import.meta.url), "utf8");
    // A comparison of the texts would print both.
    expect((await kernelModule()) === committed, "out of date: run node scripts/build-wasm.ts").toBe(true);
  });
});
