import { describe, expect, it } from "vitest";
import { isErrorChunk, isErrorPayload, toServerError, toStatusError } from "./server-error.ts";

describe("toServerError", () => {
  it.each<[string, unknown, { message: string; code?: string; type?: string }]>([
    [
      "OpenAI",
      { error: { message: "No", type: "invalid", code: "bad", param: null } },
      { message: "No", code: "bad", type: "invalid" },
    ],
    [
      "a number as code",
      { error: { message: "No", code: 429 }, choices: [] },
      { message: "No", code: "429" },
    ],
    ["text", { error: "No" }, { message: "No" }],
    [
      "Anthropic",
      { type: "error", error: { type: "overloaded_error", message: "No" } },
      { message: "No", type: "overloaded_error" },
    ],
    [
      "vLLM",
      { object: "error", message: "No", type: "BadRequestError", code: 400 },
      { message: "No", code: "400", type: "BadRequestError" },
    ],
    ["detail", { detail: "No" }, { message: "No" }],
    [
      "a list of details",
      { detail: [{ loc: ["body"], msg: "No" }, { msg: "Nor this" }] },
      { message: "No; Nor this" },
    ],
    ["Databricks", { error_code: "BAD", message: "No" }, { message: "No", code: "BAD" }],
    ["success: false", { success: false, error: "No" }, { message: "No" }],
    [
      "a list of errors",
      { status: "Error", errors: [{ code: "c1", message: "No" }] },
      { message: "No", code: "c1" },
    ],
    ["nothing known", { odd: 1 }, { message: '"{\\"odd\\":1}"' }],
    ["an empty message", { error: { message: "" } }, { message: JSON.stringify('{"error":{"message":""}}') }],
    ["plain text", "No", { message: "No" }],
  ])("reads the shape of %s", (_name, value, expected) => {
    const raw = JSON.stringify(value);
    const error = toServerError(raw, value);
    expect({ message: error.message, code: error.code, type: error.type }).toEqual({
      code: undefined,
      type: undefined,
      ...expected,
    });
    expect(error).toMatchObject({ reason: "server", raw });
  });

  it("cuts a long message off and keeps the rest", () => {
    const error = toServerError("r".repeat(5000), { error: "m".repeat(5000) });
    expect(error.message.length).toBeLessThan(1100);
    expect(error.raw).toHaveLength(5000);
  });
});

describe("toStatusError", () => {
  it.each([
    ['{"error":{"message":"No","code":"x"}}', "The server answered 401: No"],
    ["<html>", 'The server answered 401: "<html>"'],
    ["  ", "The server answered 401: no explanation"],
  ])("names the status and what came: %s", (raw, message) => {
    expect(toStatusError(401, raw).message).toBe(message);
  });
});

it.each<[object, boolean, boolean]>([
  [{ error: { message: "No" } }, true, true],
  [{ error: { message: "No" }, choices: [{ finish_reason: "error" }], id: "1" }, true, false],
  [{ error: "No", id: "1", created: 1 }, true, true],
  [{ error: null }, false, false],
  [{ error: {} }, false, false],
  [{ error: "" }, false, false],
  [{ object: "error", message: "No" }, true, true],
  [{ type: "error", message: "No" }, true, false],
  [{ detail: "No" }, true, false],
  [{ detail: "of a chunk", choices: [] }, false, false],
  [{ errors: [{ message: "No" }] }, true, false],
  [{ success: false }, true, false],
  [{ error_code: "BAD" }, true, false],
  [{ level: "warn", error: "No" }, true, false],
  [{ choices: [] }, false, false],
])("tells errors from other data: %j", (value, inChat, elsewhere) => {
  expect([isErrorChunk(value as Record<string, unknown>), isErrorPayload(value)]).toEqual([
    inChat,
    elsewhere,
  ]);
});
