import type {
  ChatCompletionChoice,
  ChatCompletionChunkChoice,
  ChatCompletionLogprobs,
  ChatCompletionMessage,
} from "../chat-types.ts";
import { getMember, isJsonObject, type JsonObject } from "../json.ts";
import { accumulateMember, copyJson, replaceMember } from "./accumulate.ts";
import { GrowingText } from "./growing-text.ts";
import { createToolCallBuilder } from "./tool-call-builder.ts";

/** The members of a message that come in pieces. */
export type TextName = "content" | "reasoning_content" | "refusal";

/** Joins what the chunks say of one choice. */
export interface ChoiceBuilder {
  /** The choice so far: it grows in place. Its texts are those of the last `sync`. */
  readonly live: ChatCompletionChoice;
  sync(): void;
  follow(text: TextName): GrowingText;
  followCall(index: number): GrowingText;
  add(choice: ChatCompletionChunkChoice): void;
}

/** A builder for choice number `index`. */
export function createChoiceBuilder(index: number): ChoiceBuilder {
  const toolCalls = createToolCallBuilder(index);
  const message: ChatCompletionMessage = { role: "assistant", content: null, refusal: null };
  const live: ChatCompletionChoice = { index, message, finish_reason: null, logprobs: null };
  const texts = new Map<TextName, GrowingText>();
  let role: string | undefined;

  function follow(name: TextName): GrowingText {
    let text = texts.get(name);
    if (text === undefined) {
      text = new GrowingText();
      texts.set(name, text);
    }
    return text;
  }

  function addText(name: TextName, piece: string | null | undefined): void {
    // There is reasoning once there is some; empty content is content.
    if (typeof piece === "string" && (piece !== "" || name !== "reasoning_content")) follow(name).add(piece);
  }

  /** All content so far was reasoning. */
  function moveContent(): void {
    const thought = texts.get("content")?.text;
    texts.delete("content");
    message.content = null;
    addText("reasoning_content", thought);
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
    if (delta.content_was_reasoning) moveContent();
    for (const name in delta) {
      if (name === "content" || name === "reasoning_content" || name === "refusal")
        addText(name, delta[name]);
      else if (name === "role") {
        role ||= delta.role;
        if (role) message.role = role;
      } else if (name === "tool_calls") {
        if (!delta.tool_calls?.length) continue;
        toolCalls.add(delta.tool_calls);
        message.tool_calls = toolCalls.live;
      } else if (name === "function_call") addFunctionCall((delta as JsonObject).function_call);
      else if (name !== "content_was_reasoning") {
        accumulateMember(message as unknown as JsonObject, name, (delta as JsonObject)[name]);
      }
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
      if (Array.isArray(next) && Array.isArray(previous)) {
        for (const token of next as unknown[]) previous.push(copyJson(token));
      } else replaceMember(logprobs, name, next);
    }
  }

  function sync(): void {
    for (const [name, text] of texts) message[name] = text.text;
    toolCalls.sync();
  }

  return {
    live,
    sync,
    follow,
    followCall: toolCalls.follow,

    add(choice) {
      addDelta(choice.delta);
      if (choice.finish_reason) live.finish_reason = choice.finish_reason;
      for (const name in choice) {
        if (name === "delta" || name === "index" || name === "finish_reason" || name === "message") continue;
        if (name === "logprobs") addLogprobs(choice.logprobs);
        else {
          replaceMember(live as unknown as JsonObject, name, (choice as unknown as JsonObject)[name]);
        }
      }
    },
  };
}
