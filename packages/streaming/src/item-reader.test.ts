import { expect, it } from "vitest";
import { chunk, collect, eventResponse, events, rejection, toBytes } from "../test/support.ts";
import { ChatCompletionStream } from "./chat-completion-stream.ts";
import { HawserError } from "./errors.ts";
import { EventStream } from "./event-stream.ts";
import { ResponseStream } from "./responses/response-stream.ts";
import type { StreamEnd, StreamOptions } from "./stream-options.ts";

const completed = { id: "r", object: "response", status: "completed", output: [] };

it.each([
  [
    "an item amid others",
    (options: StreamOptions) => EventStream.fromResponse(eventResponse(events("1", "2")), options),
  ],
  [
    "the item that ends its stream",
    (options: StreamOptions) => {
      const body = events(JSON.stringify({ type: "response.completed", response: completed }));
      return ResponseStream.fromResponse(eventResponse(body), options);
    },
  ],
])("ends the stream with what is thrown about %s", async (_, open) => {
  const ends: StreamEnd[] = [];
  const failure = new HawserError("That item is wrong");
  const onItem = () => {
    throw failure;
  };
  const stream = open({ onItem, onClose: (end) => ends.push(end) });
  expect(await rejection(collect<unknown>(stream))).toBe(failure);
  expect(await stream.end).toEqual({ reason: "error", error: failure });
  expect(ends).toHaveLength(1);
});

it("gives a body up soon that always has more at once after its marker", async () => {
  const limit = 5_000_000;
  let sent = 0;
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        sent += 1;
        if (sent === 1) controller.enqueue(toBytes(events(chunk({ content: "a" }, "stop"), "[DONE]")));
        else if (sent < limit) controller.enqueue(toBytes(": more\n\n"));
        else controller.close();
      },
      cancel() {
        isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  const stream = ChatCompletionStream.fromResponse(eventResponse(body));
  expect((await stream.finalCompletion()).choices[0]?.message.content).toBe("a");
  await expect.poll(() => isCancelled || sent === limit).toBe(true);
  expect(isCancelled).toBe(true);
});
