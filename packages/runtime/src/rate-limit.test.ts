import { describe, expect, test } from "vitest";
import { parseDuration, type RateLimit, readRateLimit } from "./rate-limit.ts";

const now = Date.parse("2026-01-01T00:00:00Z");
const at = (milliseconds: number) => new Date(now + milliseconds);

describe("a duration", () => {
  const table: [text: string, want: number | undefined][] = [
    ["6m0s", 360_000],
    ["1s", 1000],
    ["1.5s", 1500],
    ["20ms", 20],
    ["1h2m3s", 3_723_000],
    ["2d", 172_800_000],
    ["60", 60_000],
    ["soon", undefined],
    ["", undefined],
    ["5x", undefined],
  ];
  test.each(table)("%o is %o ms", (text, want) => {
    expect(parseDuration(text)).toBe(want);
  });
});

describe("rate-limit headers", () => {
  const table: [name: string, headers: Record<string, string>, want: RateLimit | undefined][] = [
    ["none", { "content-type": "application/json" }, undefined],
    [
      "X-RateLimit with a unix timestamp",
      { "X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "59", "X-RateLimit-Reset": "1767225660" },
      { limit: 60, remaining: 59, reset: new Date(1_767_225_660_000) },
    ],
    [
      "X-RateLimit with a timestamp in milliseconds",
      { "X-RateLimit-Reset": "1767225660000" },
      { reset: new Date(1_767_225_660_000) },
    ],
    ["X-RateLimit with seconds to go", { "X-RateLimit-Reset": "30" }, { reset: at(30_000) }],
    ["X-RateLimit with a date", { "X-RateLimit-Reset": "2026-01-01T00:01:00Z" }, { reset: at(60_000) }],
    ["remaining only", { "X-RateLimit-Remaining": "0" }, { remaining: 0 }],
    [
      "requests and tokens apart",
      {
        "x-ratelimit-limit-requests": "100",
        "x-ratelimit-remaining-requests": "99",
        "x-ratelimit-reset-requests": "6m0s",
        "x-ratelimit-limit-tokens": "40000",
        "x-ratelimit-remaining-tokens": "39000",
        "x-ratelimit-reset-tokens": "250ms",
      },
      {
        limit: 100,
        remaining: 99,
        reset: at(360_000),
        requests: { limit: 100, remaining: 99, reset: at(360_000) },
        tokens: { limit: 40_000, remaining: 39_000, reset: at(250) },
      },
    ],
    [
      "RateLimit-Limit with its policy",
      { "RateLimit-Limit": "100, 100;w=60", "RateLimit-Reset": "50" },
      { limit: 100, reset: at(50_000) },
    ],
    [
      "the earlier draft",
      { RateLimit: "limit=100, remaining=50, reset=5" },
      { limit: 100, remaining: 50, reset: at(5000) },
    ],
    [
      "the draft with named items",
      { RateLimit: '"default";r=50;t=30', "RateLimit-Policy": '"default";q=100;w=60' },
      { limit: 100, remaining: 50, reset: at(30_000) },
    ],
    ["nonsense", { "X-RateLimit-Limit": "many", "X-RateLimit-Reset": "later", RateLimit: "?" }, undefined],
  ];
  test.each(table)("%s", (_, headers, want) => {
    expect(readRateLimit(new Headers(headers), now)).toEqual(want);
  });
});
