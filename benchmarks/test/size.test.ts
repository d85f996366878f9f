import { describe, expect, it } from "vitest";
import { bundleSize } from "../src/size/bundle-size.ts";
import { modules } from "../src/size/modules.ts";

describe("a program that reads a chat is no larger than it may be:", () => {
  for (const { name, source, ceiling } of modules) {
    if (ceiling === undefined) continue;
    it(name, async () => {
      // Of the sources, so that nothing has to be built first; the builds are bundled of the same.
      const { gzip } = await bundleSize(source, ["hawser-source"]);
      expect(gzip).toBeLessThanOrEqual(ceiling);
      // A ceiling far above would let it grow unnoticed.
      expect(gzip).toBeGreaterThan(ceiling * 0.85);
    });
  }
});
