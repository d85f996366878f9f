import { expect, it } from "vitest";
import { sumUsage } from "./usage.ts";

it("adds counts and details up, also those of servers' own, and totals that are missing", () => {
  const usages = [
    { prompt_tokens: 1, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 1 }, cost: 0.5 },
    undefined,
    { prompt_tokens: 10, completion_tokens: 20, total_tokens: 35, prompt_tokens_details: null, note: "x" },
    { completion_tokens: null, total_tokens: null, prompt_tokens: 5 },
  ];
  expect(sumUsage(usages as never)).toEqual({
    prompt_tokens: 16,
    completion_tokens: 22,
    total_tokens: 43,
    prompt_tokens_details: { cached_tokens: 1 },
    cost: 0.5,
  });
});

it("is not taken in by names that are inherited", () => {
  const usage = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"x":1},"toString":2}');
  expect(sumUsage([usage, usage])).toMatchObject({ constructor: { x: 2 }, toString: 4 });
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
