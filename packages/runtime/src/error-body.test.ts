import { describe, expect, test } from "vitest";
import { describeErrorAnswer, type ErrorBody, isErrorInDisguise, readErrorBody } from "./error-body.ts";

test.each([
  ["errors inside of errors", `${'{"error":'.repeat(50_000)}1${"}".repeat(50_000)}`],
  ["lists inside of lists", `${"[".repeat(200_000)}${"]".repeat(200_000)}`],
])("%s without end are read", (_, body) => {
  expect(readErrorBody(JSON.parse(body)).message).toBeUndefined();
});

test("a page that never closes its tags is searched in time", { timeout: 30_000 }, () => {
  const page = `<html>${"<title".repeat(150_000)}`;
  const origin = { status: 502, statusText: "", request: "GET http://a/" };
  const said = readErrorBody(page);
  expect(describeErrorAnswer(origin, said, page)).toContain("502 Bad Gateway");
});

describe("every shape of error body is read", () => {
  const table: [name: string, body: unknown, want: Partial<ErrorBody>][] = [
    [
      "an error object",
      {
        error: {
          code: "insufficient_credits",
          message: "No credits",
          details: { needed: 5 },
          type: "billing",
          param: "gpu",
        },
      },
      {
        message: "No credits",
        code: "insufficient_credits",
        details: { needed: 5 },
        type: "billing",
        param: "gpu",
      },
    ],
    [
      "an error object with a numeric code",
      { error: { code: 404, message: "No such model" } },
      { message: "No such model", code: "404" },
    ],
    [
      "an error object with a type beside it",
      { type: "error", error: { type: "overloaded_error", message: "Overloaded" }, request_id: "req_1" },
      { message: "Overloaded", type: "overloaded_error", requestId: "req_1" },
    ],
    ["an error text", { error: "Not today" }, { message: "Not today" }],
    [
      "an error text with its description",
      { error: "invalid_grant", error_description: "Expired" },
      { message: "invalid_grant" },
    ],
    ["message and code", { message: "Bad", code: "E1" }, { message: "Bad", code: "E1" }],
    ["a detail text", { detail: "Not Found" }, { message: "Not Found" }],
    [
      "a detail list",
      {
        detail: [
          { loc: ["body", "model"], msg: "field required", type: "missing" },
          { loc: ["query", "n", 0], msg: "too big" },
        ],
      },
      { message: "body.model: field required; query.n.0: too big" },
    ],
    [
      "an error of vLLM",
      { object: "error", message: "Too long", type: "BadRequestError", code: 400 },
      { message: "Too long", type: "BadRequestError", code: "400" },
    ],
    [
      "an error code with a message",
      { error_code: "BAD_REQUEST", message: "Nope" },
      { message: "Nope", code: "BAD_REQUEST" },
    ],
    ["a failed success", { success: false, error: "Failed" }, { message: "Failed" }],
    [
      "a failed success with a list",
      { success: false, errors: [{ code: "invalid", message: "not a model", field: "model" }] },
      { message: "model: not a model", code: "invalid", param: "model" },
    ],
    [
      "an envelope",
      { code: 402, message: "Insufficient credits", data: null },
      { message: "Insufficient credits", code: "402" },
    ],
    [
      "an envelope with data",
      { code: 422, message: "Bad size", data: { field: "size" } },
      { message: "Bad size", code: "422", details: { field: "size" } },
    ],
    [
      "a problem",
      { type: "about:blank", title: "Forbidden", detail: "Not yours" },
      { message: "Not yours", type: "about:blank" },
    ],
    [
      "a list",
      [{ error: { code: 400, message: "API key not valid", status: "INVALID_ARGUMENT" } }],
      { message: "API key not valid", code: "400" },
    ],
    ["text", "upstream gone", { message: "upstream gone" }],
    ["an object without words", { foo: 1 }, { message: undefined }],
    ["an empty error", { error: {} }, { message: undefined }],
    ["null", null, { message: undefined }],
    ["nothing", undefined, { message: undefined }],
    ["a number", 7, { message: undefined }],
  ];
  test.each(table)("%s", (_, body, want) => {
    expect(readErrorBody(body)).toMatchObject(want);
  });

  test("a validation list is kept as details", () => {
    const detail = [{ loc: ["body"], msg: "bad" }];
    expect(readErrorBody({ detail }).details).toEqual(detail);
  });
});

describe("the message always says something", () => {
  const origin = { status: 404, statusText: "Not Found", request: "GET https://host/path" };
  const message = (rawBody: string, body: unknown = rawBody) =>
    describeErrorAnswer(origin, readErrorBody(body), rawBody);

  test("for an empty body", () => {
    expect(message("", undefined)).toBe("404 Not Found from GET https://host/path (the answer had no body)");
  });
  test("for the server's words", () => {
    expect(message('{"error":"gone"}', { error: "gone" })).toBe(
      "404 Not Found from GET https://host/path: gone",
    );
  });
  test("for JSON without words", () => {
    expect(message('{"foo":1}', { foo: 1 })).toBe('404 Not Found from GET https://host/path: {"foo":1}');
  });
  test("for a page with a title", () => {
    expect(message("<html><head><title>502 Bad Gateway</title></head></html>")).toBe(
      "404 Not Found from GET https://host/path: 502 Bad Gateway (a page)",
    );
  });
  test("for a page without a title", () => {
    expect(message("<!doctype html><style>a{}</style><h1>Down</h1> for now")).toBe(
      "404 Not Found from GET https://host/path: Down for now (a page)",
    );
  });
  test("for a page without text", () => {
    expect(message("<html></html>")).toContain("the answer was a page without text");
  });
  test("and isn't longer than is readable", () => {
    expect(message("x".repeat(100_000)).length).toBeLessThan(2200);
    expect(message('{"a":1}', { message: "y".repeat(100_000) }).length).toBeLessThan(2200);
  });
  test("where HTTP/2 gives no reason phrase", () => {
    const unnamed = { ...origin, statusText: "" };
    expect(describeErrorAnswer(unnamed, readErrorBody(""), "")).toMatch(/^404 Not Found from/);
    expect(describeErrorAnswer({ ...unnamed, status: 499 }, readErrorBody(""), "")).toMatch(/^499 from/);
  });
});

test.each<[unknown, boolean]>([
  [{ error: { message: "no" } }, true],
  [{ error: "no" }, true],
  [{ object: "error", message: "no", code: 400 }, true],
  [{ success: false, errors: [{ code: 7003, message: "no" }] }, true],
  [{ success: false, error: "no", data: null }, true],
  [{ error: null }, false],
  [{ error: "" }, false],
  [{ error: { message: "no" }, id: "task_1" }, false],
  [{ error: "no", id: "task_1" }, false],
  [{ object: "error" }, false],
  [{ success: false }, false],
  [{ success: false, errors: [] }, false],
  [{ success: false, errors: ["one of two"], data: { sent: 1 } }, false],
  [{ success: true, errors: ["a warning"] }, false],
  [[], false],
])("with a status of success, %j is an error: %j", (body, expected) => {
  expect(isErrorInDisguise(body)).toBe(expected);
});
