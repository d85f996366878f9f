import { describe, expect, expectTypeOf, it } from "vitest";
import { begun, delta, text, thinking, tool, transcript, whole } from "../../test/message-transcript.ts";
import { collect, eventResponse, rejection, watchedBody } from "../../test/support.ts";
import { inPieces, pieceSizes, type Typed, typedEvents } from "../../test/typed-events.ts";
import type { UnknownObject } from "../unknown-type.ts";
import { MessageStream } from "./message-stream.ts";
import type { MessageToolUseBlock } from "./message-types.ts";

const body = typedEvents(...transcript);

/** A stream of these events, and the ids of what it reports. */
function open(...events: readonly Typed[]): { stream: MessageStream; quirks: string[] } {
  const quirks: string[] = [];
  const stream = MessageStream.fromResponse(eventResponse(typedEvents(...events)), {
    onQuirk: ({ id }) => quirks.push(id),
  });
  return { stream, quirks };
}

describe("a message, whatever the pieces it comes in", () => {
  it.each(pieceSizes)("of %s bytes: events, text, message", async (size) => {
    const quirks: unknown[] = [];
    const read = (): MessageStream =>
      MessageStream.fromResponse(eventResponse(inPieces(body, size)), {
        onQuirk: (quirk) => quirks.push(quirk),
      });
    const stream = read();
    expect(await collect(stream)).toEqual(transcript);
    expect(await stream.finalMessage()).toEqual(whole);
    expect(await stream.end).toEqual({ reason: "complete" });
    expect(await collect(read().text())).toEqual(["Let me ", "measure – 塩."]);
    expect(await read().finalMessage()).toEqual(whole);
    expect(quirks).toEqual([]);
  });
});

describe("the end", () => {
  it("is message_stop although the connection stays open", async () => {
    const { stream: open } = watchedBody([body], "open");
    const stream = MessageStream.fromResponse(eventResponse(open));
    expect(await stream.finalMessage()).toEqual(whole);
    expect(await stream.end).toEqual({ reason: "complete" });
  });

  it("may be left out after a stop reason (Q7)", async () => {
    const { stream, quirks } = open(...transcript.slice(0, -1));
    expect(await stream.finalMessage()).toEqual(whole);
    expect(await stream.end).toEqual({ reason: "complete" });
    expect(quirks).toEqual(["Q7"]);
  });

  it("of the connection is no harm after a stop reason", async () => {
    const pieces = [typedEvents(...transcript.slice(0, -1))];
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces.shift();
        if (piece === undefined) controller.error(new TypeError("terminated"));
        else controller.enqueue(new TextEncoder().encode(piece));
      },
    });
    expect(await MessageStream.fromResponse(eventResponse(broken)).finalMessage()).toEqual(whole);
  });

  it("before a stop reason is truncated, and no block that was cut off passes for a whole one", async () => {
    const { stream } = open(...transcript.slice(0, 16));
    expect(await rejection(stream.finalMessage())).toMatchObject({
      name: "StreamError",
      reason: "truncated",
      message: expect.stringContaining("no stop reason and no message_stop"),
    });
    const { content, stop_reason } = await stream.finalMessage({ allowTruncated: true });
    expect(stop_reason).toBeNull();
    expect(content[3]).toEqual({
      type: "tool_use",
      id: "toolu_1",
      name: "measure",
      incomplete: true,
      partial_json: '{"depth": {"unit": "fathom", ',
    });
    expect(content.slice(0, 3)).toEqual(whole.content.slice(0, 3));
  });

  it("is never told to be whole by a part of the message", async () => {
    const stop = transcript.findIndex((event) => event.type === "content_block_stop" && event.index === 3);
    for (let count = 0; count < transcript.length - 2; count++) {
      const { stream, quirks } = open(...transcript.slice(0, count));
      const { content } = await stream.finalMessage({ allowTruncated: true });
      expect(await stream.end).toEqual({ reason: "truncated" });
      const calls = content.filter((block) => block.type === "tool_use");
      expect(calls.every((call) => call.incomplete === true)).toBe(count <= stop);
      expect(quirks).toEqual([]);
    }
  });

  it("is not told by a stop reason that is empty (Q16)", async () => {
    const start = { type: "message_start", message: { ...begun, stop_reason: "" } };
    const change = { type: "message_delta", delta: { stop_reason: "" } };
    const { stream, quirks } = open(start, ...text, change);
    await collect(stream);
    expect(await stream.end).toEqual({ reason: "truncated" });
    expect(await stream.finalMessage({ allowTruncated: true })).toMatchObject({ stop_reason: null });
    expect(quirks).toEqual(["Q16", "Q16"]);
  });

  it("within a text leaves what there was of it, marked", async () => {
    const { stream } = open(transcript[0]!, ...text.slice(0, 3));
    const { content } = await stream.finalMessage({ allowTruncated: true });
    expect(content).toEqual([{ type: "text", text: "Let me ", incomplete: true }]);
  });

  it("of nothing but pings is truncated", async () => {
    const { stream } = open({ type: "ping" }, { type: "ping" });
    expect(await collect(stream)).toHaveLength(2);
    expect(await stream.end).toEqual({ reason: "truncated" });
    const empty = await stream.finalMessage({ allowTruncated: true });
    expect(empty).toMatchObject({ id: "", role: "assistant", content: [], stop_reason: null });
  });

  it("is an error in the server's words, after what came before", async () => {
    const error = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } };
    const { stream, quirks } = open(...transcript.slice(0, 11), error);
    const thrown = await rejection(stream.finalMessage());
    expect(thrown).toMatchObject({
      name: "StreamError",
      reason: "server",
      type: "overloaded_error",
      message: "Overloaded",
    });
    expect(await stream.end).toEqual({ reason: "error", error: thrown });
    expect(stream.currentMessage().content[2]).toEqual({ type: "text", text: "Let me ", incomplete: true });
    expect(quirks).toEqual([]);
  });
});

describe("a tool's input", () => {
  const limit = { type: "message_delta", delta: { stop_reason: "max_tokens" } };

  it.each([
    ["in its midst", tool.slice(0, 3), '{"depth": {"unit": "fathom", '],
    ["before it began", tool.slice(0, 1), ""],
  ])("that the token limit cut off %s is incomplete", async (_name, events, partial) => {
    const { stream, quirks } = open(transcript[0]!, ...events, tool.at(-1)!, limit, { type: "message_stop" });
    const { content } = await stream.finalMessage();
    expect(content).toEqual([
      { type: "tool_use", id: "toolu_1", name: "measure", incomplete: true, partial_json: partial },
    ]);
    expect(quirks).toEqual([]);
  });

  it("that is none is an empty object, also before a block that was cut off", async () => {
    const { stream } = open(
      transcript[0]!,
      ...tool.slice(0, 2),
      tool.at(-1)!,
      ...tool.slice(0, 2).map(later),
      limit,
      {
        type: "message_stop",
      },
    );
    const { content } = await stream.finalMessage();
    expect(content).toMatchObject([{ input: {} }, { incomplete: true, partial_json: "" }]);
  });

  it("that can't be read although the message stops for it is incomplete (Q18)", async () => {
    const cut = transcript.filter((event) => !JSON.stringify(event).includes("value"));
    const { stream, quirks } = open(...cut);
    expect((await stream.finalMessage()).content[3]).toMatchObject({ incomplete: true });
    expect(quirks).toEqual(["Q18"]);
  });

  it.each(["{", "["])("that is nested too deeply ends the stream, and stays text: %s", async (bracket) => {
    const deep =
      bracket === "["
        ? `{"a":${"[".repeat(1e5)}${"]".repeat(1e5)}}`
        : `${'{"a":'.repeat(1e5)}1${"}".repeat(1e5)}`;
    const piece = delta(3, { type: "input_json_delta", partial_json: deep });
    const { stream } = open(transcript[0]!, tool[0]!, piece, ...transcript.slice(-4));
    expect(await rejection(stream.finalMessage())).toMatchObject({
      name: "StreamError",
      reason: "too-large",
    });
    expect(stream.currentMessage().content).toMatchObject([{ incomplete: true, partial_json: deep }]);
  });

  it("is typed as there or not there", async () => {
    const block = (await open(...transcript).stream.finalMessage()).content[3]!;
    if (block.type !== "tool_use" || block.incomplete) throw new Error("cut off");
    expectTypeOf(block).toEqualTypeOf<MessageToolUseBlock>();
    expect(block.input).toEqual({ depth: { unit: "fathom", value: 3 } });
  });
});

/** The same event, of the next block. */
function later(event: Typed): Typed {
  return { ...event, index: (event.index as number) + 1 };
}

describe("types", () => {
  it("narrow by the type of the event, and leave the unknown ones", async () => {
    const seen: string[] = [];
    const { stream } = open({ type: "new" }, ...transcript);
    for await (const event of stream) {
      switch (event.type) {
        case "content_block_delta":
          if (event.delta.type === "text_delta") seen.push(event.delta.text);
          break;
        case "message_start":
        case "message_delta":
        case "message_stop":
        case "content_block_start":
        case "content_block_stop":
        case "ping":
          break;
        default:
          expectTypeOf(event).toEqualTypeOf<UnknownObject>();
          seen.push(event.type);
      }
    }
    expect(seen).toEqual(["new", "Let me ", "measure – 塩."]);
  });
});

describe("tolerance", () => {
  it("takes one body for a stream (Q10)", async () => {
    const init = { headers: { "content-type": "application/json" } };
    const quirks: string[] = [];
    const read = (): MessageStream =>
      MessageStream.fromResponse(eventResponse(JSON.stringify(whole), init), {
        onQuirk: ({ id }) => quirks.push(id),
      });
    const stream = read();
    expect(await stream.finalMessage()).toEqual(whole);
    expect(await stream.end).toEqual({ reason: "complete" });
    expect(quirks).toEqual(["Q10"]);
    expect(await collect(read().text())).toEqual(["Let me measure – 塩."]);
  });

  it("orders blocks by their numbers, whatever order they come in", async () => {
    const start = { type: "message_start", message: begun };
    const end = transcript.slice(-2);
    const { stream, quirks } = open(
      start,
      ...text,
      ...thinking,
      ...tool.map((event) => ({ ...event, index: 4e9 })),
      ...end,
    );
    const { content } = await stream.finalMessage();
    expect(content).toEqual([whole.content[0], whole.content[2], whole.content[3]]);
    expect(quirks).toEqual([]);
  });

  it("takes blocks without numbers in the order they come (Q45)", async () => {
    const { stream, quirks } = open(...transcript.map(({ index: _, ...event }) => event as Typed));
    expect(await stream.finalMessage()).toEqual(whole);
    expect(quirks).toEqual(["Q45"]);
  });

  it("takes a block for whole that was never stopped when the message was (Q45)", async () => {
    const { stream, quirks } = open(...transcript.filter(({ type }) => type !== "content_block_stop"));
    expect(await stream.finalMessage()).toEqual(whole);
    expect(new Set(quirks)).toEqual(new Set(["Q45"]));
  });

  it("reports a last event before a stop reason (Q7)", async () => {
    const { stream, quirks } = open(transcript[0]!, ...text, { type: "message_stop" });
    expect((await stream.finalMessage()).stop_reason).toBeNull();
    expect(quirks).toEqual(["Q7"]);
  });

  it("keeps events, blocks and deltas it does not know", async () => {
    const unknown: Typed[] = [
      { type: "weather", wind: 7 },
      { type: "content_block_start", index: 4, content_block: { type: "compaction", content: null, own: 1 } },
      delta(4, { type: "compaction_delta", content: "What was " }),
      delta(4, { type: "compaction_delta", content: "said." }),
      { type: "content_block_stop", index: 4 },
      { type: "message_delta", delta: { container: { id: "c" } }, context: { edits: [] } },
    ];
    const { stream } = open(...transcript.slice(0, -1), ...unknown, transcript.at(-1)!);
    expect(await collect(stream)).toEqual([...transcript.slice(0, -1), ...unknown, transcript.at(-1)]);
    expect(await stream.finalMessage()).toEqual({
      ...whole,
      content: [...whole.content, { type: "compaction", content: "What was said.", own: 1 }],
      container: { id: "c" },
      context: { edits: [] },
    });
  });

  it("pollutes no prototype", async () => {
    const hostile = '{"type":"text","text":"a","__proto__":{"polluted":1}}';
    const events = [
      `{"type":"message_start","message":{"__proto__":{"polluted":1},"constructor":{"x":1},"usage":{"__proto__":{"polluted":1}}}}`,
      `{"type":"content_block_start","index":"__proto__","content_block":${hostile}}`,
      `{"type":"content_block_delta","index":0,"delta":{"type":"x_delta","__proto__":{"polluted":1}}}`,
      `{"type":"message_delta","delta":{"stop_reason":"end_turn","__proto__":{"polluted":1}}}`,
    ];
    const stream = MessageStream.fromResponse(
      eventResponse(events.map((data) => `data: ${data}\n\n`).join("")),
    );
    const message = await stream.finalMessage();
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(message)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(message.usage)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(message.content[0])).toBe(Object.prototype);
  });
});
