import { defineConfig } from "vitest/config";
import short from "./vitest.config.ts";

/** What takes long: the same checks at full size. */
export default defineConfig({
  ...short,
  test: { ...short.test, include: ["test/long/**/*.test.ts"], exclude: ["node_modules/**"], testTimeout: 1_800_000 },
});
