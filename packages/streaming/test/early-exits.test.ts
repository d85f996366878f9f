import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import {
  ChatCompletionStream,
  EventStream,
  MessageStream,
  parseJsonLines,
  parseServerSentEvents,
  ResponseStream,
  ServerSentEventParserStream,
  type StreamEnd,
} from "../src/index.ts";
import { chunk, eventResponse, events, watchedBody } from "./support.ts";

interface Stream extends AsyncIterable<unknown>, AsyncDisposable {
  readonly end: Promise<StreamEnd>;
  abort(reason?: unknown): void;
}

type Open = (response: Response, signal: AbortSignal) => Stream;

/** Every kind of stream, and an item it can begin with. */
const kinds: [name: string, open: Open, item: object][] = [
  [
    "chat",
    (response, signal) => ChatCompletionStream.fromResponse(response, { signal }),
    chunk({ content: "a" }),
  ],
  ["responses", (response, signal) => ResponseStream.fromResponse(response, { signal }), { type: "x" }],
  ["messages", (response, signal) => MessageStream.fromResponse(response, { signal }), { type: "ping" }],
  ["events", (response, signal) => EventStream.fromResponse(response, { signal }), { n: 1 }],
];

type Leave = (stream: Stream) => Promise<unknown>;

async function readAll(stream: Stream): Promise<void> {
  for await (const _ of stream);
}

/** The ways a stream is left. */
const ways: Record<string, Leave> = {
  async break(stream) {
    for await (const _ of stream) break;
  },
  async return(stream) {
    const items = stream[Symbol.asyncIterator]();
    await items.next();
    await items.return?.();
  },
  async "return, unread"(stream) {
    await stream[Symbol.asyncIterator]().return?.();
  },
  async throw(stream) {
    await expect(
      (async () => {
        for await (const _ of stream) throw new Error("the consumer's own");
      })(),
    ).rejects.toThrow("the consumer's own");
  },
  async "throw()"(stream) {
    const items = stream[Symbol.asyncIterator]() as AsyncGenerator<unknown>;
    await items.next();
    await expect(items.throw(new Error("into it"))).rejects.toThrow("into it");
  },
  async abort(stream) {
    stream.abort();
  },
  async "abort in the loop"(stream) {
    const items = stream[Symbol.asyncIterator]();
    await items.next();
    const waiting = items.next();
    stream.abort();
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  },
  async "await using"(stream) {
    await using used = stream;
    await used[Symbol.asyncIterator]().next();
  },
};

describe.each(kinds)("a stream of %s", (_, open, item) => {
  it.each(Object.entries(ways))(
    "left by %s a thousand times leaves no body open and no listener",
    async (_, leave) => {
      const { signal } = new AbortController();
      for (let count = 0; count < 1000; count++) {
        const body = watchedBody([events(item)], "open");
        const stream = open(eventResponse(body.stream), signal);
        await leave(stream);
        expect((await stream.end).reason).toBe("aborted");
        expect(body.isCancelled).toBe(true);
      }
      expect(getEventListeners(signal, "abort")).toEqual([]);
    },
  );

  it.each([
    ["complete or truncated", ""],
    ["an error", "data: oops\n\n"],
  ])("that came to its own end leaves no listener: %s", async (_, last) => {
    const { signal } = new AbortController();
    const stream = open(eventResponse(events(item) + last), signal);
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    await readAll(stream).catch(() => {});
    await stream.end;
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("whose signal ends it leaves no listener and no body", async () => {
    const controller = new AbortController();
    const body = watchedBody([events(item)], "open");
    const stream = open(eventResponse(body.stream), controller.signal);
    const reading = readAll(stream);
    controller.abort("enough");
    await expect(reading).rejects.toMatchObject({ name: "AbortError", cause: "enough" });
    expect(body.isCancelled).toBe(true);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  it("opened under a signal that is aborted already is over at once", async () => {
    const body = watchedBody([events(item)], "open");
    const signal = AbortSignal.abort("too late");
    const stream = open(eventResponse(body.stream), signal);
    await expect(readAll(stream)).rejects.toMatchObject({ name: "AbortError", cause: "too late" });
    expect(body.isCancelled).toBe(true);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

describe("what has no signal", () => {
  it.each([
    ["parseServerSentEvents", (body: ReadableStream<Uint8Array>) => parseServerSentEvents(body)],
    ["parseJsonLines", (body: ReadableStream<Uint8Array>) => parseJsonLines(body)],
    [
      "ServerSentEventParserStream",
      (body: ReadableStream<Uint8Array>) => body.pipeThrough(new ServerSentEventParserStream()),
    ],
  ])("lets its body go when it is left: %s", async (_, open) => {
    for (let count = 0; count < 100; count++) {
      const body = watchedBody(["data: 1\n\n", "1\n", "data: 2\n\n"], "open");
      const items: AsyncIterable<unknown> = open(body.stream);
      await (async () => {
        for await (const _ of items) break;
      })().catch(() => {});
      expect(body.isCancelled).toBe(true);
    }
  });
});
