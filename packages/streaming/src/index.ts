export type { FinalAnswerOptions } from "./answer-stream.ts";
export {
  type AssistantMessage,
  type AssistantMessageOptions,
  toAssistantMessage,
} from "./assistant-message.ts";
export type { ByteBody } from "./byte-reader.ts";
export { ChatCompletionStream } from "./chat-completion-stream.ts";
export type {
  ChatEvent,
  EndEvent,
  FinishEvent,
  TextDeltaEvent,
  ToolCallDeltaEvent,
  ToolCallDoneEvent,
  ToolCallStartEvent,
  UsageEvent,
} from "./chat-events/chat-event.ts";
export type {
  ChatCompletion,
  ChatCompletionChoice,
  ChatCompletionChunk,
  ChatCompletionChunkChoice,
  ChatCompletionChunkLike,
  ChatCompletionCustomToolCall,
  ChatCompletionDelta,
  ChatCompletionFunctionToolCall,
  ChatCompletionLogprobs,
  ChatCompletionMessage,
  ChatCompletionToolCall,
  ChatCompletionToolCallDelta,
  CompletionUsage,
} from "./chat-types.ts";
export {
  AbortError,
  type Clock,
  HawserError,
  type HawserErrorOptions,
  StreamError,
  type StreamErrorOptions,
  type StreamFailure,
  TimeoutError,
  type TimeoutErrorOptions,
} from "./errors.ts";
export type { EventEnvelope } from "./event-decoder.ts";
export { EventStream } from "./event-stream.ts";
export { jsonSequence } from "./json-sequence/json-sequence.ts";
export { type ParseJsonSequenceOptions, parseJsonSequence } from "./json-sequence/parse-json-sequence.ts";
export type {
  MessageContentBlockDeltaEvent,
  MessageContentBlockStartEvent,
  MessageContentBlockStopEvent,
  MessageContentDelta,
  MessageDeltaEvent,
  MessagePingEvent,
  MessageStartEvent,
  MessageStopEvent,
  MessageStreamEvent,
} from "./messages/message-event-types.ts";
export { MessageStream } from "./messages/message-stream.ts";
export type {
  Message,
  MessageContentBlock,
  MessageIncompleteToolUseBlock,
  MessageRedactedThinkingBlock,
  MessageTextBlock,
  MessageThinkingBlock,
  MessageToolUseBlock,
  MessageUsage,
} from "./messages/message-types.ts";
export { multipartMixed } from "./multipart/multipart-mixed.ts";
export type { MultipartPart } from "./multipart/multipart-part.ts";
export { type ParseMultipartOptions, parseMultipart } from "./multipart/parse-multipart.ts";
export { type ParseJsonLinesOptions, parseJsonLines } from "./parse-json-lines.ts";
export { type ParseServerSentEventsOptions, parseServerSentEvents } from "./parse-server-sent-events.ts";
export { PartialJsonError, type PartialJsonErrorOptions } from "./partial-json/partial-json-error.ts";
export type { JsonPath } from "./partial-json/partial-json-reader.ts";
export {
  createPartialJsonReader,
  type PartialJsonOptions,
  type PartialJsonReader,
} from "./partial-json/partial-json-reader.ts";
export type { Quirk, QuirkId } from "./quirk.ts";
export { collectCompletion, type ReadChunksOptions, readChunks } from "./read-chunks.ts";
export type {
  ResponseAnnotationEvent,
  ResponseArgumentsDeltaEvent,
  ResponseArgumentsDoneEvent,
  ResponseContentPartEvent,
  ResponseItemEvent,
  ResponseRefusalDoneEvent,
  ResponseSnapshotEvent,
  ResponseStreamEvent,
  ResponseSummaryPartEvent,
  ResponseSummaryTextDeltaEvent,
  ResponseSummaryTextDoneEvent,
  ResponseTextDeltaEvent,
  ResponseTextDoneEvent,
} from "./responses/response-event-types.ts";
export { ResponseStream } from "./responses/response-stream.ts";
export type {
  ResponseContentPart,
  ResponseFailure,
  ResponseFunctionCall,
  ResponseItemStatus,
  ResponseObject,
  ResponseOutputItem,
  ResponseOutputMessage,
  ResponseOutputText,
  ResponseReasoning,
  ResponseRefusal,
  ResponseStatus,
  ResponseTextPart,
  ResponseUsage,
} from "./responses/response-types.ts";
export { ServerSentEventParserStream } from "./server-sent-event-parser-stream.ts";
export type { ServerSentEvent } from "./server-sent-events-parser.ts";
export type { EventStreamOptions, StreamFraming } from "./stream-framing.ts";
export type { StreamEnd, StreamOptions, StreamTimeouts } from "./stream-options.ts";
export type { TeeOptions } from "./tee/tee-items.ts";
export type { UnknownObject, UnknownType } from "./unknown-type.ts";
