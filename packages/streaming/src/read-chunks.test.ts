import { describe, expect, it } from "vitest";
import { begin, choice, openChat, piece } from "../test/chat-support.ts";
import { chunk, collect, events, rejection, toBytes, watchedBody } from "../test/support.ts";
import { collectCompletion, readChunks } from "./read-chunks.ts";

const conversation = [
  chunk({ role: "assistant", content: "", reasoning_content: "Hm" }),
  chunk({ content: "Ahoy" }),
  choice(1, { tool_calls: [begin(0, "call_1", "tide")] }),
  choice(1, { tool_calls: [piece(0, '{"port":"Bergen"}')] }),
  choice(1, {}, "tool_calls"),
  chunk({}, "stop", { usage: { total_tokens: 3 } }),
];

function read(...values: readonly unknown[]): AsyncGenerator<object> {
  return readChunks(watchedBody([events(...values)]).stream);
}

describe("readChunks", () => {
  it("gives the chunks up to the marker, and closes the body", async () => {
    const body = watchedBody([events(...conversation, "[DONE]"), "data: more\n\n"], "open");
    expect(await collect(readChunks(body.stream))).toEqual(conversation);
    expect(body.isCancelled).toBe(true);
  });

  it("needs no marker after a finish reason", async () => {
    expect(await collect(read(...conversation))).toHaveLength(6);
  });

  it.each([
    ["truncated", "before the answer did", [conversation[0]]],
    ["truncated", "before the answer did", []],
    ["server", "Too busy", [{ error: { message: "Too busy" } }]],
    ["server", "Too busy", ['{"message":"Too busy"}\nevent: error']],
    ["server", "Too busy", ["Too busy\nevent: error"]],
    ["too-large", "512 levels", [`{"choices":[],"x":${"[".repeat(200_000)}${"]".repeat(200_000)}}`]],
    ["invalid-data", "no chunk", ["{"]],
    ["invalid-data", "no chunk", [{ choices: [{ index: 0 }] }]],
    ["invalid-data", "no chunk", ['""']],
  ])("throws %s: %s", async (reason, message, values) => {
    expect(await rejection(collect(read(...values)))).toMatchObject({
      name: "StreamError",
      reason,
      message: expect.stringContaining(message),
    });
  });

  it("throws when an event is too large, and gives the body up", async () => {
    const body = watchedBody([events(chunk({ content: "a".repeat(1000) }))], "open");
    const chunks = readChunks(body.stream, { maxEventBytes: 1000 });
    expect(await rejection(collect(chunks))).toMatchObject({ reason: "too-large" });
    expect(body.isCancelled).toBe(true);
  });

  it("gives the body up when it is left, also while it waits", async () => {
    const body = watchedBody([events(conversation[0])], "open");
    const chunks = readChunks(body.stream);
    await chunks.next();
    const waiting = chunks.next();
    await chunks.return(undefined);
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(body.isCancelled).toBe(true);
  });

  it("reads what toReadableStream makes", async () => {
    const carried = openChat(...conversation, "[DONE]").toReadableStream();
    expect(await collectCompletion(readChunks(carried))).toEqual(
      await openChat(...conversation, "[DONE]").finalCompletion(),
    );
  });
});

describe("collectCompletion", () => {
  it("makes of chunks what a stream of them does", async () => {
    const expected = await openChat(...conversation, "[DONE]").finalCompletion();
    expect(await collectCompletion(read(...conversation, "[DONE]"))).toEqual(expected);
    expect(await collectCompletion(await collect(read(...conversation, "[DONE]")))).toEqual(expected);
    async function* iterable(): AsyncGenerator<Uint8Array> {
      yield toBytes(events(...conversation, "[DONE]"));
    }
    expect(await collectCompletion(readChunks(iterable()))).toEqual(expected);
  });

  it("passes over chunks without choices", async () => {
    const chunks = [{}, { choices: null, usage: { total_tokens: 1 } }, chunk({ content: "a" }, "stop")];
    expect(await collectCompletion(chunks)).toMatchObject({
      usage: { total_tokens: 1 },
      choices: [{ message: { content: "a" } }],
    });
  });
});
