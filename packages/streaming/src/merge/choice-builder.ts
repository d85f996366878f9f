import type {
  ChatCompletionChoice,
  ChatCompletionChunkChoice,
  ChatCompletionLogprobs,
  ChatCompletionMessage,
} from "../chat-types.ts";
import { getMember, isJsonObject, type JsonObject } from "../json.ts";
import { accumulateMember, copyJson, replaceMember } from "./accumulate.ts";
import { createToolCallBuilder } from "./tool-call-builder.ts";

/** Joins what the chunks say of one choice. */
export interface ChoiceBuilder {
  /** The choice so far: it grows in place. */
  readonly live: ChatCompletionChoice;
  add(choice: ChatCompletionChunkChoice): void;
  /** A copy of the choice. `isOver` tells that nothing more can come. */
  build(isOver: boolean): ChatCompletionChoice;
}

/** A text that comes in pieces: `null` until the first of them. */
function join(text: string | null, piece: string | null | undefined): string | null {
  return typeof piece === "string" ? (text ?? "") + piece : text;
}

/** A builder for choice number `index`. */
export function createChoiceBuilder(index: number): ChoiceBuilder {
  const toolCalls = createToolCallBuilder(index);
  const message: ChatCompletionMessage = { role: "assistant", content: null, refusal: null };
  const live: ChatCompletionChoice = { index, message, finish_reason: null, logprobs: null };
  let hasRole = false;

  function addRole(role: string | undefined): void {
    if (hasRole || !role) return;
    message.role = role;
    hasRole = true;
  }

  function addFunctionCall(value: unknown): void {
    if (!isJsonObject(value)) return;
    const others = message as unknown as JsonObject;
    const call = (getMember(others, "function_call") ?? { name: "", arguments: "" }) as JsonObject;
    others.function_call = call;
    if (typeof value.name === "string" && value.name !== "") call.name = value.name;
    if (typeof value.arguments === "string") call.arguments = (call.arguments as string) + value.arguments;
  }

  function addDelta(delta: ChatCompletionChunkChoice["delta"]): void {
    for (const name of Object.keys(delta)) {
      if (name === "content") message.content = join(message.content, delta.content);
      else if (name === "role") addRole(delta.role);
      else if (name === "reasoning_content") {
        if (delta.reasoning_content) {
          message.reasoning_content = (message.reasoning_content ?? "") + delta.reasoning_content;
        }
      } else if (name === "refusal") message.refusal = join(message.refusal, delta.refusal);
      else if (name === "tool_calls") {
        if (delta.tool_calls == null) continue;
        toolCalls.add(delta.tool_calls);
        if (toolCalls.live.length > 0) message.tool_calls = toolCalls.live;
      } else if (name === "function_call") addFunctionCall((delta as JsonObject).function_call);
      else accumulateMember(message as unknown as JsonObject, name, (delta as JsonObject)[name]);
    }
  }

  function addLogprobs(value: unknown): void {
    if (!isJsonObject(value)) return;
    const logprobs: JsonObject = (live.logprobs ?? {}) as JsonObject;
    live.logprobs = logprobs as ChatCompletionLogprobs;
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
    live,

    add(choice) {
      addDelta(choice.delta);
      if (choice.finish_reason !== null) live.finish_reason = choice.finish_reason;
      for (const name of Object.keys(choice)) {
        if (name === "delta" || name === "index" || name === "finish_reason" || name === "message") continue;
        if (name === "logprobs") addLogprobs(choice.logprobs);
        else {
          replaceMember(live as unknown as JsonObject, name, (choice as unknown as JsonObject)[name]);
        }
      }
    },

    build(isOver) {
      const { tool_calls: calls, ...rest } = message;
      const copy: ChatCompletionMessage = copyJson(rest);
      if (calls !== undefined) copy.tool_calls = toolCalls.build(isOver && live.finish_reason !== "length");
      return { ...live, message: copy, logprobs: copyJson(live.logprobs) };
    },
  };
}
