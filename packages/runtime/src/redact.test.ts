import { expect, test } from "vitest";
import { createRedactor } from "./redact.ts";

test("secrets are taken out of a text wherever they stand", () => {
  const hide = createRedactor(["hunter22", "a+b=c.*"]);
  expect(hide("hunter22 and hunter22, a+b=c.*")).toBe("[redacted] and [redacted], [redacted]");
  expect(hide("nothing")).toBe("nothing");
});

test("what is too short to be a secret stays", () => {
  expect(createRedactor(["a"])("banana")).toBe("banana");
});
