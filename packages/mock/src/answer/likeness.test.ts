import { expect, test } from "vitest";
import { likeness } from "./likeness.ts";

test.each<[string, unknown, unknown, number]>([
  ["equal values count for it", { a: 1, b: "x" }, { a: 1, b: "x" }, 2],
  ["other values of the same type don't count", { a: 1 }, { a: 2 }, 0],
  ["other types count against it", { a: 1 }, { a: "1" }, -1],
  ["a list isn't an object", { a: [] }, { a: {} }, -1],
  ["what only one has counts against it", { a: 1, b: 2 }, { a: 1, c: 2 }, -1],
  [
    "of lists the last items count",
    { a: [{ role: "user" }, { role: "tool" }] },
    { a: [{ role: "tool" }] },
    1,
  ],
  ["no request is like no example", undefined, { a: 1 }, -1],
])("%s", (_, request, example, expected) => {
  expect(likeness(request, example)).toBe(expected);
});
