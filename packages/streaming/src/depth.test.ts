import { expect, it } from "vitest";
import { requireShallow } from "./depth.ts";

function nested(levels: number): unknown {
  return JSON.parse(`${'{"a":['.repeat(levels / 2)}1${"]}".repeat(levels / 2)}`);
}

it("lets 512 levels pass, and no more", () => {
  expect(() => requireShallow("An event", nested(512), "")).not.toThrow();
  expect(() => requireShallow("An event", nested(514), "raw")).toThrow(
    expect.objectContaining({
      name: "StreamError",
      reason: "too-large",
      message: "An event is nested more than 512 levels deep",
      raw: "raw",
    }),
  );
});

it("does not exhaust the stack to find out", () => {
  expect(() => requireShallow("An event", nested(1_000_000), "")).toThrow("512 levels");
});
