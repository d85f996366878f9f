import { describe, expect, expectTypeOf, it } from "vitest";
import { chunk, collect, eventResponse, events, rejection, toBytes, watchedBody } from "../test/support.ts";
import { ChatCompletionStream } from "./chat-completion-stream.ts";
import type { ChatCompletion, ChatCompletionChunk } from "./chat-types.ts";
import type { StreamOptions } from "./stream-options.ts";

const hello = [
  chunk({ role: "assistant", content: "" }),
  chunk({ content: "Hel" }),
  chunk({ content: "lo" }),
];
const whole = [...hello, chunk({}, "stop"), "[DONE]"];

/** Reads a body to its end: the completion or the error, how it ended, and what was reported. */
async function read(body: string, options: StreamOptions = {}, init: ResponseInit = {}): Promise<unknown> {
  const quirks: string[] = [];
  const stream = ChatCompletionStream.fromResponse(eventResponse(body, init), {
    ...options,
    onQuirk: (quirk) => quirks.push(quirk.id),
  });
  const content = await stream.finalCompletion().then(
    (completion) => completion.choices[0]?.message.content,
    (error: unknown) => error,
  );
  return { content, end: (await stream.end).reason, quirks };
}

describe("views", () => {
  it("chunks, then the completion they make", async () => {
    const stream = ChatCompletionStream.fromResponse(eventResponse(events(...whole)));
    expect(await collect(stream)).toEqual(whole.slice(0, -1));
    expect((await stream.finalCompletion()).choices).toEqual([
      {
        index: 0,
        message: { role: "assistant", content: "Hello", refusal: null },
        finish_reason: "stop",
        logprobs: null,
      },
    ]);
    expect(await stream.end).toEqual({ reason: "complete" });
  });

  it("text of the first answer only, without empty pieces", async () => {
    const other = {
      ...chunk({}),
      choices: [{ index: 1, delta: { content: "other" }, finish_reason: "stop" }],
    };
    const stream = ChatCompletionStream.fromResponse(
      eventResponse(events(hello[0], hello[1], other, ...whole.slice(2))),
    );
    expect(await collect(stream.text())).toEqual(["Hel", "lo"]);
  });

  it("text left early cancels the request", async () => {
    const body = watchedBody([events(...hello)], "open");
    const stream = ChatCompletionStream.fromResponse(eventResponse(body.stream));
    for await (const text of stream.text()) {
      expect(text).toBe("Hel");
      break;
    }
    expect(body.isCancelled).toBe(true);
    expect(await rejection(stream.finalCompletion())).toMatchObject({ name: "AbortError" });
    expect(stream.currentCompletion().choices[0]?.message.content).toBe("Hel");
  });

  it("the completion alone, as often as it is asked for", async () => {
    const stream = ChatCompletionStream.fromResponse(eventResponse(events(...whole)));
    const [one, two] = await Promise.all([stream.finalCompletion(), stream.finalCompletion()]);
    expect(one.choices[0]?.message.content).toBe("Hello");
    expect(two).toEqual(one);
  });

  it("the completion asked for inside of the loop, which then goes on", async () => {
    const stream = ChatCompletionStream.fromResponse(eventResponse(events(...whole)));
    const texts: unknown[] = [];
    for await (const { choices } of stream) {
      texts.push(choices[0]?.delta.content);
      if (texts.length === 1) {
        expect((await stream.finalCompletion()).choices[0]?.message.content).toBe("Hello");
      }
    }
    expect(texts).toEqual(["", "Hel", "lo", undefined]);
  });

  it("the completion asked for while a chunk is being waited for", async () => {
    const body = watchedBody(whole.map((value) => events(value)));
    const stream = ChatCompletionStream.fromResponse(eventResponse(body.stream));
    const chunks = stream[Symbol.asyncIterator]();
    const waiting = chunks.next();
    const final = stream.finalCompletion();
    expect((await waiting).value).toEqual(whole[0]);
    expect((await chunks.next()).value).toEqual(whole[1]);
    expect((await final).choices[0]?.message.content).toBe("Hello");
    expect((await chunks.next()).value).toEqual(whole[2]);
  });

  it("are typed by the document's own types", () => {
    interface OwnChunk {
      id: string;
      choices?: { delta?: { content?: string } }[];
      own: number;
    }
    const stream = ChatCompletionStream.fromResponse<OwnChunk, { own: string }>(
      eventResponse(events(...whole)),
    );
    expectTypeOf(stream).toExtend<AsyncIterable<OwnChunk>>();
    expectTypeOf(stream.finalCompletion()).resolves.toEqualTypeOf<{ own: string }>();
    const plain = ChatCompletionStream.fromResponse(eventResponse(events(...whole)));
    expectTypeOf(plain).toExtend<AsyncIterable<ChatCompletionChunk>>();
    expectTypeOf(plain.finalCompletion()).resolves.toEqualTypeOf<ChatCompletion>();
  });
});

describe("the end", () => {
  it.each<[string, string, object]>([
    ["marker and finish reason", events(...whole), { content: "Hello", end: "complete", quirks: [] }],
    [
      "a marker without a finish reason",
      events(...hello, "[DONE]"),
      { content: "Hello", end: "complete", quirks: ["Q7"] },
    ],
    [
      "a finish reason without a marker",
      events(...whole.slice(0, -1)),
      { content: "Hello", end: "complete", quirks: ["Q7"] },
    ],
    [
      "neither",
      events(...hello),
      { content: expect.objectContaining({ reason: "truncated" }), end: "truncated", quirks: [] },
    ],
    [
      "nothing at all",
      "",
      { content: expect.objectContaining({ reason: "truncated" }), end: "truncated", quirks: [] },
    ],
    [
      "comments only",
      ": ping\n\n: ping\n\n",
      { content: expect.objectContaining({ reason: "truncated" }), end: "truncated", quirks: [] },
    ],
    [
      "a marker the body ends within",
      `${events(...whole.slice(0, -1))}data: [DONE]`,
      { content: "Hello", end: "complete", quirks: [] },
    ],
    [
      "one of two answers without a finish reason",
      events(...whole.slice(0, -1), {
        ...chunk({}),
        choices: [{ index: 1, delta: {}, finish_reason: null }],
      }),
      { content: expect.objectContaining({ reason: "truncated" }), end: "truncated", quirks: [] },
    ],
    [
      "an event that is cut off",
      `${events(...hello)}data: {"choices":[{"ind`,
      { content: expect.objectContaining({ reason: "truncated" }), end: "truncated", quirks: ["Q7"] },
    ],
  ])("%s", async (_name, body, expected) => {
    expect(await read(body)).toEqual(expected);
  });

  it("uses the last chunk although no blank line ends it, with its usage", async () => {
    const last = JSON.stringify({ choices: [], usage: { total_tokens: 9 } });
    const stream = ChatCompletionStream.fromResponse(
      eventResponse(`${events(...whole.slice(0, -1))}data: ${last}`),
    );
    expect((await stream.finalCompletion()).usage).toEqual({ total_tokens: 9 });
  });

  it("gives what there is of a truncated answer when asked to", async () => {
    const stream = ChatCompletionStream.fromResponse(eventResponse(events(...hello)));
    const completion = await stream.finalCompletion({ allowTruncated: true });
    expect(completion.choices[0]).toMatchObject({ message: { content: "Hello" }, finish_reason: null });
  });

  it.each([
    [
      "after the finish reason is complete",
      whole.slice(0, -1),
      { content: "Hello", end: "complete", quirks: ["Q7"] },
    ],
    [
      "before it is an error",
      hello,
      { content: expect.objectContaining({ reason: "connection" }), end: "error", quirks: [] },
    ],
  ])("of the connection %s", async (_name, chunks, expected) => {
    const pieces = [toBytes(events(...chunks))];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces.shift();
        if (piece) controller.enqueue(piece);
        else controller.error(new TypeError("terminated"));
      },
    });
    expect(await read(body as unknown as string)).toEqual(expected);
  });

  it("may be marked in another way", async () => {
    expect(await read(events(...whole.slice(0, -1), "[END]"), { sentinel: "[END]" })).toMatchObject({
      quirks: [],
    });
  });
});

describe("errors", () => {
  it.each([
    ["an error frame", events(...hello, { error: { message: "Too busy", code: 503 } }), "Too busy", "503"],
    [
      "with choices beside it",
      events(...hello, chunk({}, "error", { error: { message: "Too busy", code: 503 } })),
      "Too busy",
      "503",
    ],
    ["as text", events(...hello, { error: "Too busy" }), "Too busy", undefined],
    [
      "event: error",
      `${events(...hello)}event: error\ndata: {"error":{"message":"Too busy"}}\n\n`,
      "Too busy",
      undefined,
    ],
    [
      "a field of its own",
      `${events(...hello)}error: {"code":503,"message":"Too busy"}\n\n`,
      "Too busy",
      "503",
    ],
  ])("of the server: %s", async (_name, body, message, code) => {
    const expected = { name: "StreamError", reason: "server", message, code };
    expect(await read(body)).toEqual({
      content: expect.objectContaining(expected),
      end: "error",
      quirks: ["Q39"],
    });
  });

  it("keep what came before them", async () => {
    const stream = ChatCompletionStream.fromResponse(eventResponse(events(...hello, { error: "Too busy" })));
    expect(await rejection(collect(stream.text()))).toMatchObject({ message: "Too busy" });
    expect(stream.currentCompletion().choices[0]?.message.content).toBe("Hello");
  });

  it("of another status are in the server's words", async () => {
    const response = eventResponse('{"error":{"message":"No such key","type":"auth"}}', {
      status: 401,
      headers: { "content-type": "application/json" },
    });
    expect(await rejection(ChatCompletionStream.fromResponse(response).finalCompletion())).toMatchObject({
      message: "The server answered 401: No such key",
      type: "auth",
    });
  });

  it("quote data that is not JSON", async () => {
    expect(await read(events(...hello, "oops"))).toMatchObject({
      content: { reason: "invalid-data", message: 'Event 4 is not JSON: "oops"' },
    });
  });
});

describe("tolerance", () => {
  it("reads what has no space, other line ends, keep-alives and comments", async () => {
    const body = events(...whole)
      .replaceAll("data: ", "data:")
      .replaceAll(
        "\n\n",
        '\r\n\r\n: PROCESSING\r\n\r\ndata: : keepalive\r\rdata: ""\r\nevent: ping\ndata: {}\n\nevent: ping\n\n',
      );
    expect(await read(body)).toEqual({ content: "Hello", end: "complete", quirks: ["Q3", "Q4"] });
  });

  it("takes a whole completion instead of a stream", async () => {
    const body = JSON.stringify({
      id: "1",
      object: "chat.completion",
      choices: [{ index: 0, message: { role: "assistant", content: "Hello" }, finish_reason: "stop" }],
    });
    const headers = { "content-type": "application/json" };
    expect(await read(body, {}, { headers })).toEqual({ content: "Hello", end: "complete", quirks: ["Q10"] });
  });

  it("turns into errors when it is not wanted", async () => {
    const tool = { index: 0, id: "a", function: { name: "f", arguments: "{}" } };
    const body = events(chunk({ tool_calls: [tool] }), chunk({}, "tool_calls"), "[DONE]");
    expect(await read(body)).toMatchObject({ end: "complete", quirks: ["Q29"] });
    expect(await read(body, { strict: true })).toMatchObject({
      content: { name: "StreamError", reason: "quirk", code: "Q29" },
      end: "error",
    });
    expect(await read(events(...whole), { strict: true })).toMatchObject({ content: "Hello", quirks: [] });
  });

  it("does not hide the server's error when it is not wanted", async () => {
    expect(await read(events({ error: "Too busy" }), { strict: true })).toMatchObject({
      content: { reason: "server", message: "Too busy" },
    });
  });
});
