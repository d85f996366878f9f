import { defineConfig } from "vitest/config";

/** What the test runs of all packages have in common: sources instead of builds, and a report the summary reads. */
export default defineConfig({
  resolve: { conditions: ["hawser-source", "module", "import", "node", "default"] },
  ssr: { resolve: { conditions: ["hawser-source", "module", "import", "node", "default"] } },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    reporters: ["default", "json"],
    outputFile: { json: ".results/vitest.json" },
    // A backstop against what hangs, far above what any test takes on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // No test leaves anything behind for the next one, whether it passes or fails.
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
  },
});
