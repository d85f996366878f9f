import type { ChatCompletion, CompletionUsage } from "../chat-types.ts";
import type { StreamEnd } from "../stream-options.ts";

/** What every chat event has. */
interface Event<Type extends string, Completion> {
  readonly type: Type;
  /**
   * The completion so far, the same object in every event: it grows in place as the stream is read, so keep a copy of
   * what must not change.
   */
  readonly snapshot: Completion;
}

/** What every event of one answer has. */
interface ChoiceEvent<Type extends string, Completion> extends Event<Type, Completion> {
  /** Which of the `n` answers it belongs to. */
  readonly choice: number;
}

/** A piece of text came: of the answer, of what the model thinks before it, or of its refusal. Never empty. */
export interface TextDeltaEvent<Type extends string, Completion = ChatCompletion>
  extends ChoiceEvent<Type, Completion> {
  readonly delta: string;
}

/** What every event of a tool call has. */
interface ToolCallEvent<Type extends string, Completion> extends ChoiceEvent<Type, Completion> {
  /** Which call of the answer it is: the calls of an answer come interleaved, and this tells them apart. */
  readonly index: number;
  /** The call's id; made up while the server has given none, which a late one replaces. */
  readonly id: string;
  /** The name of the tool; empty while the server has not said it. */
  readonly name: string;
  /** Whether the tool takes arguments as JSON (`function`) or free text (`custom`). */
  readonly kind: "function" | "custom";
}

/** A tool call began: once its name is known, or its first argument text has come. */
export type ToolCallStartEvent<Completion = ChatCompletion> = ToolCallEvent<"tool_call.start", Completion>;

/** A piece of a tool call's arguments came. */
export interface ToolCallDeltaEvent<Completion = ChatCompletion>
  extends ToolCallEvent<"tool_call.delta", Completion> {
  /** The piece of the arguments' text. Never empty. */
  readonly delta: string;
  /**
   * The value of the arguments as far as they have come, the same object every time, which grows in place; the text
   * itself for a `custom` call. Read only when it is looked at, and every character once. `undefined` before the first
   * value; what came before a fault when the text is no JSON, or nested more than 512 levels deep.
   */
  readonly partial: unknown;
}

/** Nothing more comes of a tool call: its answer finished, or the stream ended. */
export interface ToolCallDoneEvent<Completion = ChatCompletion>
  extends ToolCallEvent<"tool_call.done", Completion> {
  /** The text of the arguments as the model wrote it, `{}` for a complete call without any. */
  readonly arguments: string;
  /**
   * The value of the arguments, parsed when it is looked at: `undefined` when the text is no JSON. For a `custom` call
   * the text itself.
   */
  readonly value: unknown;
  /**
   * Whether the call may be taken for what the model meant. `false` when the answer was cut off (by `length`, by a
   * content filter, by a body or a stream that ended early), and when the arguments are no JSON.
   */
  readonly complete: boolean;
}

/** The tokens were counted. Some servers count with every chunk: the last count holds. */
export interface UsageEvent<Completion = ChatCompletion> extends Event<"usage", Completion> {
  readonly usage: CompletionUsage;
}

/** An answer finished. Its tool calls are done before. */
export interface FinishEvent<Completion = ChatCompletion> extends ChoiceEvent<"finish", Completion> {
  /** Why: `stop`, `length`, `tool_calls`, `content_filter`, or a word of the server's own. */
  readonly reason: string;
}

/** The stream is over: the last event, whatever the end was. */
export interface EndEvent<Completion = ChatCompletion> extends Event<"end", Completion> {
  readonly end: StreamEnd;
}

/** What happens in a chat stream; `type` tells which event it is. */
export type ChatEvent<Completion = ChatCompletion> =
  | TextDeltaEvent<"content.delta", Completion>
  | TextDeltaEvent<"reasoning.delta", Completion>
  | TextDeltaEvent<"refusal.delta", Completion>
  | ToolCallStartEvent<Completion>
  | ToolCallDeltaEvent<Completion>
  | ToolCallDoneEvent<Completion>
  | UsageEvent<Completion>
  | FinishEvent<Completion>
  | EndEvent<Completion>;
