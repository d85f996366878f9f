import { describe, expect, test } from "vitest";
import { pollDelay } from "./poll-delay.ts";

const range = { minimum: 100, maximum: 1000 };
const endless = Number.POSITIVE_INFINITY;

describe("the wait between two polls", () => {
  test("is left to chance between the minimum and a bound that doubles up to the maximum", () => {
    const longest = [1, 2, 3, 4, 5, 60, 5000].map((polls) => pollDelay(range, polls, endless, undefined, 1));
    expect(longest).toEqual([100, 200, 400, 800, 1000, 1000, 1000]);
    for (const polls of [1, 4, 5000]) expect(pollDelay(range, polls, endless, undefined, 0)).toBe(100);
    expect(pollDelay(range, 3, endless, undefined, 0.5)).toBe(250);
  });

  test("is at least what the server asks for", () => {
    expect(pollDelay(range, 1, endless, 5000, 0)).toBe(5000);
    expect(pollDelay(range, 1, endless, 50, 0)).toBe(100);
  });

  test("leaves time for one more poll before the deadline", () => {
    expect(pollDelay(range, 5, 600, undefined, 1)).toBe(500);
    expect(pollDelay(range, 1, 600, 60_000, 0)).toBe(500);
    expect(pollDelay(range, 5, 150, undefined, 1)).toBe(50);
  });

  test("isn't there when no further poll fits in", () => {
    expect(pollDelay(range, 1, 100, undefined, 0)).toBeUndefined();
    expect(pollDelay(range, 1, -5, undefined, 0)).toBeUndefined();
  });

  test("is never longer than a timer can count", () => {
    expect(pollDelay(range, 1, endless, 1e12, 0)).toBe(2 ** 31 - 1);
  });
});
