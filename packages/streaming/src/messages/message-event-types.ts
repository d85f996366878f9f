import type { UnknownObject } from "../unknown-type.ts";
import type { Message, MessageContentBlock, MessageUsage } from "./message-types.ts";

/**
 * An event of a streamed message, with its wire names, and whatever else the server sent. Comparing `type` narrows it;
 * what is left after all known types is an event this package does not know, as it came. `error` events are thrown.
 *
 * @see https://docs.anthropic.com/en/docs/build-with-claude/streaming
 */
export type MessageStreamEvent =
  | MessageStartEvent
  | MessageContentBlockStartEvent
  | MessageContentBlockDeltaEvent
  | MessageContentBlockStopEvent
  | MessageDeltaEvent
  | MessageStopEvent
  | MessagePingEvent
  | UnknownObject;

/** The message begins, as a rule with empty content. */
export interface MessageStartEvent {
  type: "message_start";
  message: Message;
}

/** A block begins. */
export interface MessageContentBlockStartEvent {
  type: "content_block_start";
  /** Which block of the message's `content` it is. */
  index: number;
  content_block: MessageContentBlock;
}

/** More of a block. */
export interface MessageContentBlockDeltaEvent {
  type: "content_block_delta";
  /** Which block of the message's `content` it belongs to. */
  index: number;
  delta: MessageContentDelta;
}

/** A block is whole. */
export interface MessageContentBlockStopEvent {
  type: "content_block_stop";
  /** Which block of the message's `content` it is. */
  index: number;
}

/** Why the model stopped, and the tokens counted so far. */
export interface MessageDeltaEvent {
  type: "message_delta";
  delta: { stop_reason?: string | null; stop_sequence?: string | null };
  /** `output_tokens` counts all of them so far. */
  usage?: MessageUsage;
}

/** The end of the stream. */
export interface MessageStopEvent {
  type: "message_stop";
}

/** A keep-alive. */
export interface MessagePingEvent {
  type: "ping";
}

/** A piece of a block. */
export type MessageContentDelta =
  | { type: "text_delta"; text: string }
  /** The pieces of a tool's input are JSON text only together. */
  | { type: "input_json_delta"; partial_json: string }
  | { type: "thinking_delta"; thinking: string }
  | { type: "signature_delta"; signature: string }
  | { type: "citations_delta"; citation: object }
  | UnknownObject;
