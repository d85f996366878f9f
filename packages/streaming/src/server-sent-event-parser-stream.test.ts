import { expect, it } from "vitest";
import { collect, cut, rejection, toBytes, watchedBody } from "../test/support.ts";
import { parseServerSentEvents } from "./parse-server-sent-events.ts";
import { ServerSentEventParserStream } from "./server-sent-event-parser-stream.ts";
import type { ServerSentEvent } from "./server-sent-events-parser.ts";

const text =
  "\ufeff: hi\r\nevent: a\rdata: ä😀\r\n\r\nid: 1\nretry: 5\ndata: 1\ndata: 2\n\nodd: x\ndata\n\ndata: cut";

it.each([1, 2, 3, 7, 1000])("gives what parseServerSentEvents gives, in pieces of %d bytes", async (size) => {
  const pieces = cut(toBytes(text), size);
  const said: unknown[] = [];
  const options = {
    onComment: (comment: string) => said.push(comment),
    onUnknownField: (name: string, value: string) => said.push([name, value]),
    onUnterminated: (event: ServerSentEvent) => said.push(event.data),
  };
  const body = watchedBody(pieces).stream;
  const piped = await collect(body.pipeThrough(new ServerSentEventParserStream(options)));
  expect(piped).toEqual(await collect(parseServerSentEvents(watchedBody(pieces).stream)));
  expect(piped.map(({ data }) => data)).toEqual(["ä😀", "1\n2", ""]);
  expect(said).toEqual(["hi", ["odd", "x"], "cut"]);
});

it("fails at an event over the cap, and gives the body up", async () => {
  const body = watchedBody(["data: 1\n\n", `data: ${"x".repeat(100)}`], "open");
  const piped = body.stream.pipeThrough(new ServerSentEventParserStream({ maxEventBytes: 20 }));
  const reader = piped.getReader();
  expect((await reader.read()).value).toMatchObject({ data: "1" });
  expect(await rejection(reader.read())).toMatchObject({ name: "StreamError", reason: "too-large" });
  await expect.poll(() => body.isCancelled).toBe(true);
});

it("gives the body up when it is left, and reads no more than it must", async () => {
  const body = watchedBody(Array.from({ length: 100 }, (_, n) => `data: ${n}\n\n`));
  for await (const event of body.stream.pipeThrough(new ServerSentEventParserStream())) {
    expect(event.data).toBe("0");
    break;
  }
  expect(body.isCancelled).toBe(true);
  expect(body.pulls).toBeLessThan(5);
});
