import { createPartialJsonReader, PartialJsonError } from "@hawser/streaming";
import type { ModelEvent } from "../chat/ask-model.ts";

/** Reads output while it is written. */
export interface GrowingOutput {
  /** The output so far, the same object that grows in place; `undefined` when the event brings nothing of it. */
  read(event: ModelEvent): unknown;
}

/** A reader for one answer. What stands before the first brace, a fence for example, is passed over. */
export function createGrowingOutput(): GrowingOutput {
  const reader = createPartialJsonReader();
  let hasBegun = false;
  let isOver = false;

  function add(text: string): unknown {
    const begin = hasBegun ? 0 : text.indexOf("{");
    if (isOver || begin === -1) return undefined;
    hasBegun = true;
    try {
      reader.push(text.slice(begin));
    } catch (error) {
      if (!PartialJsonError.is(error)) throw error;
      // A fence after the end, or a fault: the whole answer is looked at when it is there.
      isOver = true;
    }
    return reader.value;
  }

  return {
    read(event) {
      if (event.type === "content.delta") return add(event.delta);
      return event.type === "tool_call.delta" && event.index === 0 ? event.partial : undefined;
    },
  };
}
