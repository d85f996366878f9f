import { expect, it } from "vitest";
import { createQuirkReporter, type Quirk } from "./quirk.ts";

it("reports a departure once for each place", () => {
  const quirks: Quirk[] = [];
  const report = createQuirkReporter((quirk) => quirks.push(quirk), false);
  report("Q12", "/choices", "none");
  report("Q12", "/choices", "none");
  report("Q12", "/other", "none");
  report("Q13", "/choices", "other");
  expect(quirks).toEqual([
    { id: "Q12", pointer: "/choices", detail: "none" },
    { id: "Q12", pointer: "/other", detail: "none" },
    { id: "Q13", pointer: "/choices", detail: "other" },
  ]);
});

it("reports, then throws, when departures are not put up with", () => {
  const quirks: Quirk[] = [];
  const report = createQuirkReporter((quirk) => quirks.push(quirk), true);
  expect(() => report("Q12", "/choices", "The chunk has no choices")).toThrow(
    expect.objectContaining({
      reason: "quirk",
      code: "Q12",
      message: "The chunk has no choices (Q12 at /choices)",
    }),
  );
  expect(quirks).toHaveLength(1);
});
