import { describe, expect, it } from "vitest";
import {
  EventStream,
  jsonSequence,
  multipartMixed,
  parseJsonSequence,
  parseMultipart,
} from "../src/index.ts";
import { request } from "./serve.ts";
import { collect, rejection } from "./support.ts";

const part = '--b\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n--b\r\n';
const half = 'Content-Type: application/json\r\n\r\n{"a":';

/** What a server sends, and what half an item more is. */
const forms = [
  { framing: jsonSequence, type: "application/json-seq", item: '\u001e{"a":1}\n', half: '\u001e{"a":' },
  { framing: multipartMixed, type: "multipart/mixed; boundary=b", item: part, half },
] as const;

describe.each(forms)("a stream of $type over a socket", ({ framing, type, item, half }) => {
  const headed = (response: Response) =>
    new Response(response.body, { headers: { "content-type": type }, status: response.status });

  it("that is cut within an item is truncated, after what came before", async () => {
    const { response } = await request((reply) => reply.end(item + half));
    const events = EventStream.fromResponse(headed(response), { framing });
    expect(await collect(events)).toEqual([{ a: 1 }]);
    expect(await events.end).toEqual({ reason: "truncated" });
  });

  it("that is reset within an item ends with an error, after what came before", async () => {
    let reset: () => void = () => {};
    const { response } = await request((reply) => {
      reply.write(item + half);
      reset = () => reply.destroy();
    });
    const events = EventStream.fromResponse(headed(response), { framing });
    const items = events[Symbol.asyncIterator]();
    expect((await items.next()).value).toEqual({ a: 1 });
    reset();
    expect(await rejection(items.next())).toMatchObject({ reason: "connection" });
  });

  it("that falls silent within an item runs out of time, and the connection is closed", async () => {
    const { response, closed } = await request((reply) => reply.write(item + half));
    const events = EventStream.fromResponse(headed(response), { framing, timeouts: { idle: 100 } });
    const items = events[Symbol.asyncIterator]();
    expect((await items.next()).value).toEqual({ a: 1 });
    expect(await rejection(items.next())).toMatchObject({ name: "TimeoutError", clock: "idle" });
    await closed;
  });

  it("that is left closes the connection", async () => {
    const { response, closed } = await request((reply) => reply.write(item));
    for await (const value of EventStream.fromResponse(headed(response), { framing })) {
      expect(value).toEqual({ a: 1 });
      break;
    }
    await closed;
  });
});

it("parsers that are left, or that fail, close the connection too", async () => {
  for (const parse of [
    (body: ReadableStream<Uint8Array>) => parseJsonSequence(body, { maxEventBytes: 3 }),
    (body: ReadableStream<Uint8Array>) => parseMultipart(body, { boundary: "b", maxEventBytes: 3 }),
  ]) {
    const { response, closed } = await request((reply) => reply.write(`${part}\u001e"abcdef`));
    expect(await rejection(collect(parse(response.body!)))).toMatchObject({ reason: "too-large" });
    await closed;
  }
});

it("a stream of parts is complete at its closing boundary, although the body goes on", async () => {
  const { response, closed } = await request((reply) => reply.write(`${part.slice(0, -2)}--\r\n`));
  const headers = { "content-type": "multipart/mixed; boundary=b" };
  const events = EventStream.fromResponse(new Response(response.body, { headers }), {
    framing: multipartMixed,
  });
  expect(await collect(events)).toEqual([{ a: 1 }]);
  expect(await events.end).toEqual({ reason: "complete" });
  await closed;
});
