import { expect, it } from "vitest";
import { begin, choice } from "../test/chat-support.ts";
import { chunk, eventResponse, events, rejection } from "../test/support.ts";
import { ChatCompletionStream } from "./chat-completion-stream.ts";
import type { StreamOptions } from "./stream-options.ts";

function read(values: readonly unknown[], options: StreamOptions = {}): Promise<unknown> {
  const end = [chunk({}, "stop"), "[DONE]"];
  return ChatCompletionStream.fromResponse(
    eventResponse(events(...values, ...end)),
    options,
  ).finalCompletion();
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at);
}

function calls(count: number): object[] {
  return numbers(count).map((at) => chunk({ tool_calls: [begin(at, `call_${at}`, "tide")] }));
}

function choices(count: number): object[] {
  return numbers(count).map((index) => choice(index, { content: "a" }));
}

it.each([
  ["tool calls in one answer", calls, "maxToolCalls"],
  ["answers", choices, "maxChoices"],
] as const)("refuses too many %s", async (what, make, option) => {
  const tooMany = { name: "StreamError", reason: "too-large" };
  const message = `The stream has more than 3 ${what} (${option})`;
  expect(await rejection(read(make(4), { [option]: 3 }))).toMatchObject({ ...tooMany, message });
  await read(make(3), { [option]: 3 });
  expect(await rejection(read(make(1025)))).toMatchObject(tooMany);
  await read(make(1024));
});

it("refuses a chunk that is nested too deeply to be merged", async () => {
  // `JSON.stringify` could not write it.
  const text = JSON.stringify(chunk({ x: "nested" })).replace(
    '"nested"',
    "[".repeat(100_000) + "]".repeat(100_000),
  );
  expect(await rejection(read([text]))).toMatchObject({
    name: "StreamError",
    reason: "too-large",
    message: "A chunk is nested more than 512 levels deep",
  });
});
