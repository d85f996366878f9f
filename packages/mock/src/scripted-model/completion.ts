import type { JsonObject } from "../json.ts";
import type { ScriptedAnswer, ScriptedRequest, ScriptedToolCall } from "./scripted-answer.ts";

/** A call with everything filled in. Its kind is its `type`, and the name of the member that says what is called. */
export interface WrittenCall {
  readonly id: string;
  readonly kind: "function" | "custom";
  readonly name: string;
  readonly text: string;
  readonly members: JsonObject;
}

/** The name of the member with the text of a call. */
export const textMembers = { function: "arguments", custom: "input" } as const;

/** An answer with everything filled in that the script left open. */
export interface WrittenAnswer {
  /** What whole answers and chunks have in common. */
  readonly envelope: { readonly id: string; readonly created: number; readonly model: unknown };
  /** The message without its calls. */
  readonly message: JsonObject;
  readonly calls: readonly WrittenCall[];
  readonly finishReason: string | null;
  readonly usage: JsonObject | null;
}

/** When every answer of a script was made: a fixed moment, so that two runs give the same bytes. */
const created = 1_767_225_600;

function writeArguments(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? {});
}

function writeCall(call: ScriptedToolCall, makeCallId: () => string): WrittenCall {
  const { id = makeCallId(), name, members = {} } = call;
  return call.input === undefined
    ? { id, kind: "function", name, text: writeArguments(call.arguments), members }
    : { id, kind: "custom", name, text: call.input, members };
}

/** A call as it stands in a message. */
function toToolCall({ id, kind, name, text, members }: WrittenCall): JsonObject {
  return { id, type: kind, [kind]: { name, [textMembers[kind]]: text }, ...members };
}

/** The tokens of a text, roughly: four characters each. */
function countTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

/** Fills in what an answer leaves open. `at` is its place in the script, `makeCallId` gives the ids of calls without one. */
export function writeAnswer(
  answer: ScriptedAnswer,
  request: ScriptedRequest,
  at: number,
  makeCallId: () => string,
): WrittenAnswer {
  const { content = null, reasoning, refusal, members, toolCalls = [] } = answer;
  const message: JsonObject = {
    role: "assistant",
    content,
    ...(reasoning !== undefined && { reasoning_content: reasoning }),
    ...(refusal !== undefined && { refusal }),
    ...members,
  };
  const calls = toolCalls.map((call) => writeCall(call, makeCallId));
  const prompt = countTokens(JSON.stringify(request.messages));
  const completion = countTokens(JSON.stringify([message, calls.map(toToolCall)]));
  const counted = {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
  };
  return {
    envelope: { id: `chatcmpl-${at + 1}`, created: created + at, model: request.model },
    message,
    calls,
    finishReason:
      answer.finishReason === undefined ? (calls.length > 0 ? "tool_calls" : "stop") : answer.finishReason,
    usage: answer.usage === undefined ? counted : answer.usage,
  };
}

/** The answer as one body. */
export function toCompletion({ envelope, message, calls, finishReason, usage }: WrittenAnswer): JsonObject {
  const whole = { ...message, ...(calls.length > 0 && { tool_calls: calls.map(toToolCall) }) };
  return {
    ...envelope,
    object: "chat.completion",
    choices: [{ index: 0, message: whole, finish_reason: finishReason }],
    ...(usage !== null && { usage }),
  };
}
