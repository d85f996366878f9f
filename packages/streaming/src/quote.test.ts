import { expect, it } from "vitest";
import { quote, redact, shorten } from "./quote.ts";

it.each([
  ["Authorization: Bearer abc123def456", "Authorization: [redacted]"],
  ["Basic dXNlcjpwYXNzd29yZA==", "[redacted]"],
  ["key sk-ant-api03-AbC_123", "key [redacted]"],
  ["gsk_4f9a8b7c6d5e and rc_live_12345678", "[redacted] and [redacted]"],
])("blots out what looks like a credential: %s", (text, expected) => {
  expect(redact(text)).toBe(expected);
});

it.each([
  ["token_limit_exceeded"],
  ["Basic authentication failed"],
  ["a key-value store, api_key missing"],
  ["risk-free"],
])("leaves words alone: %s", (text) => {
  expect(redact(text)).toBe(text);
});

it("takes time in proportion to the text", () => {
  expect(redact("sk-".repeat(1_000_000))).toHaveLength(3_000_000);
  expect(redact(`sk-${"a".repeat(1_000_000)}1`)).toBe("[redacted]");
  expect(redact("Bearer ".repeat(300_000))).toHaveLength(2_100_000);
});

it("quotes as JSON, and cuts long text off", () => {
  expect(quote('a "b"')).toBe('"a \\"b\\""');
  expect(quote("x".repeat(201))).toBe(`"${"x".repeat(200)}"… (201 characters)`);
});

it("shortens long messages", () => {
  expect(shorten("short")).toBe("short");
  expect(shorten("x".repeat(1001))).toBe(`${"x".repeat(1000)}…`);
});
