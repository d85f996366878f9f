/** Helpers for tests of chat streams: tool calls and answers in pieces. */

import { ChatCompletionStream } from "../src/index.ts";
import { chunk, eventResponse, events } from "./support.ts";

/** A stream of these chunks. */
export function openChat(...values: readonly unknown[]): ChatCompletionStream {
  return ChatCompletionStream.fromResponse(eventResponse(events(...values)));
}

/** A fragment of the arguments of a call. */
export function piece(index: number, text: string, more: object = {}): object {
  return { index, function: { arguments: text }, ...more };
}

/** The first fragment of a call. */
export function begin(index: number, id: string, name: string): object {
  return { index, id, type: "function", function: { name, arguments: "" } };
}

/** A chunk of one of several answers. */
export function choice(index: number, delta: object, finishReason: string | null = null): object {
  return { ...chunk({}), choices: [{ index, delta, finish_reason: finishReason }] };
}
