import { describe, expect, test } from "vitest";
import { createAPIError } from "./errors.ts";
import type { Operation } from "./operation.ts";
import type { Acceptor, Waiter } from "./plans.ts";
import { judgeAnswer, judgeError } from "./verdict.ts";

const poll: Operation = { id: "getShip", method: "GET", path: "/", retry: "safe", outcomes: [] };

function waiterWith(...acceptors: Acceptor[]): Waiter {
  return { name: "waitUntilReady", poll, delay: { minimum: 1, maximum: 1 }, timeout: 1, acceptors };
}

const usual = waiterWith(
  { state: "success", pointer: "/status", values: ["running", "active"] },
  { state: "failure", pointer: "/status", values: ["failed"] },
  { state: "retry", pointer: "/status", values: ["deploying"] },
  { state: "retry", status: 404, within: 100 },
);

describe("polled data", () => {
  test.each([
    [{ status: "running" }, "success", "running", true],
    [{ status: "active" }, "success", "active", true],
    [{ status: "failed" }, "failure", "failed", true],
    [{ status: "deploying" }, "retry", "deploying", true],
    [{ status: "moored" }, "retry", "moored", false],
    [{ status: "RUNNING" }, "retry", "RUNNING", false],
    [{}, "retry", undefined, false],
    [undefined, "retry", undefined, false],
  ])("%j means %s", (data, state, value, known) => {
    expect(judgeAnswer(usual, data)).toEqual({ state, value, known });
  });

  test("is compared as JSON, and the first that fits decides", () => {
    const waiter = waiterWith(
      { state: "failure", pointer: "/error", values: [{ code: 5 }] },
      { state: "success", pointer: "/done", values: [true] },
    );
    expect(judgeAnswer(waiter, { done: true, error: { code: 5 } }).state).toBe("failure");
    expect(judgeAnswer(waiter, { done: true, error: { code: 6 } }).state).toBe("success");
    expect(judgeAnswer(waiter, { done: "true" })).toEqual({ state: "retry", value: undefined, known: false });
  });

  test("without anything to compare is asked for again", () => {
    expect(judgeAnswer(waiterWith({ state: "success", status: 404 }), { id: 1 })).toEqual({
      state: "retry",
      value: undefined,
      known: false,
    });
  });
});

describe("an error answer", () => {
  const error = (status: number, headers = {}) =>
    createAPIError("no", {
      response: new Response(null, { status }),
      ...(Object.keys(headers).length > 0 && { retryAfter: 70 }),
    });

  test("means what its status is declared to mean, as long as it counts", () => {
    expect(judgeError(usual, error(404), 0)).toEqual({
      state: "retry",
      value: 404,
      known: true,
      retryAfter: undefined,
    });
    expect(judgeError(usual, error(404), 100)?.state).toBe("retry");
    expect(judgeError(usual, error(404), 101)).toBeUndefined();
    expect(judgeError(waiterWith({ state: "success", status: 404 }), error(404), 1e9)?.state).toBe("success");
  });

  test("of a server that is busy is waited out", () => {
    expect(judgeError(usual, error(429), 0)).toMatchObject({ state: "retry", retryAfter: undefined });
    expect(judgeError(usual, error(429, { wait: true }), 0)).toMatchObject({
      state: "retry",
      retryAfter: 70,
    });
    expect(judgeError(usual, error(503, { wait: true }), 0)?.state).toBe("retry");
  });

  test("is just an error otherwise", () => {
    for (const status of [400, 401, 403, 500, 503])
      expect(judgeError(usual, error(status), 0)).toBeUndefined();
  });
});
