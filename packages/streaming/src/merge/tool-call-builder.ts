import type { ChatCompletionToolCall, ChatCompletionToolCallDelta } from "../chat-types.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import { accumulateMember, copyJson } from "./accumulate.ts";

/** Joins the fragments of the tool calls of one message. */
export interface ToolCallBuilder {
  /** The calls so far, in the order of their indexes: they grow in place. */
  readonly live: ChatCompletionToolCall[];
  add(fragments: readonly ChatCompletionToolCallDelta[]): void;
  /** A copy of the calls. Where `fillArguments` is set, arguments that never came are `{}` (Q30). */
  build(fillArguments: boolean): ChatCompletionToolCall[];
}

/** The id of a call the server gave none: an answer to the call has to name it, so no other call may have it. */
export function makeCallId(choice: number, index: number): string {
  return `call_${choice}_${index}`;
}

interface Growing {
  readonly index: number;
  readonly call: JsonObject;
  readonly payload: JsonObject;
  /** The member of the payload that comes in pieces. */
  readonly textName: "arguments" | "input";
}

function copyCall(call: ChatCompletionToolCall, fillArguments: boolean): ChatCompletionToolCall {
  const copy = copyJson(call);
  if (copy.type === "function" && fillArguments && copy.function.arguments.trim() === "") {
    copy.function.arguments = "{}";
  }
  return copy;
}

/** A builder for the calls of choice number `choice`. */
export function createToolCallBuilder(choice: number): ToolCallBuilder {
  const calls: Growing[] = [];
  const byIndex = new Map<number, Growing>();
  const live: ChatCompletionToolCall[] = [];

  function create(index: number, type: unknown): Growing {
    const isCustom = type === "custom";
    const textName = isCustom ? "input" : "arguments";
    const payload: JsonObject = { name: "", [textName]: "" };
    const id = makeCallId(choice, index);
    const call = isCustom
      ? { id, type: "custom", custom: payload }
      : { id, type: "function", function: payload };
    const growing = { index, call, payload, textName } as const;
    const after = calls.findIndex((other) => other.index > index);
    const at = after === -1 ? calls.length : after;
    calls.splice(at, 0, growing);
    live.splice(at, 0, call as JsonObject as unknown as ChatCompletionToolCall);
    byIndex.set(index, growing);
    return growing;
  }

  function addPayload({ payload, textName }: Growing, piece: JsonObject): void {
    for (const name of Object.keys(piece)) {
      const value = piece[name];
      if (name === "name") payload.name = value;
      else if (name === "arguments" || name === "input") {
        payload[textName] = (payload[textName] as string) + (value as string);
      } else accumulateMember(payload, name, value);
    }
  }

  function addFragment(fragment: JsonObject): void {
    const index = fragment.index as number;
    const growing = byIndex.get(index) ?? create(index, fragment.type);
    for (const name of Object.keys(fragment)) {
      const value = fragment[name];
      if (name === "id") growing.call.id = value;
      else if ((name === "function" || name === "custom") && isJsonObject(value)) addPayload(growing, value);
      else if (name !== "index" && name !== "type") accumulateMember(growing.call, name, value);
    }
  }

  return {
    live,
    add(fragments) {
      for (const fragment of fragments) addFragment(fragment as unknown as JsonObject);
    },
    build: (fillArguments) => live.map((call) => copyCall(call, fillArguments)),
  };
}
