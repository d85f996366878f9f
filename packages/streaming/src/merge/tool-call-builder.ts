import type { ChatCompletionToolCall, ChatCompletionToolCallDelta } from "../chat-types.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import { accumulateMember } from "./accumulate.ts";
import { GrowingText } from "./growing-text.ts";
import { inOrder } from "./numbered.ts";

/** Joins the fragments of the tool calls of one message. */
export interface ToolCallBuilder {
  /** The calls of the last `sync`, in the order of their indexes, with their texts as they were then: they grow in place. */
  readonly live: ChatCompletionToolCall[];
  sync(): void;
  /** What takes further pieces of the arguments of a call that was begun. */
  follow(index: number): GrowingText;
  add(fragments: readonly ChatCompletionToolCallDelta[]): void;
}

/** The id of a call the server gave none: an answer to the call has to name it, so no other call may have it. */
export function makeCallId(choice: number, index: number): string {
  return `call_${choice}_${index}`;
}

interface Growing {
  readonly call: JsonObject;
  readonly payload: JsonObject;
  /** The member of the payload that comes in pieces. */
  readonly textName: "arguments" | "input";
  readonly text: GrowingText;
}

/** A builder for the calls of choice number `choice`. */
export function createToolCallBuilder(choice: number): ToolCallBuilder {
  const calls = new Map<number, Growing>();
  const live: ChatCompletionToolCall[] = [];

  function create(index: number, type: unknown): Growing {
    const [kind, textName] =
      type === "custom" ? (["custom", "input"] as const) : (["function", "arguments"] as const);
    const payload: JsonObject = { name: "", [textName]: "" };
    const call = { id: makeCallId(choice, index), type: kind, [kind]: payload };
    const growing: Growing = { call, payload, textName, text: new GrowingText() };
    calls.set(index, growing);
    return growing;
  }

  function addPayload({ payload, text }: Growing, piece: JsonObject): void {
    for (const name of Object.keys(piece)) {
      const value = piece[name];
      if (name === "name") payload.name = value || payload.name;
      else if (name === "arguments" || name === "input") text.add((value as string | null) ?? "");
      else accumulateMember(payload, name, value);
    }
  }

  function addFragment(fragment: JsonObject): void {
    const index = fragment.index as number;
    const growing = calls.get(index) ?? create(index, fragment.type);
    for (const name of Object.keys(fragment)) {
      const value = fragment[name];
      if (name === "id") growing.call.id = value || growing.call.id;
      else if (name === "function" || name === "custom") {
        if (isJsonObject(value)) addPayload(growing, value);
      } else if (name !== "index" && name !== "type") accumulateMember(growing.call, name, value);
    }
  }

  return {
    live,
    sync() {
      for (const { payload, textName, text } of calls.values()) payload[textName] = text.text;
      if (live.length === calls.size) return;
      // Here, and not with every call that comes: there may be many in a chunk.
      live.length = 0;
      for (const { call } of inOrder(calls)) live.push(call as never);
    },
    follow: (index) => calls.get(index)!.text,
    add(fragments) {
      for (const fragment of fragments) addFragment(fragment as unknown as JsonObject);
    },
  };
}
