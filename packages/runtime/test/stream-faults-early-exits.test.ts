import { getEventListeners } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ChatCompletionStream, type Operation } from "../src/index.ts";
import { clientAt, createShip } from "./service.ts";

const chat: Operation = {
  ...createShip,
  id: "createChat",
  outcomes: [{ status: "200", kind: "stream", mediaType: "text/event-stream" }],
  stream: { mode: "always", framing: "server-sent-events", item: "payload", type: ChatCompletionStream },
};

const word = { choices: [{ index: 0, delta: { role: "assistant", content: "Ahoy" }, finish_reason: null }] };

/** The connections that carry an answer. Node opens others ahead, in place of those that are closed. */
const inUse = new Set<Socket>();

/** Begins every answer, and ends none. */
const server = createServer(({ socket }, response) => {
  inUse.add(socket);
  socket.once("close", () => inUse.delete(socket));
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(`data: ${JSON.stringify(word)}\n\n`);
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

type Leave = (stream: ChatCompletionStream) => Promise<unknown>;

/** The ways a stream is left before its end. */
const ways: Record<string, Leave> = {
  async "a break"(stream) {
    for await (const _ of stream) break;
  },
  async "a break among the events"(stream) {
    for await (const _ of stream.events()) break;
  },
  async "a break in the text"(stream) {
    for await (const _ of stream.text()) break;
  },
  async "a return"(stream) {
    const chunks = stream[Symbol.asyncIterator]();
    await chunks.next();
    await chunks.return(undefined);
  },
  async "a throw"(stream) {
    const failure = new Error("the consumer's own");
    const loop = async (): Promise<void> => {
      for await (const _ of stream) throw failure;
    };
    await expect(loop()).rejects.toBe(failure);
  },
  async "abort() before anything is read"(stream) {
    stream.abort();
  },
  async "abort() while a chunk is waited for"(stream) {
    const chunks = stream[Symbol.asyncIterator]();
    await chunks.next();
    const waiting = chunks.next();
    stream.abort("enough");
    await expect(waiting).rejects.toMatchObject({ name: "AbortError", cause: "enough" });
  },
  async "abort() while the completion is waited for"(stream) {
    const waiting = stream.finalCompletion();
    stream.abort();
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  },
  async "await using"(stream) {
    await using used = stream;
    await used[Symbol.asyncIterator]().next();
  },
  async "await using, unread"(stream) {
    await using _ = stream;
  },
  async "the bytes made of it, cancelled"(stream) {
    const reader = stream.toReadableStream().getReader();
    await reader.read();
    await reader.cancel();
  },
  async "both its branches, left"(stream) {
    for (const branch of stream.tee()) for await (const _ of branch) break;
  },
};

/** Opens so many streams under one signal, a few at a time, and leaves each. */
async function leaveMany(signal: AbortSignal, count: number, ways: readonly Leave[]): Promise<void> {
  const { port } = server.address() as AddressInfo;
  const client = clientAt(`http://127.0.0.1:${port}`);
  let left = 0;
  const worker = async (): Promise<void> => {
    while (left < count) {
      const leave = ways[left++ % ways.length]!;
      const stream = await client.request<ChatCompletionStream>(chat, { body: {} }, { signal });
      await leave(stream);
      expect(await stream.end).toMatchObject({ reason: "aborted" });
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

/** Waits until no connection carries an answer; the test's time limit is the limit. */
async function untilDisconnected(): Promise<void> {
  while (inUse.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
}

test.each(Object.entries(ways))("left by %s, a stream leaves nothing behind", async (_, leave) => {
  const { signal } = new AbortController();
  await leaveMany(signal, 10, [leave]);
  expect(getEventListeners(signal, "abort")).toEqual([]);
  await untilDisconnected();
});

test("a thousand streams left in all ways leave no socket open and no listener on their signal", async () => {
  const { signal } = new AbortController();
  await leaveMany(signal, 1000, Object.values(ways));
  expect(getEventListeners(signal, "abort")).toEqual([]);
  await untilDisconnected();
}, 60_000);

test("a signal that ends a hundred streams at once leaves nothing behind either", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const { port } = server.address() as AddressInfo;
  const client = clientAt(`http://127.0.0.1:${port}`);
  const streams = await Promise.all(
    Array.from({ length: 100 }, () => client.request<ChatCompletionStream>(chat, { body: {} }, { signal })),
  );
  const readers = streams.map((stream) => stream.finalCompletion().catch((error: unknown) => error));
  controller.abort("closing time");
  for (const error of await Promise.all(readers)) {
    expect(error).toMatchObject({ name: "AbortError", cause: "closing time" });
  }
  expect(getEventListeners(signal, "abort")).toEqual([]);
  await untilDisconnected();
});
