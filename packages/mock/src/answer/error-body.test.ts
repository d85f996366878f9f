import { expect, test } from "vitest";
import { tellInBody } from "./error-body.ts";

const faults = [
  { path: ["messages", "0", "role"], message: "role is wrong" },
  { path: [], message: "model is missing" },
];

test.each<[string, unknown, unknown]>([
  [
    "an error object keeps its code and its type",
    { error: { code: "validation_error", type: "invalid_request_error", message: "?" } },
    { error: { code: "validation_error", type: "invalid_request_error", message: "WRONG" } },
  ],
  [
    "a param names the first place",
    { error: { message: "?", param: "x" } },
    { error: { message: "WRONG", param: "messages.0.role" } },
  ],
  ["an error that is a text is replaced", { error: "?" }, { error: "WRONG" }],
  ["a bare message is replaced", { message: "?", code: 3 }, { message: "WRONG", code: 3 }],
  [
    "of a problem the detail is replaced, not the title",
    { type: "about:blank", title: "Invalid", status: 422, detail: "?" },
    { type: "about:blank", title: "Invalid", status: 422, detail: "WRONG" },
  ],
  [
    "a list of faults gets those of the request",
    { error: { message: "?", details: { fields: [{ path: "x", message: "?" }] } } },
    {
      error: {
        message: "WRONG",
        details: {
          fields: [
            { path: "messages.0.role", message: "role is wrong" },
            { path: "", message: "model is missing" },
          ],
        },
      },
    },
  ],
  [
    "a place written as a list stays a list",
    { detail: [{ loc: ["body", "x"], msg: "?", type: "missing" }] },
    {
      detail: [
        { loc: ["messages", "0", "role"], msg: "role is wrong", type: "missing" },
        { loc: [], msg: "model is missing", type: "missing" },
      ],
    },
  ],
  ["a body without a place for a message can't tell", { ok: false }, undefined],
  ["neither can one that is no object", "no", undefined],
])("%s", (_, body, expected) => {
  expect(tellInBody(body, "WRONG", faults)).toEqual(expected);
});

test("without faults the param goes, and a list of faults holds the message", () => {
  expect(tellInBody({ error: { message: "?", param: "x" } }, "WRONG", [])).toEqual({
    error: { message: "WRONG" },
  });
  expect(tellInBody({ errors: [{ message: "?", field: "x" }] }, "WRONG", [])).toEqual({
    errors: [{ message: "WRONG", field: "" }],
  });
});
