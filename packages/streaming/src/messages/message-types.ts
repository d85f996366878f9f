import type { UnknownObject } from "../unknown-type.ts";

/**
 * A message of the Messages API, with its wire names, and whatever else the server sent.
 *
 * @see https://docs.anthropic.com/en/api/messages
 */
export interface Message {
  id: string;
  type: "message";
  role: string;
  model: string;
  content: MessageContentBlock[];
  /** Why the model stopped (`end_turn`, `max_tokens`, `stop_sequence`, `tool_use`, `pause_turn`, `refusal`); `null` until then. */
  stop_reason: string | null;
  /** The sequence the model stopped at, where it did. */
  stop_sequence: string | null;
  usage: MessageUsage;
}

/** A part of a message. */
export type MessageContentBlock =
  | MessageTextBlock
  | MessageThinkingBlock
  | MessageRedactedThinkingBlock
  | MessageToolUseBlock
  | MessageIncompleteToolUseBlock
  | UnknownObject;

/** What a block has that the stream ended within. */
interface CutOffBlock {
  /** Set by this package when the block was cut off. Not part of the wire format. */
  incomplete?: true;
}

/** Text. */
export interface MessageTextBlock extends CutOffBlock {
  type: "text";
  text: string;
  citations?: object[] | null;
}

/** What the model thinks before it answers. */
export interface MessageThinkingBlock extends CutOffBlock {
  type: "thinking";
  thinking: string;
  /** What proves to the server that the thinking is its own, when the block is sent back. */
  signature: string;
}

/** Thinking that is not meant to be read, to be sent back as it is. */
export interface MessageRedactedThinkingBlock extends CutOffBlock {
  type: "redacted_thinking";
  data: string;
}

/** A call of a tool, whole. */
export interface MessageToolUseBlock {
  type: "tool_use";
  id: string;
  name: string;
  input: Record<string, unknown>;
  incomplete?: never;
}

/** A call of a tool that was cut off, by the end of the stream or by `max_tokens`. Not part of the wire format. */
export interface MessageIncompleteToolUseBlock {
  type: "tool_use";
  id: string;
  name: string;
  input?: never;
  incomplete: true;
  /** The JSON text of the input as far as it came. */
  partial_json: string;
}

/** Token counts of a message. Servers leave out some and add others. */
export interface MessageUsage {
  input_tokens?: number;
  /** All of them so far, in every event that has it. */
  output_tokens?: number;
  cache_creation_input_tokens?: number | null;
  cache_read_input_tokens?: number | null;
}
