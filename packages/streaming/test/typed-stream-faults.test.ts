import { describe, expect, it } from "vitest";
import { MessageStream, ResponseStream, type StreamOptions } from "../src/index.ts";
import { request } from "./serve.ts";
import { collect, rejection } from "./support.ts";
import { typedEvents } from "./typed-events.ts";

const responseText = {
  type: "response.output_text.delta",
  item_id: "msg_1",
  output_index: 0,
  content_index: 0,
  delta: "Hello",
};
const responseItem = { type: "message", id: "msg_1", role: "assistant", status: "in_progress", content: [] };
const response = { id: "resp_1", object: "response", status: "completed", output: [responseItem] };

/** Both kinds of streams: how they are opened, how they begin, and how they end. */
const dialects = [
  {
    name: "responses",
    open: (answer: Response, options?: StreamOptions) => ResponseStream.fromResponse(answer, options),
    start: typedEvents(
      { type: "response.output_item.added", output_index: 0, item: responseItem },
      responseText,
    ),
    finish: typedEvents({ type: "response.completed", response }),
  },
  {
    name: "messages",
    open: (answer: Response, options?: StreamOptions) => MessageStream.fromResponse(answer, options),
    start: typedEvents(
      { type: "message_start", message: { id: "msg_1", content: [] } },
      { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
      { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Hello" } },
    ),
    finish: typedEvents(
      { type: "content_block_stop", index: 0 },
      { type: "message_delta", delta: { stop_reason: "end_turn" } },
      { type: "message_stop" },
    ),
  },
];

describe.each(dialects)("a stream of $name over a socket", ({ open, start, finish }) => {
  it("is over at its last event although the socket stays open, which is then closed", async () => {
    const { response: answer, closed } = await request((reply) => reply.write(start + finish));
    const stream = open(answer);
    expect(await collect(stream.text())).toEqual(["Hello"]);
    expect(await stream.end).toEqual({ reason: "complete" });
    await closed;
  });

  it("that is reset ends with an error, after what came before", async () => {
    let reset = (): unknown => undefined;
    const { response: answer } = await request((reply) => {
      reply.write(start);
      reset = () => reply.destroy();
    });
    const stream = open(answer);
    const texts = stream.text();
    expect((await texts.next()).value).toBe("Hello");
    reset();
    const error = await rejection(texts.next());
    expect(error).toMatchObject({ name: "StreamError", reason: "connection", cause: expect.any(Error) });
    expect(await stream.end).toEqual({ reason: "error", error });
  });

  it("that is ended too early is truncated", async () => {
    const { response: answer } = await request((reply) => reply.end(start));
    const stream = open(answer);
    expect(await collect(stream.text())).toEqual(["Hello"]);
    expect(await stream.end).toEqual({ reason: "truncated" });
  });

  it("that falls silent runs out of time, and the connection is closed", async () => {
    const { response: answer, closed } = await request((reply) => reply.write(start));
    const stream = open(answer, { timeouts: { firstEvent: 10_000, idle: 100 } });
    expect(await rejection(collect<unknown>(stream))).toMatchObject({ name: "TimeoutError", clock: "idle" });
    expect((await stream.end).reason).toBe("timeout");
    await closed;
  });

  it.each(["break", "abort", "signal", "dispose"])(
    "is closed when the client leaves early: %s",
    async (way) => {
      const { response: answer, closed } = await request((reply) => reply.write(start));
      const controller = new AbortController();
      const stream = open(answer, { signal: controller.signal });
      if (way === "break") for await (const _ of stream) break;
      else if (way === "abort") stream.abort();
      else if (way === "signal") controller.abort();
      else await stream[Symbol.asyncDispose]();
      expect((await stream.end).reason).toBe("aborted");
      await closed;
    },
  );
});
