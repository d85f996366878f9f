import { defineConfig } from "vitest/config";
import base from "../../vitest.base.ts";

/** For the tests among the examples of the docs, which are written out before they run. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: [".results/docs/*.test.ts"], reporters: ["default"] },
});
