import { type ChatCompletionMessage, toAssistantMessage } from "@hawser/streaming";
import type { ChatMessage } from "../chat/chat-completions.ts";
import { isObject, type JsonObject, tryParse } from "../json.ts";
import type { ToolCall } from "./step.ts";

/** What goes back of a call. */
type CallAsWritten = Pick<ToolCall, "id" | "arguments">;

/** All ids of calls in a conversation. */
function callIds(messages: readonly ChatMessage[]): Set<unknown> {
  const ids = new Set<unknown>();
  for (const { tool_calls: calls } of messages) {
    if (!Array.isArray(calls)) continue;
    for (const call of calls as unknown[]) if (isObject(call)) ids.add(call.id);
  }
  return ids;
}

/** Gives the calls of one answer ids no other call of the conversation has. */
export type GiveId = (index: number, id: string) => string;

/** Servers that make no ids up, or begin anew with every answer, give calls the ids of earlier ones (Q27). */
export function createIdGiver(messages: readonly ChatMessage[]): GiveId {
  const used = callIds(messages);
  const given = new Map<number, { readonly sent: string; readonly id: string }>();

  function isTaken(id: string, index: number): boolean {
    return used.has(id) || [...given].some(([other, call]) => other !== index && call.id === id);
  }

  return (index, sent) => {
    const known = given.get(index);
    // An id that comes late replaces the one made up for it.
    if (known?.sent === sent) return known.id;
    let id = sent;
    for (let suffix = 1; isTaken(id, index); suffix += 1) id = `${sent}_${suffix}`;
    given.set(index, { sent, id });
    return id;
  };
}

/**
 * A call as it goes back: as it came, with an id of its own. Arguments that are no JSON would make some servers refuse
 * the whole conversation, so `{}` stands for them; the answer to the call quotes what they were.
 */
function toBackCall(came: JsonObject, call: CallAsWritten): JsonObject {
  const back = { ...came, id: call.id };
  if (!isObject(came.function)) return back;
  const text = tryParse(call.arguments) === undefined ? "{}" : call.arguments;
  return text === came.function.arguments
    ? back
    : { ...back, function: { ...came.function, arguments: text } };
}

/**
 * The message of the model as it goes back; `calls` are those it made, in their order. `undefined` when there is nothing
 * in it.
 */
export function toBackMessage(
  message: ChatCompletionMessage,
  calls: readonly CallAsWritten[],
): ChatMessage | undefined {
  const { tool_calls: came = [], ...back } = toAssistantMessage(message, { reasoning: "replay" });
  if (came.length > 0) {
    const kept = (came as object[] as JsonObject[]).map((call, at) => toBackCall(call, calls[at]!));
    return { ...back, role: "assistant", tool_calls: kept };
  }
  const isEmpty = Object.entries(back).every(
    ([name, value]) => name === "role" || value === null || value === "",
  );
  return isEmpty ? undefined : { ...back, role: "assistant" };
}

/** The answers to the calls, in their order. */
export function toToolMessages(calls: readonly ToolCall[]): ChatMessage[] {
  return calls.map(({ id, content }) => ({ role: "tool", tool_call_id: id, content }));
}
