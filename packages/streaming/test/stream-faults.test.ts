import { describe, expect, it } from "vitest";
import { ChatCompletionStream, EventStream, parseServerSentEvents } from "../src/index.ts";
import { request } from "./serve.ts";
import { chunk, collect, events, rejection } from "./support.ts";

const hello = events(chunk({ role: "assistant", content: "Hello" }));
const finish = events(chunk({}, "stop"));

describe("a stream over a socket", () => {
  it("is read to its end", async () => {
    const { response } = await request((reply) => {
      reply.write(hello);
      reply.end(`${finish}data: [DONE]\n\n`);
    });
    const stream = ChatCompletionStream.fromResponse(response);
    expect((await stream.finalCompletion()).choices[0]?.message.content).toBe("Hello");
    expect(await stream.end).toEqual({ reason: "complete" });
  });

  it("that is reset ends with an error, after what came before", async () => {
    let reset = (): unknown => undefined;
    const { response } = await request((reply) => {
      reply.write(hello);
      reset = () => reply.destroy();
    });
    const stream = ChatCompletionStream.fromResponse(response);
    const chunks = stream[Symbol.asyncIterator]();
    expect((await chunks.next()).value?.choices[0]?.delta.content).toBe("Hello");
    reset();
    const error = await rejection(chunks.next());
    expect(error).toMatchObject({ name: "StreamError", reason: "connection", cause: expect.any(Error) });
    expect(await stream.end).toEqual({ reason: "error", error });
  });

  it("that is ended too early is truncated", async () => {
    const { response } = await request((reply) => reply.end(hello));
    const stream = ChatCompletionStream.fromResponse(response);
    expect(await collect(stream.text())).toEqual(["Hello"]);
    expect(await stream.end).toEqual({ reason: "truncated" });
    expect(await rejection(stream.finalCompletion())).toMatchObject({ reason: "truncated" });
  });

  it("that brings no event runs out of time, comments or not", async () => {
    const { response, closed } = await request((reply) => {
      const timer = setInterval(() => reply.write(": ping\n\n"), 10);
      reply.on("close", () => clearInterval(timer));
    });
    const stream = ChatCompletionStream.fromResponse(response, {
      timeouts: { firstEvent: 100, idle: 10_000 },
    });
    expect(await rejection(collect(stream))).toMatchObject({
      name: "TimeoutError",
      clock: "firstEvent",
      timeout: 100,
    });
    expect((await stream.end).reason).toBe("timeout");
    await closed;
  });

  it("that falls silent runs out of time, and the connection is closed", async () => {
    const { response, closed } = await request((reply) => reply.write(hello));
    const stream = ChatCompletionStream.fromResponse(response, {
      timeouts: { firstEvent: 10_000, idle: 100 },
    });
    const chunks = stream[Symbol.asyncIterator]();
    await chunks.next();
    expect(await rejection(chunks.next())).toMatchObject({
      name: "TimeoutError",
      clock: "idle",
      timeout: 100,
    });
    await closed;
  });

  it("is kept alive by comments", async () => {
    const { response } = await request((reply) => {
      reply.write(hello);
      let pings = 0;
      const timer = setInterval(() => {
        pings += 1;
        if (pings < 30) reply.write(":\n\n");
        else {
          clearInterval(timer);
          reply.end(`${finish}data: [DONE]\n\n`);
        }
      }, 50);
    });
    const stream = ChatCompletionStream.fromResponse(response, { timeouts: { idle: 1000 } });
    expect((await stream.finalCompletion()).choices[0]?.finish_reason).toBe("stop");
  });

  it("is over at its marker although the socket stays open, which is then closed", async () => {
    const { response, closed } = await request((reply) => reply.write(`${hello}${finish}data: [DONE]\n\n`));
    const stream = ChatCompletionStream.fromResponse(response);
    expect(await collect(stream.text())).toEqual(["Hello"]);
    expect(await stream.end).toEqual({ reason: "complete" });
    await closed;
  });

  it.each(["break", "abort", "signal", "dispose"])(
    "is closed when the client leaves early: %s",
    async (way) => {
      const { response, closed } = await request((reply) => reply.write(hello));
      const controller = new AbortController();
      const stream = ChatCompletionStream.fromResponse(response, { signal: controller.signal });
      if (way === "break") for await (const _ of stream) break;
      else if (way === "abort") stream.abort();
      else if (way === "signal") controller.abort();
      else await stream[Symbol.asyncDispose]();
      expect((await stream.end).reason).toBe("aborted");
      await closed;
    },
  );

  it("is closed when the client leaves the plain events early", async () => {
    const { response, closed } = await request((reply) => reply.write(hello));
    for await (const _ of parseServerSentEvents(response.body!)) break;
    await closed;
  });

  it("is aborted by the signal of the request, though the stream was not given it", async () => {
    const controller = new AbortController();
    const { response, closed } = await request((reply) => reply.write(hello), { signal: controller.signal });
    const stream = ChatCompletionStream.fromResponse(response);
    const chunks = stream[Symbol.asyncIterator]();
    await chunks.next();
    const waiting = rejection(chunks.next());
    controller.abort();
    expect(await waiting).toMatchObject({ name: "AbortError" });
    await closed;
  });

  it("holds the server back while nobody reads", async () => {
    let written = 0;
    const item = events("x".repeat(16_384).replace(/^.*$/, (text) => JSON.stringify(text)));
    const { response, closed } = await request((reply) => {
      const fill = (): void => {
        while (reply.write(item)) written += 1;
      };
      reply.on("drain", fill);
      fill();
    });
    const stream = EventStream.fromResponse<string>(response);
    const items = stream[Symbol.asyncIterator]();
    await items.next();
    let before = -1;
    // The buffers on the way fill up, then nothing moves any more: there is no end to wait for otherwise.
    while (before !== written) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    for (let i = 0; i < 2000; i++) await items.next();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(written).toBeGreaterThan(before);
    await items.return(undefined);
    await closed;
  });
});
