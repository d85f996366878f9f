import type { AnswerKeeper } from "./answer-decoder.ts";
import type { ChatCompletion, ChatCompletionChunk } from "./chat-types.ts";
import { createCompletionBuilder } from "./merge/completion-builder.ts";

/** The completion of a chat stream while its chunks are read. */
export interface ChatAnswer extends AnswerKeeper<ChatCompletionChunk, ChatCompletion> {
  /** The completion so far: it grows in place. */
  readonly live: ChatCompletion;
  add(chunk: ChatCompletionChunk): void;
}

/** What a chunk adds to the first answer. */
function textOf({ choices }: ChatCompletionChunk): string {
  return choices.map(({ index, delta }) => (index === 0 ? (delta.content ?? "") : "")).join("");
}

/** The completion of a stream none of whose chunks has been read. */
export function createChatAnswer(): ChatAnswer {
  return {
    ...createCompletionBuilder(),
    createTextReader: () => textOf,
    ending: "finish reason and no terminal marker",
  };
}
