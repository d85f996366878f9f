import { expect, it } from "vitest";
import { chunk, eventResponse, events, rejection, watchedBody } from "../test/support.ts";
import { ChatCompletionStream } from "./chat-completion-stream.ts";
import { EventStream } from "./event-stream.ts";

it("text can be left while the next piece is waited for", async () => {
  const body = watchedBody([events(chunk({ content: "a" }))], "open");
  const texts = ChatCompletionStream.fromResponse(eventResponse(body.stream)).text();
  await texts.next();
  const waiting = texts.next();
  expect(await texts.return(undefined)).toEqual({ done: true, value: undefined });
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(body.isCancelled).toBe(true);
});

it("text that is never asked for leaves the stream to others", async () => {
  const stream = ChatCompletionStream.fromResponse(eventResponse(events(chunk({ content: "a" }, "stop"))));
  await stream.text().return(undefined);
  expect((await stream.finalCompletion()).choices[0]?.message.content).toBe("a");
});

it("many items read ahead of a loop are handed out in time", { timeout: 30_000 }, async () => {
  const count = 300_000;
  const last = events(chunk({}, "stop"), "[DONE]");
  const stream = ChatCompletionStream.fromResponse(
    eventResponse(`${'data: {"choices":[]}\n\n'.repeat(count)}${last}`),
  );
  let seen = 0;
  for await (const _ of stream) {
    seen += 1;
    if (seen === 1) await stream.finalCompletion();
  }
  expect(seen).toBe(count + 1);
});

it("a body full of white space that is no stream is refused in time", { timeout: 30_000 }, async () => {
  const body = `{${" ".repeat(1_000_000)}x`;
  const stream = ChatCompletionStream.fromResponse(eventResponse(body));
  expect(await rejection(stream.finalCompletion())).toMatchObject({ reason: "invalid-data" });
});

it("a body is locked once it is read, and two streams can't share it", async () => {
  const { stream } = watchedBody(["data: 1\n\n"]);
  const response = eventResponse(stream);
  const [first, second] = [EventStream.fromResponse(response), EventStream.fromResponse(response)];
  expect(response.body?.locked).toBe(false);
  for await (const item of first) expect(item).toBe(1);
  const reading = second[Symbol.asyncIterator]().next();
  expect(await rejection(reading)).toMatchObject({ name: "HawserError" });
});
