import type { AnswerKeeper } from "./answer-decoder.ts";
import type { ChatCompletion, ChatCompletionChunk } from "./chat-types.ts";
import { type CompletionBuilder, createCompletionBuilder } from "./merge/completion-builder.ts";

/** The completion of a chat stream while its chunks are read. */
export type ChatAnswer = AnswerKeeper<ChatCompletionChunk, ChatCompletion> & CompletionBuilder;

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
