import { afterEach, describe, expect, it, vi } from "vitest";

afterEach(() => vi.unstubAllGlobals());

describe("where WebAssembly will not do", () => {
  it.each([
    ["it is missing", undefined],
    ["it has no vectors", { validate: () => false }],
  ])("the TypeScript kernel runs: %s", async (_, engine) => {
    // Whether it will do is found out once.
    vi.resetModules();
    const { createKernel } = await import("../../src/dynamics/index.ts");
    vi.stubGlobal("WebAssembly", engine);
    expect(createKernel().kind).toBe("typescript");
    expect(() => createKernel("webassembly")).toThrow(RangeError);
  });
});
