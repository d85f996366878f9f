import { expect, test } from "vitest";
import { isSameJSON } from "./same-json.ts";

test.each([
  ["a", "a"],
  [0, -0],
  [null, null],
  [
    [1, { a: [] }],
    [1, { a: [] }],
  ],
  [
    { a: 1, b: 2 },
    { b: 2, a: 1 },
  ],
])("%j is %j", (one, other) => {
  expect(isSameJSON(one, other)).toBe(true);
});

test.each([
  ["running", "RUNNING"],
  [1, "1"],
  [true, 1],
  [null, undefined],
  [[], {}],
  [[1, 2], [1]],
  [{ a: undefined }, { b: undefined }],
  [{ toString: 1 }, {}],
])("%j is not %j", (one, other) => {
  expect(isSameJSON(one, other)).toBe(false);
  expect(isSameJSON(other, one)).toBe(false);
});
