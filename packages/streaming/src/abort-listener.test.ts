import { getEventListeners } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { chunk, eventResponse, events, watchedBody } from "../test/support.ts";
import { ChatCompletionStream } from "./chat-completion-stream.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Lets finalizers run, until the condition holds or it has been long enough. */
async function collectUntil(isDone: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100 && !isDone(); turn++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function countListeners(signal: AbortSignal): number {
  return getEventListeners(signal, "abort").length;
}

it("lets streams that were never read be collected, although a signal could abort them", async () => {
  const { signal } = new AbortController();
  const streams = Array.from(
    { length: 100 },
    () => new WeakRef(ChatCompletionStream.fromResponse(eventResponse(events("[DONE]")), { signal })),
  );
  expect(countListeners(signal)).toBe(100);
  await collectUntil(() => countListeners(signal) === 0);
  expect(countListeners(signal)).toBe(0);
  expect(streams.filter((stream) => stream.deref() !== undefined)).toEqual([]);
});

it("aborts a stream that is being read although nobody holds it", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const body = watchedBody([events(chunk({ content: "a" }))], "open");
  const read = async (): Promise<void> => {
    for await (const _ of ChatCompletionStream.fromResponse(eventResponse(body.stream), { signal }));
  };
  const reading = read();
  reading.catch(() => {});
  for (let turn = 0; turn < 5; turn++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(countListeners(signal)).toBe(1);
  controller.abort(new Error("enough"));
  await expect(reading).rejects.toMatchObject({ name: "AbortError", cause: { message: "enough" } });
  expect(body.isCancelled).toBe(true);
  expect(countListeners(signal)).toBe(0);
});

it("stops listening when the stream is over, is left or is aborted", async () => {
  const { signal } = new AbortController();
  const open = (): ChatCompletionStream =>
    ChatCompletionStream.fromResponse(eventResponse(events(chunk({ content: "a" }, "stop"), "[DONE]")), {
      signal,
    });
  await open().finalCompletion();
  for await (const _ of open()) break;
  open().abort();
  expect(countListeners(signal)).toBe(0);
});
