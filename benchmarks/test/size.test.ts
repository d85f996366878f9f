import { describe, expect, it } from "vitest";
import { bundleSize, unusedSize } from "../src/size/bundle-size.ts";
import { modules } from "../src/size/modules.ts";

// Of the sources, so that nothing has to be built first; the builds are bundled of the same.
const sources = ["hawser-source"];

describe("a program of a chat is no larger than it may be:", () => {
  for (const { name, source, ceiling } of modules) {
    if (ceiling === undefined) continue;
    it(name, async () => {
      const { gzip } = await bundleSize(source, sources);
      expect(gzip).toBeLessThanOrEqual(ceiling);
      // A ceiling far above would let it grow unnoticed.
      expect(gzip).toBeGreaterThan(ceiling * 0.95);
    });
  }
});

describe("what nobody uses of a package is left out of bundles, all but the base of the errors:", () => {
  it.each([
    ["@hawser/streaming", 900],
    ["@hawser/runtime", 1_700],
    ["@hawser/tools", 1_200],
    ["@hawser/inference/runcrate", 1_700],
  ])("%s", async (name, most) => {
    expect(await unusedSize(name, sources)).toBeLessThan(most);
  });
});
