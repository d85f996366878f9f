import { describe, expect, test } from "vitest";
import { InvalidRequestError } from "./errors.ts";
import type { Operation } from "./operation.ts";
import { fillPath, splitPath } from "./path.ts";

const operation: Operation = {
  id: "deleteVideo",
  method: "DELETE",
  path: "/videos/{id}",
  retry: "idempotent",
  outcomes: [],
};
const fill = (template: string, values: Record<string, unknown>) => fillPath(operation, template, values);

describe("values go into the placeholders", () => {
  const table: [template: string, values: Record<string, unknown>, want: string][] = [
    ["/videos/{id}", { id: "a" }, "/videos/a"],
    ["/videos/{id}", { id: 7 }, "/videos/7"],
    ["/videos/{id}/{part}", { id: "a", part: "b" }, "/videos/a/b"],
    ["/videos/{id}.{ext}", { id: "a", ext: "mp4" }, "/videos/a.mp4"],
    ["/videos/{id}", { id: "a/../b?c#d" }, "/videos/a%2F..%2Fb%3Fc%23d"],
    ["/videos/{id}", { id: "%2e%2e" }, "/videos/%252e%252e"],
    ["/videos/{id}", { id: "{other}" }, "/videos/%7Bother%7D"],
    ["/videos/{id}", { id: "$&" }, "/videos/%24%26"],
    ["/videos/{id}", { id: "..." }, "/videos/..."],
    ["https://host/v1/videos/{id}", { id: "a" }, "https://host/v1/videos/a"],
    ["/plain", {}, "/plain"],
  ];
  test.each(table)("%s with %o", (template, values, want) => {
    expect(fill(template, values)).toBe(want);
  });
});

describe("values that lead elsewhere are refused by name", () => {
  const table: [value: unknown, message: string][] = [
    [undefined, 'deleteVideo: the path parameter "id" is missing.'],
    [null, 'deleteVideo: the path parameter "id" is missing.'],
    ["", 'deleteVideo: the path parameter "id" is empty.'],
    [[], 'deleteVideo: the path parameter "id" is empty.'],
    [".", 'the path parameter "id" makes the path segment "."'],
    ["..", 'the path parameter "id" makes the path segment ".."'],
  ];
  test.each(table)("%o", (value, message) => {
    expect(() => fill("/videos/{id}", { id: value })).toThrow(InvalidRequestError);
    expect(() => fill("/videos/{id}", { id: value })).toThrow(message);
  });
  test("dots from two parameters", () => {
    expect(() => fill("/{a}{b}", { a: ".", b: "." })).toThrow('path segment ".."');
  });
  test("names that every object has", () => {
    expect(() => fill("/{constructor}", {})).toThrow('"constructor" is missing');
  });
});

describe("a value that is sent with its slashes", () => {
  const reserved: Operation = {
    ...operation,
    id: "getModel",
    parameters: [{ name: "model", in: "path", required: true, allowReserved: true }],
  };
  const fillModel = (model: unknown) => fillPath(reserved, "/models/{model}/schema", { model });

  test.each([
    ["bytedance/seedream-5-pro", "/models/bytedance/seedream-5-pro/schema"],
    ["a b/ü:1@c", "/models/a%20b/%C3%BC:1@c/schema"],
    ["a/%2e%2e/b", "/models/a/%252e%252e/b/schema"],
    ["a/.../b", "/models/a/.../b/schema"],
    ["plain", "/models/plain/schema"],
    [7, "/models/7/schema"],
  ])("%j keeps them", (model, path) => {
    expect(fillModel(model)).toBe(path);
    expect(new URL(path, "https://host").pathname).toBe(path);
  });

  test.each([
    ["../keys", 'the path segment ".."'],
    ["a/../../keys", 'the path segment ".."'],
    ["a/.", 'the path segment "."'],
    ["a/..;x/b", 'the path segment "..;x"'],
    ["a?b", 'holds a "?", which would end or change the path'],
    ["a#b", 'holds a "#"'],
    ["a\\..\\b", 'holds a "\\"'],
    ["a\nb", "holds a control character"],
    ["a\u0000", "holds a control character"],
    ["/a", "has an empty segment"],
    ["a//b", "has an empty segment"],
    ["a/", "has an empty segment"],
    ["", "is empty"],
    [undefined, "is missing"],
  ])("%j leads elsewhere and is refused", (model, message) => {
    expect(() => fillModel(model)).toThrow(InvalidRequestError);
    expect(() => fillModel(model)).toThrow(`getModel: the path parameter "model" `);
    expect(() => fillModel(model)).toThrow(message);
  });
});

test("a path keeps its own query and loses its fragment", () => {
  expect(splitPath("/chat?beta=true#stream")).toEqual({ pathname: "/chat", query: "beta=true" });
  expect(splitPath("/chat")).toEqual({ pathname: "/chat", query: "" });
});
