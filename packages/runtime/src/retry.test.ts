import { describe, expect, test } from "vitest";
import {
  type AttemptOutcome,
  backoffDelay,
  decideRetry,
  firstBackoff,
  longestBackoff,
  type RetryQuestion,
  readRetryAfter,
} from "./retry.ts";

const now = Date.parse("2026-01-01T00:00:00Z");

function answer(status: number, headers: Record<string, string> = {}): AttemptOutcome {
  return { kind: "response", status, headers: new Headers(headers) };
}

function ask(change: Partial<RetryQuestion>): RetryQuestion {
  return {
    outcome: answer(503),
    safety: "safe",
    redirected: false,
    retries: 0,
    maxRetries: 2,
    repeatable: true,
    maxRetryAfter: 60_000,
    remaining: Number.POSITIVE_INFINITY,
    now,
    random: 0,
    ...change,
  };
}

describe("a server's wish to wait is read", () => {
  const table: [header: Record<string, string>, want: number | undefined][] = [
    [{ "retry-after": "3" }, 3000],
    [{ "retry-after": "0" }, 0],
    [{ "retry-after": "0.25" }, 250],
    [{ "retry-after": " 2 " }, 2000],
    [{ "retry-after": "Thu, 01 Jan 2026 00:00:10 GMT" }, 10_000],
    [{ "retry-after": "Wed, 31 Dec 2025 00:00:00 GMT" }, 0],
    [{ "retry-after-ms": "120" }, 120],
    [{ "retry-after-ms": "120", "retry-after": "9" }, 120],
    [{ "retry-after-ms": "soon", "retry-after": "9" }, 9000],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": "-5" }, undefined],
    [{ "retry-after": "" }, undefined],
    [{}, undefined],
  ];
  test.each(table)("%o is %o ms", (headers, want) => {
    expect(readRetryAfter(new Headers(headers), now)).toBe(want);
  });
});

describe("the wait nobody asked for", () => {
  test("doubles, half of it left to chance, up to its limit", () => {
    expect([0, 1, 2].map((retries) => backoffDelay(retries, 0))).toEqual([250, 500, 1000]);
    expect([0, 1, 2].map((retries) => backoffDelay(retries, 1))).toEqual([500, 1000, 2000]);
    expect(backoffDelay(0, 1)).toBe(firstBackoff);
    expect(backoffDelay(100, 1)).toBe(longestBackoff);
  });
});

describe("safe and idempotent operations are repeated after what may pass", () => {
  const passing = [408, 429, 500, 502, 503, 504];
  const staying = [301, 400, 401, 402, 403, 404, 409, 410, 422, 501, 505];
  test.each(passing)("%i", (status) => {
    expect(decideRetry(ask({ outcome: answer(status) })).retry).toBe(true);
    expect(decideRetry(ask({ outcome: answer(status), safety: "idempotent" })).retry).toBe(true);
  });
  test.each(staying)("not %i", (status) => {
    expect(decideRetry(ask({ outcome: answer(status) })).retry).toBe(false);
  });
  test("lost connections and slow answers", () => {
    expect(decideRetry(ask({ outcome: { kind: "connection", neverSent: false } })).retry).toBe(true);
    expect(decideRetry(ask({ outcome: { kind: "timeout" } })).retry).toBe(true);
  });
});

describe("costly operations are repeated only when nothing can have happened, or when the server asks", () => {
  const retryAfter = { "retry-after": "1" };
  const table: [name: string, outcome: AttemptOutcome, want: boolean][] = [
    ["never sent", { kind: "connection", neverSent: true }, true],
    ["lost after sending", { kind: "connection", neverSent: false }, false],
    ["no answer in time", { kind: "timeout" }, false],
    ["500", answer(500), false],
    ["500 with Retry-After", answer(500, retryAfter), false],
    ["408", answer(408), false],
    ["429 without Retry-After", answer(429), false],
    ["429 with Retry-After", answer(429, retryAfter), true],
    ["503 with Retry-After", answer(503, retryAfter), true],
    ["503 without Retry-After", answer(503), false],
    ["500 the server wants repeated", answer(500, { "x-should-retry": "true" }), true],
    [
      "429 the server doesn't want repeated",
      answer(429, { ...retryAfter, "x-should-retry": "false" }),
      false,
    ],
  ];
  test.each(table)("%s", (_, outcome, want) => {
    expect(decideRetry(ask({ outcome, safety: "costly" })).retry).toBe(want);
  });
});

test("costly operations aren't repeated after a redirect, behind which they may be done", () => {
  const outcome = answer(503, { "retry-after": "1" });
  expect(decideRetry(ask({ outcome, safety: "costly", redirected: true })).retry).toBe(false);
  expect(decideRetry(ask({ outcome, safety: "idempotent", redirected: true })).retry).toBe(true);
});

describe("the server's word", () => {
  test("ends repetitions of safe operations too", () => {
    expect(decideRetry(ask({ outcome: answer(503, { "x-should-retry": "false" }) })).retry).toBe(false);
  });
  test("allows repeating a status that otherwise stays", () => {
    expect(decideRetry(ask({ outcome: answer(409, { "x-should-retry": "true" }) })).retry).toBe(true);
  });
  test("sets the wait", () => {
    const decision = decideRetry(ask({ outcome: answer(429, { "retry-after": "7" }) }));
    expect(decision).toEqual({ retry: true, delay: 7000 });
  });
  test("of no wait at all doesn't make a loop without pause", () => {
    const decision = decideRetry(ask({ outcome: answer(429, { "retry-after": "0" }), random: 1 }));
    expect(decision).toEqual({ retry: true, delay: firstBackoff });
  });
  test("of a wait longer than allowed ends it, and says so", () => {
    const decision = decideRetry(ask({ outcome: answer(429, { "retry-after": "61" }) }));
    expect(decision).toEqual({
      retry: false,
      reason: "the server asks to wait 61000 ms, longer than 60000 ms",
    });
  });
});

describe("nothing is repeated", () => {
  test("more often than allowed", () => {
    expect(decideRetry(ask({ retries: 1 })).retry).toBe(true);
    expect(decideRetry(ask({ retries: 2 })).retry).toBe(false);
    expect(decideRetry(ask({ maxRetries: 0 })).retry).toBe(false);
  });
  test("when its body was a stream", () => {
    expect(decideRetry(ask({ repeatable: false })).retry).toBe(false);
  });
  test("when the call's time would end during the wait", () => {
    expect(decideRetry(ask({ remaining: 100 })).retry).toBe(false);
    expect(decideRetry(ask({ remaining: 251 })).retry).toBe(true);
  });
});
