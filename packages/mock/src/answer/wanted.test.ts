import { expect, test } from "vitest";
import { mergeDelivery, problemOfWanted } from "./wanted.ts";

test("a later stop takes the place of an earlier one, everything else stays", () => {
  expect(mergeDelivery({ cut: 1, delay: 2 }, { stall: 3 })).toEqual({ stall: 3, delay: 2 });
  expect(mergeDelivery({ cut: 1, delay: 2 }, { delay: 3 })).toEqual({ cut: 1, delay: 3 });
});

test.each([
  [{ status: 429, example: "a", keepOpen: true, delay: 0 }, undefined],
  [{ exmple: "a" }, /"exmple" is not known. There are status, example/],
  [{ status: "429" }, /"status" has to be a number/],
  [{ chunkSize: 0 }, /"chunkSize" has to be a whole number of at least 1/],
  [{ cut: 1, end: 1 }, /cut and end can't both come true/],
])("%j", (wanted, problem) => {
  if (problem === undefined) expect(problemOfWanted(wanted)).toBeUndefined();
  else expect(problemOfWanted(wanted)).toMatch(problem);
});
