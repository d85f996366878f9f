import type { Delivery } from "../answer/wanted.ts";
import type { JsonObject } from "../json.ts";

interface ScriptedCall {
  readonly name: string;
  /** Default `call_1`, `call_2`, … over the whole script. */
  readonly id?: string;
  /** Further members of the call, such as `extra_content`. */
  readonly members?: JsonObject;
}

/** A call of a function, whose arguments are JSON. */
export interface ScriptedFunctionCall extends ScriptedCall {
  /** The arguments: a value, which is written as JSON, or text, which is sent as it is. Default `{}`. */
  readonly arguments?: unknown;
  readonly input?: undefined;
}

/**
 * A call of a custom tool, which takes free text: `{ type: "custom", custom: { name, input } }`.
 *
 * @see https://platform.openai.com/docs/guides/function-calling#custom-tools
 */
export interface ScriptedCustomCall extends ScriptedCall {
  readonly input: string;
  readonly arguments?: undefined;
}

/** A tool call the model makes: with `input` of a custom tool, else of a function. */
export type ScriptedToolCall = ScriptedFunctionCall | ScriptedCustomCall;

/**
 * What a server does differently when it streams tool calls. Without any, each call comes in one piece after the other,
 * its index, id, type and name in the first of them.
 */
export interface StreamHabits {
  /** How many characters of a text, of arguments or of an input come in one chunk. Default 12. */
  readonly pieceLength?: number;
  /** The pieces of parallel calls come in turns. */
  readonly interleave?: boolean;
  /** No index at all, 0 for every call, or indexes that begin with 1. */
  readonly index?: "missing" | "shared" | "from-1";
  /** No id at all, an empty one after the first piece, the id in every piece, in the last piece only, or one for all. */
  readonly id?: "missing" | "emptied" | "repeated" | "late" | "shared";
  /** The name comes in the second piece, again in every piece, or is empty after the first. */
  readonly name?: "late" | "repeated" | "emptied";
  readonly type?: "missing";
  /** Whole arguments as an object instead of text (free text stays text), or once more as a whole in a last piece. */
  readonly arguments?: "object" | "repeated";
  /** Says the usage in every chunk, growing, whether asked for or not. */
  readonly usage?: "every-chunk";
  /** Leaves out `[DONE]`. */
  readonly withoutMarker?: boolean;
}

/** What the model answers, as one body or as a stream: the request decides. */
export interface ScriptedAnswer extends Delivery {
  readonly content?: string;
  /** What it thinks before, as `reasoning_content`. */
  readonly reasoning?: string;
  readonly refusal?: string;
  readonly toolCalls?: readonly ScriptedToolCall[];
  /** Further members of the message, such as `reasoning_details`. */
  readonly members?: JsonObject;
  /** Default `tool_calls` with calls, else `stop`. */
  readonly finishReason?: string | null;
  /** Default: a count made from the lengths of request and answer. `null` for none. */
  readonly usage?: JsonObject | null;
  /** What is done differently when this answer is streamed, beside the habits of the whole script. */
  readonly habits?: StreamHabits;
}

/** An answer that is an error. */
export interface ScriptedError {
  readonly status: number;
  /** Default: `{ error: { message, type, code } }`. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A stream, chunk by chunk as it stands here, ended by `[DONE]`. */
export interface ScriptedChunks extends Delivery {
  readonly chunks: readonly unknown[];
}

/** One answer of the script. Text is an answer with that `content`. */
export type ScriptedReply = string | ScriptedAnswer | ScriptedError | ScriptedChunks;

/** The body of a chat request. */
export interface ScriptedRequest extends JsonObject {
  readonly messages: readonly JsonObject[];
}

/** An answer, or a function that makes one from the request's body. */
export type ScriptedStep =
  | ScriptedReply
  | ((request: ScriptedRequest) => ScriptedReply | Promise<ScriptedReply>);
