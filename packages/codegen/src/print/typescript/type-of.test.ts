import { expect, test } from "vitest";
import type { Schema } from "../../ir/ir.ts";
import { typeOf, union } from "./type-of.ts";

test.each<[string, { given: Schema | undefined; want: string }]>([
  ["a reference is a name", { given: { $ref: "#/schemas/Video" }, want: "Video" }],
  ["no schema is unknown", { given: undefined, want: "unknown" }],
  ["true is unknown", { given: true, want: "unknown" }],
  ["false is never", { given: false, want: "never" }],
  [
    "integers are numbers, each type once",
    { given: { type: ["integer", "number", "null"] }, want: "number | null" },
  ],
  ["a constant", { given: { const: 'a"b' }, want: '"a\\"b"' }],
  ["an enum", { given: { enum: ["a", 1, null, "a"] }, want: '"a" | 1 | null' }],
  ["a line separator", { given: { const: "\u2028" }, want: '"\\u2028"' }],
  ["a list", { given: { type: "array", items: { type: "string" } }, want: "string[]" }],
  [
    "a list of several types",
    { given: { type: "array", items: { type: ["string", "null"] } }, want: "(string | null)[]" },
  ],
  ["a list of anything", { given: { type: "array" }, want: "unknown[]" }],
  ["a union", { given: { anyOf: [{ type: "string" }, { $ref: "#/schemas/A" }] }, want: "string | A" }],
  ["an object", { given: { type: "object" }, want: "{ [key: string]: unknown }" }],
  ["an object as a constant", { given: { const: { a: 1 } }, want: "unknown" }],
  ["nothing said", { given: {}, want: "unknown" }],
])("%s", (_name, { given, want }) => {
  expect(typeOf(given)).toBe(want);
});

test("a union of nothing has no value, and unknown swallows the rest", () => {
  expect([union([]), union(["string", "unknown"])]).toEqual(["never", "unknown"]);
});
