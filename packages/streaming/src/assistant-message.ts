import type { ChatCompletionMessage, ChatCompletionToolCall } from "./chat-types.ts";
import { isJsonObject, type JsonObject } from "./json.ts";

/** What of an answer goes back to the model. */
export interface AssistantMessageOptions {
  /**
   * What becomes of what the model thought. `replay`: it is sent back, as some servers ask for where tools were called
   * (DeepSeek, Kimi, MiniMax). `strip` (the default): it is left out, as others refuse it. (Q35)
   */
  readonly reasoning?: "replay" | "strip" | undefined;
}

/** A message of the model, as a request takes it. */
export interface AssistantMessage {
  role: "assistant";
  content: string | null;
  tool_calls?: ChatCompletionToolCall[];
  [member: string]: unknown;
}

/** The members that hold what a model thought, by the names of the servers that use them. */
const reasoningMembers = ["reasoning_content", "reasoning", "reasoning_details", "thinking_blocks"];

/** What reading an answer has added to it. */
const addedMembers = ["content_parts"];

/**
 * What the model said, as the message that goes back to it with the next request. Everything is kept as it came, also
 * members nobody knows and those of tool calls, such as the signatures in `extra_content` (Q33). Left out are `null`
 * members, an empty list of tool calls, what reading the answer has added, and of a spoken answer all but its id, which is what servers take.
 */
export function toAssistantMessage(
  message: ChatCompletionMessage,
  options: AssistantMessageOptions = {},
): AssistantMessage {
  const isReplayed = options.reasoning === "replay";
  const leftOut = new Set(isReplayed ? addedMembers : [...addedMembers, ...reasoningMembers]);
  // The tolerance tells the reasoning under one name, whatever the server calls it: it would be said twice.
  const { reasoning, reasoning_content: told } = message as unknown as JsonObject;
  if (typeof reasoning === "string" && reasoning === told) leftOut.add("reasoning_content");
  // A whole answer may say that there are no calls, in a way that requests don't take.
  if (message.tool_calls?.length === 0) leftOut.add("tool_calls");
  const entries = Object.entries(message).filter(([name, value]) => value !== null && !leftOut.has(name));
  // `Object.fromEntries` makes members of all names, also of `__proto__`.
  const back: JsonObject = Object.fromEntries(entries);
  if (isJsonObject(back.audio) && typeof back.audio.id === "string") back.audio = { id: back.audio.id };
  return { ...back, role: "assistant", content: message.content };
}
