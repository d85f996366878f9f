import { describe, expect, test } from "vitest";
import { InvalidRequestError } from "./errors.ts";
import { describeRequest, parseBaseURL } from "./url.ts";

describe("a base URL", () => {
  test.each([
    ["https://api.test/v1", "https://api.test/v1"],
    ["https://api.test/v1/", "https://api.test/v1"],
    ["https://api.test", "https://api.test"],
    ["http://127.0.0.1:8080//", "http://127.0.0.1:8080"],
  ])("%s becomes %s", (value, want) => {
    expect(parseBaseURL(value, "The option baseURL")).toBe(want);
  });

  test.each([
    ["", "is not an absolute URL"],
    ["/v1", "is not an absolute URL"],
    ["api.test/v1", "is not an absolute URL"],
    ["ftp://api.test", "starts with ftp:"],
    ["https://me:secret@api.test", "holds a user name or password"],
    ["https://api.test/v1?a=1", "has a query or a fragment"],
    ["https://api.test/v1#a", "has a query or a fragment"],
  ])("%o is refused", (value, message) => {
    const parse = () => parseBaseURL(value, "The option baseURL");
    expect(parse).toThrow(InvalidRequestError);
    expect(parse).toThrow(`The option baseURL ${message}`);
  });

  test("isn't quoted when it is refused, since it may hold a password", () => {
    expect(() => parseBaseURL("https://me:hunter2@api.test", "The option baseURL")).not.toThrow("hunter2");
  });
});

test("a request is described without its query", () => {
  expect(describeRequest({ method: "GET", url: "https://api.test/a?key=secret#b" })).toBe(
    "GET https://api.test/a",
  );
});
