import { type ChatCompletionMessage, toAssistantMessage } from "@hawser/streaming";
import type { ChatMessage } from "../chat/chat-completions.ts";
import { isObject, type JsonObject, tryParse } from "../json.ts";
import type { ToolCall } from "./step.ts";

/** What goes back of a call. */
type CallAsWritten = Pick<ToolCall, "id" | "arguments">;

/** Something of the wire format with another text in it, or as it was. */
function withText(payload: JsonObject, member: string, text: string): JsonObject {
  return payload[member] === text ? payload : { ...payload, [member]: text };
}

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
  /** Who has which id. */
  const owners = new Map<string, number>();

  function isTaken(id: string, index: number): boolean {
    return used.has(id) || (owners.get(id) ?? index) !== index;
  }

  return (index, sent) => {
    const known = given.get(index);
    // An id that comes late replaces the one made up for it.
    if (known?.sent === sent) return known.id;
    let id = sent;
    for (let suffix = 1; isTaken(id, index); suffix += 1) id = `${sent}_${suffix}`;
    if (known !== undefined) owners.delete(known.id);
    owners.set(id, index);
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
  if (isObject(came.custom)) return { ...back, custom: withText(came.custom, "input", call.arguments) };
  if (!isObject(came.function)) return back;
  const text = tryParse(call.arguments) === undefined ? "{}" : call.arguments;
  return { ...back, function: withText(came.function, "arguments", text) };
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

/** The answers to the calls, in their order, and what the model is shown beside. */
export function toToolMessages(calls: readonly ToolCall[]): ChatMessage[] {
  const answers = calls.map(({ id, content }) => ({ role: "tool", tool_call_id: id, content }));
  const shown = calls.flatMap(({ id, name, attachments = [] }) =>
    attachments.length === 0
      ? []
      : [{ type: "text", text: `What the tool ${name} gave (${id}):` }, ...attachments],
  );
  return shown.length === 0 ? answers : [...answers, { role: "user", content: shown }];
}
