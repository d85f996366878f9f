import type { ChatAnswer } from "../chat-answer.ts";
import type { ChatCompletionChunk } from "../chat-types.ts";
import type { ItemReader } from "../item-reader.ts";

/** A reader that adds each chunk it hands out to an answer. */
export function withAnswer(
  reader: ItemReader<ChatCompletionChunk>,
  answer: ChatAnswer,
): ItemReader<ChatCompletionChunk> {
  type Result = IteratorResult<ChatCompletionChunk, undefined>;
  const note = (result: Result): Result => {
    if (!result.done) answer.add(result.value);
    return result;
  };
  return {
    ...reader,
    pull() {
      const result = reader.pull();
      return result instanceof Promise ? result.then(note) : note(result);
    },
  };
}
