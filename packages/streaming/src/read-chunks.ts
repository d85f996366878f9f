import { type ByteBody, createByteReader } from "./byte-reader.ts";
import type { ChatCompletion, ChatCompletionChunk, ChatCompletionChunkLike } from "./chat-types.ts";
import { requireShallow } from "./depth.ts";
import { invalidData, StreamError } from "./errors.ts";
import { createFrameIterator } from "./frame-iterator.ts";
import type { Frame } from "./frame-parser.ts";
import { createFrames } from "./frames.ts";
import { isJsonObject, tryParseJson } from "./json.ts";
import { defaultMaxEventBytes } from "./limits.ts";
import { createCompletionBuilder } from "./merge/completion-builder.ts";
import { createServerSentEventParser } from "./server-sent-events-parser.ts";
import { isErrorChunk, toServerError } from "./tolerance/server-error.ts";

/** How chunks are read. */
export interface ReadChunksOptions {
  /** How large one event may be, in bytes. Default 16 MiB. */
  readonly maxEventBytes?: number | undefined;
}

/** Whether every choice is as the format has it. */
function hasChoices(value: unknown): value is ChatCompletionChunk {
  if (!isJsonObject(value) || !Array.isArray(value.choices)) return false;
  return value.choices.every((choice) => isJsonObject(choice) && isJsonObject(choice.delta));
}

/**
 * The chunks of a chat from a server that keeps to the format, such as one's own that sends what `toReadableStream()`
 * makes. It repairs nothing and has no clocks: a fraction of the code of `ChatCompletionStream`, for where bytes count.
 *
 * The body is read only as the consumer asks, and given up when the consumer leaves. Throws a `StreamError`: `server` for
 * an error inside the stream, `invalid-data` for what is no chunk, `too-large` (or nested too deeply), and `truncated` when the body ends before
 * the marker `[DONE]` and any finish reason. Throws what the body throws.
 */
export function readChunks<Chunk extends ChatCompletionChunkLike = ChatCompletionChunk>(
  body: ByteBody,
  { maxEventBytes = defaultMaxEventBytes }: ReadChunksOptions = {},
): AsyncGenerator<Chunk, undefined, undefined> {
  const bytes = createByteReader(body);
  let isFinished = false;

  function toResult(frame: Frame | undefined): IteratorResult<Chunk, undefined> {
    const data = frame?.origin === undefined ? frame?.data : undefined;
    if (data === undefined && !isFinished) {
      throw new StreamError("The body ended before the answer did", { reason: "truncated" });
    }
    if (data === undefined || data === "[DONE]") {
      bytes.cancel();
      return { done: true, value: undefined };
    }
    const chunk = tryParseJson(data)?.value;
    if (frame?.event === "error" || (isJsonObject(chunk) && isErrorChunk(chunk))) {
      throw toServerError(data, chunk ?? data);
    }
    if (!hasChoices(chunk)) throw invalidData("An event is no chunk", data);
    requireShallow("A chunk", chunk, data);
    if (chunk.choices.some((choice) => choice.finish_reason)) isFinished = true;
    return { done: false, value: chunk as object as Chunk };
  }

  return createFrameIterator(
    bytes,
    createFrames((onEvent) => createServerSentEventParser({ onEvent }, maxEventBytes)),
    toResult,
  );
}

/** The completion that chunks make: content, reasoning, refusal, tool calls, finish reason of each choice, last usage. */
export async function collectCompletion<Completion = ChatCompletion>(
  chunks: AsyncIterable<ChatCompletionChunkLike> | Iterable<ChatCompletionChunkLike>,
): Promise<Completion> {
  const builder = createCompletionBuilder();
  for await (const chunk of chunks) builder.add(chunk as ChatCompletionChunk);
  return builder.build(true) as Completion;
}
