import { describe, expect, it } from "vitest";
import { compare } from "./compare.ts";

const found = {
  end: "error",
  quirks: ["Q7", "Q4", "Q4"],
  events: [{ data: "a" }],
  error: { reason: "server", code: "503", type: undefined, message: "The server is overloaded" },
  body: { model: "m", messages: [{ role: "user" }], "a/b": 1 },
};

const error = { reason: "server" };

describe("what was found", () => {
  it.each([
    ["all of it", { events: [{ data: "a" }] }],
    ["departures in any order", { quirks: ["Q4", "Q7"] }],
    ["an error by what is named of it", { error: { reason: "server", code: "503" } }],
    ["a part of its message", { error: { reason: "server", says: "overloaded" } }],
    ["a member it should not have", { error: { reason: "server", type: null } }],
    ["members that are absent", { absent: ["/stream", "/messages/0/content", "/messages/1"] }],
    ["nothing where nothing came", { unterminated: null }],
  ])("is right: %s", (_, expected) => {
    expect(compare({ error, ...expected }, found)).toEqual([]);
  });

  it.each([
    ["another value", { end: "complete" }, "end:"],
    ["more than was expected", { events: [] }, "events:"],
    ["less than was expected", { chunks: [] }, "chunks:"],
    ["a member that was not named", { events: [{}] }, "events:"],
    ["a departure too many", { quirks: ["Q4"] }, "quirks:"],
    ["other words", { error: { reason: "server", says: "asleep" } }, "error.says:"],
    ["another code", { error: { reason: "server", code: "500" } }, "error.code:"],
    ["no error where one was expected", { error: { reason: "server" } }, "error.", { ...found, error: {} }],
    [
      "members that should be absent",
      { absent: ["/messages/0/role", "/a~1b"] },
      "absent: /messages/0/role, /a~1b",
    ],
    ["no body to look into", { absent: ["/stream"] }, "absent:", { ...found, body: undefined }],
  ])("is wrong: %s", (_, expected, said, other = found) => {
    expect(compare({ error, ...expected }, other)).toEqual([expect.stringContaining(said)]);
  });

  it("is wrong when an error came that was not expected", () => {
    expect(compare({ end: "error" }, found)).toEqual([expect.stringContaining("error: expected nothing")]);
  });
});
