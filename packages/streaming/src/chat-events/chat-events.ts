import type { ChatCompletion, ChatCompletionChunk, ChatCompletionChunkChoice } from "../chat-types.ts";
import type { StreamEnd } from "../stream-options.ts";
import type { ChatEvent } from "./chat-event.ts";
import { createToolCallEvents, type ToolCallEvents } from "./tool-call-events.ts";

/** Tells what the chunks of a chat mean. */
export interface ChatEvents {
  /** What one chunk means, in the order in which a model writes: thoughts, text, calls, the finish, the usage. */
  read(chunk: ChatCompletionChunk): void;
  /** What it means that the stream is over. */
  finish(end: StreamEnd): void;
}

/** The finish reasons of answers that were cut off: those of the format, and words of servers' own (Q16). */
const cutOff: ReadonlySet<string> = new Set([
  "length",
  "content_filter",
  "error",
  "model_length",
  "max_tokens",
  "safety",
]);

function isCutOff(reason: string): boolean {
  return cutOff.has(reason.toLowerCase());
}

interface Answer {
  readonly toolCalls: ToolCallEvents;
  finishReason: string | undefined;
}

/** The events of one chat, handed to `emit`. `snapshot` is the completion that grows while chunks are read. */
export function createChatEvents(snapshot: ChatCompletion, emit: (event: ChatEvent) => void): ChatEvents {
  const answers = new Map<number, Answer>();

  function answerAt(choice: number): Answer {
    let answer = answers.get(choice);
    if (answer === undefined) {
      answer = { toolCalls: createToolCallEvents(choice, snapshot, emit), finishReason: undefined };
      answers.set(choice, answer);
    }
    return answer;
  }

  function readText(
    type: "reasoning.delta" | "content.delta" | "refusal.delta",
    choice: number,
    delta: string | null | undefined,
  ): void {
    if (delta) emit({ type, choice, delta, snapshot });
  }

  function readChoice({ index: choice, delta, finish_reason: reason }: ChatCompletionChunkChoice): void {
    const answer = answerAt(choice);
    readText("reasoning.delta", choice, delta.reasoning_content);
    readText("content.delta", choice, delta.content);
    readText("refusal.delta", choice, delta.refusal);
    if (delta.tool_calls) answer.toolCalls.add(delta.tool_calls);
    if (reason === null || reason === answer.finishReason) return;
    answer.finishReason = reason;
    answer.toolCalls.close(!isCutOff(reason));
    emit({ type: "finish", choice, reason, snapshot });
  }

  return {
    read({ choices, usage }) {
      for (const choice of choices) readChoice(choice);
      if (usage) emit({ type: "usage", usage, snapshot });
    },

    finish(end) {
      for (const [, { toolCalls, finishReason = "" }] of [...answers].sort(([a], [b]) => a - b)) {
        toolCalls.close(end.reason === "complete" && !isCutOff(finishReason));
      }
      emit({ type: "end", end, snapshot });
    },
  };
}
