import { describe, expect, it } from "vitest";
import { collect, cut, rejection, toBytes, watchedBody } from "../test/support.ts";
import { parseServerSentEvents } from "./parse-server-sent-events.ts";

async function data(body: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>): Promise<string[]> {
  return (await collect(parseServerSentEvents(body))).map((event) => event.data);
}

describe("parseServerSentEvents", () => {
  it.each([1, 2, 3, 64, 1000])(
    "reads bytes in pieces of %d, characters and byte order mark split",
    async (size) => {
      const bytes = toBytes("\ufeffdata: grüße 😀\r\n\r\n: comment\nevent: x\ndata: €\n\n");
      expect(await data(watchedBody(cut(bytes, size)).stream)).toEqual(["grüße 😀", "€"]);
    },
  );

  it("drops the byte order mark only at the start", async () => {
    expect(await data(watchedBody(["data: a\n\n", "\ufeffdata: b\n\n"]).stream)).toEqual(["a"]);
  });

  it("takes anything that can be iterated", async () => {
    async function* body(): AsyncGenerator<Uint8Array> {
      yield toBytes("data: a\n");
      yield toBytes("\ndata: b\n\n");
    }
    expect(await data(body())).toEqual(["a", "b"]);
  });

  it("reads no more than it is asked for", async () => {
    const body = watchedBody(Array.from({ length: 10 }, (_, i) => `data: ${i}\n\n`));
    const events = parseServerSentEvents(body.stream);
    expect(body.pulls).toBe(0);
    await events.next();
    await events.next();
    expect(body.pulls).toBe(2);
    await events.return(undefined);
  });

  it("gives the body up when the consumer leaves", async () => {
    const body = watchedBody(["data: a\n\n", "data: b\n\n"], "open");
    for await (const event of parseServerSentEvents(body.stream)) {
      expect(event.data).toBe("a");
      break;
    }
    expect(body.isCancelled).toBe(true);
  });

  it("gives the body up when the consumer throws", async () => {
    const body = watchedBody(["data: a\n\n"], "open");
    const failing = (async () => {
      for await (const _ of parseServerSentEvents(body.stream)) throw new Error("consumer");
    })();
    expect(await rejection(failing)).toMatchObject({ message: "consumer" });
    expect(body.isCancelled).toBe(true);
  });

  it("stops an iterable when the consumer leaves", async () => {
    let isStopped = false;
    async function* body(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield toBytes("data: a\n\n");
      } finally {
        isStopped = true;
      }
    }
    for await (const _ of parseServerSentEvents(body())) break;
    expect(isStopped).toBe(true);
  });

  it("can be left while a read is under way", async () => {
    const body = watchedBody(["data: a\n\n"], "open");
    const events = parseServerSentEvents(body.stream);
    await events.next();
    const waiting = events.next();
    await events.return(undefined);
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(body.isCancelled).toBe(true);
  });

  it("gives what came before an event that is too large, then throws and gives the body up", async () => {
    const body = watchedBody(["data: a\n\ndata: 123456789\n\ndata: c\n\n"], "open");
    const events = parseServerSentEvents(body.stream, { maxEventBytes: 8 });
    expect((await events.next()).value?.data).toBe("a");
    expect(await rejection(events.next())).toMatchObject({ name: "StreamError", reason: "too-large" });
    expect(body.isCancelled).toBe(true);
    expect((await events.next()).done).toBe(true);
  });

  it("hands an event the body ends within to its own callback", async () => {
    const unterminated: unknown[] = [];
    const body = watchedBody(["id: 4\ndata: a\n\nevent: x\ndata: b\n"]).stream;
    const list = await collect(
      parseServerSentEvents(body, { onUnterminated: (event) => unterminated.push(event) }),
    );
    expect(list).toHaveLength(1);
    expect(unterminated).toEqual([{ event: "x", data: "b", id: "4", retry: undefined }]);
  });

  it("passes on what the body throws", async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new TypeError("terminated")),
    });
    expect(await rejection(data(body))).toMatchObject({ message: "terminated" });
  });

  it("says when someone else is reading the body", () => {
    const body = watchedBody([]).stream;
    body.getReader();
    expect(() => parseServerSentEvents(body)).toThrow(/something else is reading it/);
  });

  it("takes time in proportion to a large event, however it is cut up", { timeout: 30_000 }, async () => {
    // Were every read to look again at what is there, these would be some 10^11 steps, and time would run out.
    const large = toBytes(`data: ${"x".repeat(8 * 1024 * 1024)}\n\n`);
    expect((await data(watchedBody(cut(large, 1024)).stream))[0]).toHaveLength(8 * 1024 * 1024);
    const byBytes = toBytes(`data: ${"x".repeat(512 * 1024)}\n\n`);
    expect((await data(watchedBody(cut(byBytes, 1)).stream))[0]).toHaveLength(512 * 1024);
    const lines = toBytes(`${"data: line\n".repeat(200_000)}\n`);
    expect((await data(watchedBody(cut(lines, 100)).stream))[0]).toHaveLength(200_000 * 5 - 1);
  });
});

it("refuses a body of text, however short its pieces are", async () => {
  for (const text of ["data: a\n\n", `data: ${"a".repeat(100)}\n\n`]) {
    const body = new ReadableStream<unknown>({ start: (controller) => controller.enqueue(text) });
    const reading = collect(parseServerSentEvents(body as ReadableStream<Uint8Array>));
    expect(await rejection(reading)).toMatchObject({
      name: "HawserError",
      message: expect.stringContaining("bytes"),
    });
  }
});
