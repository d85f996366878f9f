import { type ChatCompletionMessage, toAssistantMessage } from "@hawser/streaming";
import type { ChatMessage } from "./chat-completions.ts";

/** A message that goes back, as one of the model's: they differ in what their types know of its members. */
function toBack(message: ChatMessage, reasoning: "replay" | "strip"): ChatMessage {
  return toAssistantMessage(message as unknown as ChatCompletionMessage, { reasoning });
}

/** The message without what the model thought. */
export function stripReasoning(message: ChatMessage): ChatMessage {
  return message.role === "assistant" ? toBack(message, "strip") : message;
}

/** Whether the message holds what the model thought. */
export function hasReasoning(message: ChatMessage): boolean {
  if (message.role !== "assistant") return false;
  return Object.keys(toBack(message, "strip")).length < Object.keys(toBack(message, "replay")).length;
}
