import type { ChatCompletionToolCall, ChatCompletionToolCallDelta } from "../chat-types.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import { accumulateMember, copyJson } from "./accumulate.ts";

interface ToolCallParts {
  id: string;
  type: string;
  name: string;
  text: string;
  readonly others: JsonObject;
  readonly payloadOthers: JsonObject;
}

/** Joins the fragments of the tool calls of one message. */
export interface ToolCallBuilder {
  add(fragments: readonly ChatCompletionToolCallDelta[]): void;
  /**
   * The calls in the order of their indexes. A call without an id gets one; where `fillArguments` is set, arguments
   * that never came are `{}` (Q30).
   */
  build(fillArguments: boolean): ChatCompletionToolCall[];
}

/** A builder for the calls of choice number `choice`. */
export function createToolCallBuilder(choice: number): ToolCallBuilder {
  const calls = new Map<number, ToolCallParts>();

  function addPayload(call: ToolCallParts, payload: JsonObject): void {
    for (const name of Object.keys(payload)) {
      const value = payload[name];
      if (name === "name") call.name = value as string;
      else if (name === "arguments" || name === "input") call.text += value as string;
      else accumulateMember(call.payloadOthers, name, value);
    }
  }

  function addFragment(fragment: JsonObject): void {
    const index = fragment.index as number;
    let call = calls.get(index);
    if (call === undefined) {
      call = { id: "", type: "", name: "", text: "", others: {}, payloadOthers: {} };
      calls.set(index, call);
    }
    for (const name of Object.keys(fragment)) {
      const value = fragment[name];
      if (name === "id") call.id = value as string;
      else if (name === "type") call.type = value as string;
      else if ((name === "function" || name === "custom") && isJsonObject(value)) addPayload(call, value);
      else if (name !== "index") accumulateMember(call.others, name, value);
    }
  }

  function buildOne(index: number, call: ToolCallParts, fillArguments: boolean): ChatCompletionToolCall {
    const { type, name, text } = call;
    // An answer to the call has to name it, so it needs an id that no other call has.
    const id = call.id === "" ? `call_${choice}_${index}` : call.id;
    if (type === "custom") {
      return {
        ...copyJson(call.others),
        id,
        type,
        custom: { ...copyJson(call.payloadOthers), name, input: text },
      };
    }
    const blank = text.trim() === "";
    const payload = {
      ...copyJson(call.payloadOthers),
      name,
      arguments: blank && fillArguments ? "{}" : text,
    };
    return { ...copyJson(call.others), id, type: "function", function: payload };
  }

  return {
    add(fragments) {
      for (const fragment of fragments) addFragment(fragment as unknown as JsonObject);
    },
    build(fillArguments) {
      return [...calls]
        .sort(([a], [b]) => a - b)
        .map(([index, call]) => buildOne(index, call, fillArguments));
    },
  };
}
