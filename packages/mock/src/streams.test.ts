import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, expect, test } from "vitest";
import { documentAnswering, question, rawChat, runcrate, send } from "../test/helpers.ts";
import { createMockServer } from "./create-mock-server.ts";

const server = await createMockServer(runcrate);
afterAll(() => server.close());
beforeEach(() => server.reset());

const transcript = await readFile(
  fileURLToPath(new URL("../../../openapi/runcrate/transcripts/chat-plain.sse.txt", import.meta.url)),
);

const stream = (prefer: string) =>
  send(server, "POST", "/chat/completions", { body: { ...question, stream: true }, prefer });

test("a transcript is sent as it stands, one chunk per event", async () => {
  const { head, chunks, isComplete } = await rawChat(server);
  expect(head).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  expect(head).toMatch(/content-type: text\/event-stream\r\n/);
  expect(Buffer.concat(chunks)).toEqual(transcript);
  expect(chunks.map(String)).toEqual(transcript.toString().match(/[\s\S]*?\n\n/g));
  expect(isComplete).toBe(true);
});

test("it can be cut into pieces of any size", async () => {
  const { chunks, isComplete } = await rawChat(server, "chunk-size=7");
  expect(new Set(chunks.slice(0, -1).map(({ length }) => length))).toEqual(new Set([7]));
  expect(Buffer.concat(chunks)).toEqual(transcript);
  expect(isComplete).toBe(true);
});

test("pieces can fall into the middle of a character", async () => {
  const document = documentAnswering({
    200: { description: "", content: { "text/event-stream": { example: "data: é\n\n" } } },
  });
  await using small = await createMockServer({ document, chunkSize: 1 });
  const response = await send(small, "GET", "/thing");
  expect(await response.text()).toBe("data: é\n\n");
});

test("pauses between pieces and before the headers lose nothing", async () => {
  const response = await stream("delay=1, latency=1");
  expect(Buffer.from(await response.arrayBuffer())).toEqual(transcript);
});

test("it can break off with the connection", async () => {
  const { chunks, isComplete } = await rawChat(server, "cut=100");
  expect(Buffer.concat(chunks)).toEqual(transcript.subarray(0, 100));
  expect(isComplete).toBe(false);
  const response = await stream("cut=100");
  await expect(response.text()).rejects.toThrow();
  expect(await server.requests.at(-1)?.answer).toEqual({ status: 200, outcome: "cut" });
});

test("it can break off before its first byte", async () => {
  const { head, chunks, isComplete } = await rawChat(server, "cut=0");
  expect(head).toMatch(/^HTTP\/1.1 200/);
  expect([chunks, isComplete]).toEqual([[], false]);
});

test("it can end early as if it were whole", async () => {
  const { chunks, isComplete } = await rawChat(server, "end=100, chunk-size=30");
  expect(chunks.map(({ length }) => length)).toEqual([30, 30, 30, 10]);
  expect(isComplete).toBe(true);
});

test("it can go silent until the client leaves", async () => {
  const response = await stream("stall=100");
  const reader = response.body!.getReader();
  let length = 0;
  while (length < 100) length += (await reader.read()).value?.length ?? 0;
  expect(length).toBe(100);
  const { answer } = server.requests.at(-1)!;
  expect(
    await Promise.race([answer, reader.read(), new Promise((resolve) => setTimeout(resolve, 50, "silent"))]),
  ).toBe("silent");
  await reader.cancel();
  expect(await answer).toEqual({ status: 200, outcome: "client left" });
});

test("it can stay open after its last byte", async () => {
  const response = await stream("keep-open");
  const reader = response.body!.getReader();
  let length = 0;
  while (length < transcript.length) length += (await reader.read()).value?.length ?? 0;
  const { answer } = server.requests.at(-1)!;
  expect(
    await Promise.race([answer, reader.read(), new Promise((resolve) => setTimeout(resolve, 50, "open"))]),
  ).toBe("open");
  await reader.cancel();
  expect(await answer).toMatchObject({ outcome: "client left" });
});

test("an answer that is no stream can break off too", async () => {
  const response = await send(server, "POST", "/chat/completions", { body: question, prefer: "end=20" });
  expect(await response.text()).toHaveLength(20);
});

test("the options of the server are for streams, and a preference goes before them", async () => {
  await using broken = await createMockServer({ ...runcrate, cut: 10, chunkSize: 5 });
  const whole = await send(broken, "POST", "/chat/completions", { body: question });
  expect(await whole.json()).toMatchObject({ object: "chat.completion" });
  expect(Buffer.concat((await rawChat(broken)).chunks)).toHaveLength(10);
  const ended = await rawChat(broken, "end=7");
  expect(ended.chunks.map(({ length }) => length)).toEqual([5, 2]);
  expect(ended.isComplete).toBe(true);
});

test("closing the server ends streams that are open", async () => {
  const closing = await createMockServer(runcrate);
  const response = await send(closing, "POST", "/chat/completions", {
    body: { ...question, stream: true },
    prefer: "stall=10",
  });
  const reading = response.text();
  await closing.close();
  await expect(reading).rejects.toThrow();
  expect(await closing.requests[0]?.answer).toMatchObject({ outcome: "client left" });
});

test("closing the server ends connections that are idle, and closing twice does nothing more", async () => {
  const closing = await createMockServer(runcrate);
  await (await send(closing, "GET", "/models")).text();
  await closing.close();
  await closing.close();
  await expect(send(closing, "GET", "/models")).rejects.toThrow();
});

test("JSON lines go line by line", async () => {
  const content = { "application/x-ndjson": { example: '{"a":1}\n{"a":2}\n' } };
  await using lines = await createMockServer({
    document: documentAnswering({ 200: { description: "", content } }),
  });
  const response = await send(lines, "GET", "/thing");
  expect(response.headers.get("content-type")).toBe("application/x-ndjson");
  expect(await response.text()).toBe('{"a":1}\n{"a":2}\n');
});
