import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { AbortError, HawserError, invalidData, StreamError, TimeoutError } from "./errors.ts";

/** What another copy of the package would define. */
async function otherCopy(): Promise<typeof import("./errors.ts")> {
  const copy = "./errors.ts?copy";
  return (await import(copy)) as typeof import("./errors.ts");
}

describe("HawserError", () => {
  it("has the name of its class, in the stack too", () => {
    const error = new StreamError("broken", { reason: "connection" });
    expect(error.name).toBe("StreamError");
    expect(String(error)).toBe("StreamError: broken");
    expect(error.stack).toMatch(/^StreamError: broken/);
    expect(error).toBeInstanceOf(HawserError);
  });

  it("recognises errors of its class and of those derived from it", () => {
    const error: unknown = new TimeoutError({ clock: "idle", timeout: 10 });
    expect(HawserError.is(error)).toBe(true);
    expect(TimeoutError.is(error)).toBe(true);
    expect(StreamError.is(error)).toBe(false);
    expect(TimeoutError.is(new HawserError("other"))).toBe(false);
  });

  it("recognises errors of another copy of the package", async () => {
    const other = await otherCopy();
    const error = new other.StreamError("broken", { reason: "server" });
    expect(error).not.toBeInstanceOf(StreamError);
    expect(StreamError.is(error)).toBe(true);
    expect(HawserError.is(error)).toBe(true);
    expect(TimeoutError.is(error)).toBe(false);
  });

  it.each([[undefined], [null], ["text"], [new Error("other")], [{}], [Object.create(null)]])(
    "does not take %s for one of its own",
    (value) => {
      expect(HawserError.is(value)).toBe(false);
    },
  );

  it("tells a subclass without a kind by identity", () => {
    class Own extends StreamError {}
    expect(Own.is(new StreamError("broken", { reason: "server" }))).toBe(false);
    expect(Own.is(new Own("broken", { reason: "server" }))).toBe(true);
    expect(StreamError.is(new Own("broken", { reason: "server" }))).toBe(true);
  });

  it("keeps its cause", () => {
    const cause = new Error("socket hang up");
    expect(new HawserError("broken", { cause }).cause).toBe(cause);
    expect("cause" in new HawserError("broken")).toBe(false);
  });
});

describe("StreamError", () => {
  const error = new StreamError("The model is overloaded", {
    reason: "server",
    code: "503",
    type: "overloaded",
    raw: '{"echo":"tell me a secret"}',
  });

  it("keeps what came, and does not show it when it is printed", () => {
    expect(error.raw).toBe('{"echo":"tell me a secret"}');
    const shown = [
      String(error),
      JSON.stringify(error),
      inspect(error, { showHidden: true, depth: null }),
    ].join();
    expect(shown).not.toContain("secret");
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: "StreamError",
      message: "The model is overloaded",
      reason: "server",
      code: "503",
      type: "overloaded",
    });
  });

  it("keeps no more than 16,384 characters", () => {
    expect(new StreamError("long", { reason: "server", raw: "x".repeat(20_000) }).raw).toHaveLength(16_384);
  });

  it("blots out keys in the message and in what came", () => {
    const said =
      "Incorrect API key provided: sk-proj-4f9a8b7c6d5e. Header was Bearer rc_live_0123456789abcdef";
    const withKeys = new StreamError(said, { reason: "server", raw: said });
    for (const text of [withKeys.message, withKeys.raw, inspect(withKeys), withKeys.stack]) {
      expect(text).not.toContain("4f9a8b7c6d5e");
      expect(text).not.toContain("0123456789abcdef");
    }
    expect(withKeys.message).toContain("Incorrect API key provided: [redacted]");
  });
});

describe("TimeoutError", () => {
  it.each([
    ["response", "The server did not answer within 5 ms"],
    ["firstEvent", "The stream brought no event within 5 ms"],
    ["idle", "The stream was silent for 5 ms"],
    ["total", "The call was not finished within 5 ms"],
  ] as const)("says which clock ran out: %s", (clock, message) => {
    const error = new TimeoutError({ clock, timeout: 5 });
    expect(error.toJSON()).toEqual({ name: "TimeoutError", message, clock, timeout: 5 });
  });
});

describe("AbortError", () => {
  it("is called AbortError, as everywhere", () => {
    expect(new AbortError(undefined, { cause: "enough" })).toMatchObject({
      name: "AbortError",
      cause: "enough",
    });
  });
});

describe("invalidData", () => {
  it("quotes the beginning and keeps the rest", () => {
    const error = invalidData("Event 3 is not JSON", "<".repeat(1000));
    expect(error.message).toBe(`Event 3 is not JSON: "${"<".repeat(200)}"… (1000 characters)`);
    expect(error.raw).toHaveLength(1000);
    expect(error.reason).toBe("invalid-data");
  });
});
