import type { ChatCompletion, ChatCompletionToolCallDelta } from "../chat-types.ts";
import { tryParseJson } from "../json.ts";
import { makeCallId } from "../merge/tool-call-builder.ts";
import type { ChatEvent, ToolCallDoneEvent } from "./chat-event.ts";
import { createGrowingArguments, type GrowingArguments } from "./growing-arguments.ts";

/** Tells what happens to the tool calls of one answer. */
export interface ToolCallEvents {
  add(fragments: readonly ChatCompletionToolCallDelta[]): void;
  /** Nothing more comes of the calls. `isWhole` tells that the answer was not cut off. */
  close(isWhole: boolean): void;
}

interface Call {
  readonly index: number;
  readonly kind: "function" | "custom";
  readonly input: GrowingArguments;
  id: string;
  name: string;
  isStarted: boolean;
  /** Whether something came that no `done` has told of. */
  isOpen: boolean;
}

/** The events of the calls of answer number `choice`, handed to `emit`. */
export function createToolCallEvents(
  choice: number,
  snapshot: ChatCompletion,
  emit: (event: ChatEvent) => void,
): ToolCallEvents {
  const calls = new Map<number, Call>();

  function callOf({ index, type }: ChatCompletionToolCallDelta): Call {
    let call = calls.get(index);
    if (call === undefined) {
      const kind = type === "custom" ? "custom" : "function";
      const input = createGrowingArguments();
      const id = makeCallId(choice, index);
      call = { index, kind, input, id, name: "", isStarted: false, isOpen: true };
      calls.set(index, call);
    }
    return call;
  }

  function start(call: Call): void {
    if (call.isStarted) return;
    call.isStarted = true;
    const { index, id, name, kind } = call;
    emit({ type: "tool_call.start", choice, index, id, name, kind, snapshot });
  }

  function addOne(fragment: ChatCompletionToolCallDelta): void {
    const call = callOf(fragment);
    const { id, function: called, custom } = fragment;
    if (id !== undefined) call.id = id;
    call.name = called?.name ?? custom?.name ?? call.name;
    const delta = `${called?.arguments ?? ""}${custom?.input ?? ""}`;
    if (call.name !== "" || delta !== "") start(call);
    if (delta === "") return;
    call.isOpen = true;
    call.input.add(delta);
    const { index, name, kind, input } = call;
    emit({
      type: "tool_call.delta",
      choice,
      index,
      id: call.id,
      name,
      kind,
      delta,
      get partial() {
        return kind === "custom" ? input.text : input.partial();
      },
      snapshot,
    });
  }

  function toDone({ index, id, name, kind, input }: Call, isWhole: boolean): ToolCallDoneEvent {
    const text = kind === "function" && isWhole && input.text.trim() === "" ? "{}" : input.text;
    let parsed: { readonly value: unknown } | "unread" | undefined = "unread";
    const parse = (): { readonly value: unknown } | undefined => {
      if (parsed === "unread") parsed = kind === "custom" ? { value: text } : tryParseJson(text);
      return parsed;
    };
    return {
      type: "tool_call.done",
      choice,
      index,
      id,
      name,
      kind,
      arguments: text,
      get value() {
        return parse()?.value;
      },
      get complete() {
        return isWhole && parse() !== undefined;
      },
      snapshot,
    };
  }

  return {
    add(fragments) {
      for (const fragment of fragments) addOne(fragment);
    },
    close(isWhole) {
      const open = [...calls.values()].filter((call) => call.isOpen).sort((a, b) => a.index - b.index);
      for (const call of open) {
        call.isOpen = false;
        start(call);
        emit(toDone(call, isWhole));
      }
    },
  };
}
