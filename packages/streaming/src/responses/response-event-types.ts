import type { UnknownObject } from "../unknown-type.ts";
import type {
  ResponseContentPart,
  ResponseObject,
  ResponseOutputItem,
  ResponseTextPart,
} from "./response-types.ts";

/**
 * An event of a streamed response, with its wire names, and whatever else the server sent. Comparing `type` narrows it;
 * what is left after all known types is an event this package does not know, as it came.
 *
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export type ResponseStreamEvent =
  | ResponseSnapshotEvent<"response.created">
  | ResponseSnapshotEvent<"response.queued">
  | ResponseSnapshotEvent<"response.in_progress">
  | ResponseSnapshotEvent<"response.completed">
  | ResponseSnapshotEvent<"response.incomplete">
  | ResponseSnapshotEvent<"response.failed">
  | ResponseItemEvent<"response.output_item.added">
  | ResponseItemEvent<"response.output_item.done">
  | ResponseContentPartEvent<"response.content_part.added">
  | ResponseContentPartEvent<"response.content_part.done">
  | ResponseSummaryPartEvent<"response.reasoning_summary_part.added">
  | ResponseSummaryPartEvent<"response.reasoning_summary_part.done">
  | ResponseAnnotationEvent
  | ResponseTextDeltaEvent<"response.output_text.delta">
  | ResponseTextDeltaEvent<"response.refusal.delta">
  | ResponseTextDeltaEvent<"response.reasoning_text.delta">
  | ResponseTextDoneEvent<"response.output_text.done">
  | ResponseTextDoneEvent<"response.reasoning_text.done">
  | ResponseRefusalDoneEvent
  | ResponseArgumentsDeltaEvent
  | ResponseArgumentsDoneEvent
  | ResponseSummaryTextDeltaEvent
  | ResponseSummaryTextDoneEvent
  | UnknownObject;

/** What every event has. */
interface NumberedEvent {
  /** Counts the events of a stream. */
  sequence_number?: number;
}

/** What an event has that belongs to an item. */
interface ItemEvent extends NumberedEvent {
  item_id: string;
  /** Which item of the response's `output` it belongs to. */
  output_index: number;
}

/** What an event has that belongs to a part of a message or of reasoning. */
interface ContentEvent extends ItemEvent {
  /** Which part of the item's `content` it belongs to. */
  content_index: number;
}

/** What an event has that belongs to a part of a summary. */
interface SummaryEvent extends ItemEvent {
  /** Which part of the item's `summary` it belongs to. */
  summary_index: number;
}

/** How far the response has come. The last three types end the stream. */
export interface ResponseSnapshotEvent<
  Type extends string =
    | "response.created"
    | "response.queued"
    | "response.in_progress"
    | "response.completed"
    | "response.incomplete"
    | "response.failed",
> extends NumberedEvent {
  type: Type;
  response: ResponseObject;
}

/** An item of the output begins, or is done. */
export interface ResponseItemEvent<
  Type extends string = "response.output_item.added" | "response.output_item.done",
> extends NumberedEvent {
  type: Type;
  output_index: number;
  item: ResponseOutputItem;
}

/** A part of an item begins, or is done. */
export interface ResponseContentPartEvent<
  Type extends string = "response.content_part.added" | "response.content_part.done",
> extends ContentEvent {
  type: Type;
  part: ResponseContentPart;
}

/** A part of the summary of the reasoning begins, or is done. */
export interface ResponseSummaryPartEvent<
  Type extends string = "response.reasoning_summary_part.added" | "response.reasoning_summary_part.done",
> extends SummaryEvent {
  type: Type;
  part: ResponseTextPart;
}

/** An annotation of a text, for example a citation. */
export interface ResponseAnnotationEvent extends ContentEvent {
  type: "response.output_text.annotation.added";
  annotation_index?: number;
  annotation: object;
}

/** A piece of text, of a refusal, or of reasoning. */
export interface ResponseTextDeltaEvent<
  Type extends string =
    | "response.output_text.delta"
    | "response.refusal.delta"
    | "response.reasoning_text.delta",
> extends ContentEvent {
  type: Type;
  delta: string;
}

/** A text, or reasoning, as a whole. */
export interface ResponseTextDoneEvent<
  Type extends string = "response.output_text.done" | "response.reasoning_text.done",
> extends ContentEvent {
  type: Type;
  text: string;
}

/** A refusal as a whole. */
export interface ResponseRefusalDoneEvent extends ContentEvent {
  type: "response.refusal.done";
  refusal: string;
}

/** A piece of the arguments of a call. */
export interface ResponseArgumentsDeltaEvent extends ItemEvent {
  type: "response.function_call_arguments.delta";
  delta: string;
}

/** The arguments of a call as a whole. */
export interface ResponseArgumentsDoneEvent extends ItemEvent {
  type: "response.function_call_arguments.done";
  arguments: string;
}

/** A piece of the summary of the reasoning. */
export interface ResponseSummaryTextDeltaEvent extends SummaryEvent {
  type: "response.reasoning_summary_text.delta";
  delta: string;
}

/** A part of the summary of the reasoning as a whole. */
export interface ResponseSummaryTextDoneEvent extends SummaryEvent {
  type: "response.reasoning_summary_text.done";
  text: string;
}
