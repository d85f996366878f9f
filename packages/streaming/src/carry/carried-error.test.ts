import { describe, expect, it } from "vitest";
import { AbortError, HawserError, StreamError, TimeoutError } from "../errors.ts";
import { readCarriedError, toCarriedError } from "./carried-error.ts";

describe("a carried error", () => {
  it.each([
    [new StreamError("no", { reason: "quirk", code: "Q1", type: "t" })],
    [new StreamError("no", { reason: "too-large" })],
    [new TimeoutError({ clock: "firstEvent", timeout: 7 })],
    [new AbortError("gone")],
    [new HawserError("odd")],
  ])("is the same at the other side: %o", (error) => {
    const back = readCarriedError(JSON.parse(JSON.stringify(toCarriedError(error))));
    expect(back?.toJSON()).toEqual(JSON.parse(JSON.stringify(error)));
  });

  it("takes nothing along that was received, and no cause", () => {
    const error = new StreamError("no", { reason: "server", raw: "secret", cause: new Error("secret") });
    expect(JSON.stringify(toCarriedError(error))).not.toContain("secret");
  });

  it.each([
    [undefined],
    [{ error: "Too busy" }],
    [{ error: { message: "Too busy" } }],
    [{ error: { message: "Too busy", hawser: "StreamError" } }],
    [{ error: { message: 1, hawser: { kind: "AbortError" } } }],
  ])("is not made of %j", (payload) => {
    expect(readCarriedError(payload)).toBeUndefined();
  });

  it.each([
    [{ kind: "TimeoutError", clock: "wall", timeout: 1 }],
    [{ kind: "StreamError", reason: "whim" }],
    [{ kind: "Other" }],
  ])("of no known kind is a plain one: %j", (hawser) => {
    expect(readCarriedError({ error: { message: "m", hawser } })).toMatchObject({
      name: "HawserError",
      message: "m",
    });
  });
});
