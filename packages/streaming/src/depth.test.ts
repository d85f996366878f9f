import { expect, it } from "vitest";
import { requireShallow } from "./depth.ts";

function nested(levels: number): string {
  return `${'{"a":['.repeat(levels / 2)}1${"]}".repeat(levels / 2)}`;
}

function requireOf(raw: string): void {
  requireShallow("An event", JSON.parse(raw), raw);
}

it("lets 512 levels pass, and no more", () => {
  expect(() => requireOf(nested(512))).not.toThrow();
  expect(() => requireOf(nested(514))).toThrow(
    expect.objectContaining({
      name: "StreamError",
      reason: "too-large",
      message: "An event is nested more than 512 levels deep",
      raw: nested(514),
    }),
  );
});

it("lets a text pass that could not be so deep", () => {
  expect(() => requireOf("[".repeat(512) + "]".repeat(512))).not.toThrow();
  expect(() => requireOf("[".repeat(513) + "]".repeat(513))).toThrow("512 levels");
});

it("does not exhaust the stack to find out", () => {
  expect(() => requireOf(nested(1_000_000))).toThrow("512 levels");
});
