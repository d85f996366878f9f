import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import {
  APIError,
  ConnectionError,
  createAPIError,
  HawserError,
  InvalidRequestError,
  RateLimitError,
} from "./errors.ts";

const answer = (status: number) =>
  new Response(null, { status, headers: { "set-cookie": "session=secret" } });

describe("every status has its class", () => {
  const table: [status: number, name: string][] = [
    [400, "BadRequestError"],
    [401, "AuthenticationError"],
    [402, "PaymentRequiredError"],
    [403, "PermissionDeniedError"],
    [404, "NotFoundError"],
    [409, "ConflictError"],
    [418, "APIError"],
    [422, "UnprocessableEntityError"],
    [429, "RateLimitError"],
    [500, "InternalServerError"],
    [529, "InternalServerError"],
  ];
  test.each(table)("%i is a %s", (status, name) => {
    const error = createAPIError("no", { response: answer(status) });
    expect([error.name, error.status, error.constructor.name]).toEqual([name, status, name]);
    expect(error).toBeInstanceOf(APIError);
    expect(APIError.is(error) && HawserError.is(error) && error instanceof Error).toBe(true);
  });
});

test("errors are told apart by is()", () => {
  const limited = createAPIError("no", { response: answer(429) });
  expect(RateLimitError.is(limited)).toBe(true);
  expect(RateLimitError.is(createAPIError("no", { response: answer(404) }))).toBe(false);
  expect(ConnectionError.is(limited) || InvalidRequestError.is(limited) || APIError.is(new Error("no"))).toBe(
    false,
  );
});

test("errors of another copy of the package are recognised", async () => {
  vi.resetModules();
  const copy = await import("./errors.ts");
  expect(copy.APIError).not.toBe(APIError);
  const error = copy.createAPIError("no", { response: answer(429) });
  expect(error).not.toBeInstanceOf(RateLimitError);
  expect(RateLimitError.is(error) && APIError.is(error) && HawserError.is(error)).toBe(true);
  expect(ConnectionError.is(error)).toBe(false);
});

test("what an error keeps of an answer is there to be read, and isn't printed", () => {
  const error = createAPIError("no", {
    response: answer(422),
    body: { prompt: "PRIVATE" },
    rawBody: "PRIVATE",
    details: "PRIVATE",
  });
  expect([error.body, error.rawBody, error.details]).toEqual([{ prompt: "PRIVATE" }, "PRIVATE", "PRIVATE"]);
  expect(error.headers.get("set-cookie")).toBe("session=secret");
  const printed = inspect(error, { depth: 9 }) + JSON.stringify(error) + String(error);
  expect(printed).not.toMatch(/PRIVATE|secret/);
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: "UnprocessableEntityError",
    message: "no",
    status: 422,
    attempts: 1,
  });
});

test("a body is kept only so far", () => {
  expect(createAPIError("no", { response: answer(500), rawBody: "x".repeat(20_000) }).rawBody).toHaveLength(
    16_384,
  );
});
