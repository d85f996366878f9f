import type {
  ChatCompletionChoice,
  ChatCompletionChunkChoice,
  ChatCompletionLogprobs,
} from "../chat-types.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import { accumulateMember, copyJson, replaceMember } from "./accumulate.ts";
import { createToolCallBuilder } from "./tool-call-builder.ts";

/** Joins what the chunks say of one choice. */
export interface ChoiceBuilder {
  add(choice: ChatCompletionChunkChoice): void;
  /** The choice so far. `isOver` tells that nothing more can come. */
  build(isOver: boolean): ChatCompletionChoice;
}

/** A text that comes in pieces: `null` until the first of them. */
function join(text: string | null, piece: string | null | undefined): string | null {
  return typeof piece === "string" ? (text ?? "") + piece : text;
}

/** A builder for choice number `index`. */
export function createChoiceBuilder(index: number): ChoiceBuilder {
  const toolCalls = createToolCallBuilder(index);
  const choiceOthers: JsonObject = {};
  const messageOthers: JsonObject = {};
  let role = "";
  let content: string | null = null;
  let refusal: string | null = null;
  let reasoning: string | null = null;
  let hasToolCalls = false;
  let finishReason: string | null = null;
  let logprobs: JsonObject | null = null;
  let functionCall: { name: string; arguments: string } | undefined;

  function addFunctionCall(value: unknown): void {
    if (!isJsonObject(value)) return;
    functionCall ??= { name: "", arguments: "" };
    if (typeof value.name === "string" && value.name !== "") functionCall.name = value.name;
    if (typeof value.arguments === "string") functionCall.arguments += value.arguments;
  }

  function addDelta(delta: ChatCompletionChunkChoice["delta"]): void {
    for (const name of Object.keys(delta)) {
      if (name === "content") content = join(content, delta.content);
      else if (name === "role") role ||= delta.role ?? "";
      else if (name === "reasoning_content") reasoning = join(reasoning, delta.reasoning_content);
      else if (name === "refusal") refusal = join(refusal, delta.refusal);
      else if (name === "tool_calls") {
        if (delta.tool_calls == null) continue;
        toolCalls.add(delta.tool_calls);
        hasToolCalls ||= delta.tool_calls.length > 0;
      } else if (name === "function_call") addFunctionCall((delta as JsonObject).function_call);
      else accumulateMember(messageOthers, name, (delta as JsonObject)[name]);
    }
  }

  function addLogprobs(value: unknown): void {
    if (!isJsonObject(value)) return;
    logprobs ??= {};
    for (const name of Object.keys(value)) {
      const next = value[name];
      const previous = logprobs[name];
      // Tokens are listed one after the other; they are never continued.
      if (Array.isArray(previous) && Array.isArray(next)) previous.push(...(next as unknown[]));
      else if (Array.isArray(next)) replaceMember(logprobs, name, [...(next as unknown[])]);
      else replaceMember(logprobs, name, next);
    }
  }

  return {
    add(choice) {
      addDelta(choice.delta);
      if (choice.finish_reason !== null) finishReason = choice.finish_reason;
      for (const name of Object.keys(choice)) {
        if (name === "delta" || name === "index" || name === "finish_reason" || name === "message") continue;
        if (name === "logprobs") addLogprobs(choice.logprobs);
        else replaceMember(choiceOthers, name, (choice as unknown as JsonObject)[name]);
      }
    },

    build(isOver) {
      const fillArguments = isOver && finishReason !== "length";
      return {
        ...choiceOthers,
        index,
        message: {
          ...copyJson(messageOthers),
          role: role === "" ? "assistant" : role,
          content,
          refusal,
          ...(reasoning === null || reasoning === "" ? {} : { reasoning_content: reasoning }),
          ...(hasToolCalls ? { tool_calls: toolCalls.build(fillArguments) } : {}),
          ...(functionCall === undefined ? {} : { function_call: { ...functionCall } }),
        },
        finish_reason: finishReason,
        logprobs: copyJson(logprobs) as ChatCompletionLogprobs | null,
      };
    },
  };
}
