import { describe, expect, it } from "vitest";
import { defineTool } from "../src/index.ts";
import { answerTo, throwing } from "./support.ts";

describe("the model is told", () => {
  it("what a map, a set or an error that a tool gives has in it", async () => {
    const give = (output: unknown) => defineTool({ name: "weather", execute: () => output });
    const answer = (output: unknown) => answerTo({ name: "weather" }, [give(output)]);
    expect(await answer(new Map([["Oslo", 7]]))).toBe('[["Oslo",7]]');
    expect(await answer({ seen: new Set([1]) })).toBe('{"seen":[1]}');
    expect(await answer(new RangeError("too far"))).toBe("RangeError: too far");
    expect(await answer(new Error("for Bearer sk-proj-abcdefghijklmnop1234"))).not.toContain("abcdefgh");
    const mute = Object.assign(new Error(), { toString: () => Symbol("no text") });
    expect(await answer(mute)).toBe("(done; its output can't be said as JSON)");
  });

  it("nothing of a character that was cut in two, for which servers refuse a request", async () => {
    const cut = defineTool({ name: "weather", execute: () => "☀️🌊".slice(0, 3) });
    expect(await answerTo({ name: "weather" }, [cut])).toBe("☀️\ufffd");
    const long = throwing(new Error(`${"x".repeat(3_999)}🌊${"x".repeat(9)}`));
    expect(await answerTo({ name: "weather" }, [long])).not.toMatch(/\p{Surrogate}/u);
    const whole = defineTool({ name: "weather", execute: () => "🌊" });
    expect(await answerTo({ name: "weather" }, [whole])).toBe("🌊");
  });

  it("that a tool failed whose error can't even be looked at", async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const answer = await answerTo({ name: "weather" }, [throwing(proxy)]);
    expect(answer).toBe("The tool weather failed: what it threw can't be shown");
  });
});
