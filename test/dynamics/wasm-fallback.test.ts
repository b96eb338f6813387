import { afterEach, describe, expect, it, vi } from "vitest";
import { createKernel } from "../../src/dynamics/index.ts";

afterEach(() => vi.unstubAllGlobals());

describe("where WebAssembly will not do", () => {
  it.each([
    ["it is missing", undefined],
    ["it has no vectors", { validate: () => false }],
  ])("the TypeScript kernel runs: %s", (_, engine) => {
    vi.stubGlobal("WebAssembly", engine);
    expect(createKernel().kind).toBe("typescript");
    expect(() => createKernel("webassembly")).toThrow(RangeError);
  });
});
