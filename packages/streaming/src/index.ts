export type { ByteBody } from "./byte-reader.ts";
export { ChatCompletionStream, type FinalCompletionOptions } from "./chat-completion-stream.ts";
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
export { type ParseJsonLinesOptions, parseJsonLines } from "./parse-json-lines.ts";
export { type ParseServerSentEventsOptions, parseServerSentEvents } from "./parse-server-sent-events.ts";
export type { Quirk, QuirkId } from "./quirk.ts";
export type { ServerSentEvent } from "./server-sent-events-parser.ts";
export type { StreamEnd, StreamOptions, StreamTimeouts } from "./stream-options.ts";
