import { describe, expect, it } from "vitest";
import { createContestants } from "../src/tools/contestants.ts";

describe("tools", () => {
  for (const kind of ["whole", "streamed", "client"] as const) {
    it(`lets every loop come to the last answer: ${kind}`, async () => {
      const contestants = createContestants({ kind, steps: 3, calls: 2 });
      expect(contestants.length).toBeGreaterThanOrEqual(3);
      for (const { name, run, expected } of contestants) expect(await run(), name).toBe(expected);
    });
  }
});
