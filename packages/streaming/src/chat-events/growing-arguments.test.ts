import { expect, it } from "vitest";
import { createGrowingArguments } from "./growing-arguments.ts";

it("reads what came before it was asked, then what comes, into one value", () => {
  const input = createGrowingArguments();
  input.add('{"a":[1,');
  const value = input.partial();
  expect(value).toEqual({ a: [1] });
  input.add('2],"b":"x');
  expect(input.partial()).toBe(value);
  expect(value).toEqual({ a: [1, 2], b: "x" });
  expect(input.text).toBe('{"a":[1,2],"b":"x');
});

it("has no value before one begins, and keeps it when the text is no JSON", () => {
  const input = createGrowingArguments();
  expect(input.partial()).toBeUndefined();
  input.add("[1,");
  input.add("?");
  input.add("2]");
  expect(input.partial()).toEqual([1]);
  expect(input.text).toBe("[1,?2]");
});
