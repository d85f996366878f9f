import type { AnswerKeeper } from "./answer-decoder.ts";
import { AnswerStream, type FinalAnswerOptions } from "./answer-stream.ts";
import { requireUnlocked } from "./byte-reader.ts";
import { toEventBytes } from "./carry/to-event-bytes.ts";
import { type ChatAnswer, createChatAnswer } from "./chat-answer.ts";
import { type ChatDecoder, createChatDecoder } from "./chat-decoder.ts";
import type { ChatEvent } from "./chat-events/chat-event.ts";
import { createChatEventIterator } from "./chat-events/chat-event-iterator.ts";
import type { ChatCompletion, ChatCompletionChunk, ChatCompletionChunkLike } from "./chat-types.ts";
import { HawserError } from "./errors.ts";
import type { ItemReader } from "./item-reader.ts";
import { createQuirkReporter } from "./quirk.ts";
import { createResponseReader } from "./response-reader.ts";
import type { StreamOptions } from "./stream-options.ts";
import { type TeeOptions, teeItems } from "./tee/tee-items.ts";
import { withAnswer } from "./tee/with-answer.ts";

/** Takes hold of a response that carries a chat. */
function openChat(
  response: Response,
  options: StreamOptions,
): { decoder: ChatDecoder; reader: ItemReader<ChatCompletionChunk> } {
  const report = createQuirkReporter(options.onQuirk, options.strict ?? false);
  const decoder = createChatDecoder(response, report, options);
  return { decoder, reader: createResponseReader(response, decoder, report, options) };
}

/**
 * A streamed chat completion in the OpenAI wire format, of any server that speaks it more or less: departures are
 * repaired and reported (`onQuirk`), or turned into errors (`strict`).
 *
 * Iterating gives the chunks, `events()` what they mean, `text()` the words, `finalCompletion()` the completion they
 * make. The stream can be iterated once; leaving the loop, `abort()` and `await using` cancel the request. `end` says
 * how it ended.
 */
export class ChatCompletionStream<
  Chunk extends ChatCompletionChunkLike = ChatCompletionChunk,
  Completion = ChatCompletion,
> extends AnswerStream<Chunk, Completion> {
  readonly #live: () => ChatCompletion;

  private constructor(
    response: Response | undefined,
    answer: ChatAnswer,
    reader: ItemReader<ChatCompletionChunk>,
  ) {
    // The document's types are a closer description of what the tolerance makes sure of.
    super(
      response,
      answer as AnswerKeeper<unknown, unknown> as AnswerKeeper<Chunk, Completion>,
      reader as ItemReader<unknown> as ItemReader<Chunk>,
    );
    this.#live = answer.live;
  }

  /**
   * The stream of a response, for example of any `fetch`. The terminal marker is `[DONE]` unless `sentinel` says
   * otherwise. A response that carries a whole completion instead of a stream gives one chunk; an error body ends the
   * stream with a `StreamError` in the server's words.
   *
   * Throws a `HawserError` when the body has been read, or when a clock is set to a negative time.
   */
  static fromResponse<
    Chunk extends ChatCompletionChunkLike = ChatCompletionChunk,
    Completion = ChatCompletion,
  >(response: Response, options: StreamOptions = {}): ChatCompletionStream<Chunk, Completion> {
    const { decoder, reader } = openChat(response, options);
    return new ChatCompletionStream<Chunk, Completion>(response, decoder, reader);
  }

  /**
   * The stream of bytes that `toReadableStream` made, for example of the body of one's own server's answer. It ends as
   * the stream there did: an error that was carried over is of the same class, without its `cause` and `raw`.
   * `fromResponse` does the same, and looks at the status too.
   *
   * Throws a `HawserError` when the bytes are being read by someone else, or when a clock is set to a negative time.
   */
  static fromReadableStream<
    Chunk extends ChatCompletionChunkLike = ChatCompletionChunk,
    Completion = ChatCompletion,
  >(body: ReadableStream<Uint8Array>, options: StreamOptions = {}): ChatCompletionStream<Chunk, Completion> {
    requireUnlocked(body);
    const carrier = new Response(body, { headers: { "content-type": "text/event-stream" } });
    const { decoder, reader } = openChat(carrier, options);
    return new ChatCompletionStream<Chunk, Completion>(undefined, decoder, reader);
  }

  /**
   * What happens in the chat, as typed events, told apart by `type`: `content.delta`, `reasoning.delta`,
   * `refusal.delta`, `tool_call.start`, `tool_call.delta`, `tool_call.done`, `finish`, `usage`, and `end` as the last.
   * Each has the completion so far as `snapshot`, which grows in place. It is the one pass over the stream.
   *
   * A call is done when its answer finishes, so that parallel calls may come interleaved; a server that goes on after
   * that has the call started once and done again. After `end` the error of an end that is `aborted`, `timeout` or
   * `error` is thrown. Leaving the loop cancels the request.
   */
  events(): AsyncGenerator<ChatEvent<Completion>, undefined, undefined> {
    const open = (): AsyncGenerator<unknown, undefined, undefined> => this[Symbol.asyncIterator]();
    const events: AsyncGenerator<unknown, undefined, undefined> = createChatEventIterator(
      open as () => AsyncGenerator<ChatCompletionChunk, undefined, undefined>,
      this.end,
      this.#live,
    );
    return events as AsyncGenerator<ChatEvent<Completion>, undefined, undefined>;
  }

  /**
   * The chunks, repaired, as the bytes of server-sent events, to hand on to a browser: `new Response(bytes, { headers:
   * { "content-type": "text/event-stream" } })`. It is the one pass over the stream, and read only as the receiver
   * reads; cancelling the bytes cancels the request.
   *
   * The end crosses as what it is: `[DONE]` after a complete answer, nothing after a truncated one, and an error as an
   * event `{ error: { message, type, code } }`, with the message and the codes the receiver would have had here.
   *
   * Throws a `StreamError` (`misuse`) when the stream is being read or has been.
   */
  toReadableStream(): ReadableStream<Uint8Array> {
    return toEventBytes(this[Symbol.asyncIterator](), this.end);
  }

  /**
   * Two streams of the same chunks, each with its own views and its own end. Read both at the same time: the one that is
   * `maxAhead` chunks (default 1000) ahead waits for the other. Leaving one lets the other go on; leaving both cancels
   * the request, and so does `abort()` of this one. The chunks are shared: don't change them.
   *
   * It is the one pass over the stream. Throws a `StreamError` (`misuse`) when the stream is being read or has been, and
   * a `HawserError` when `maxAhead` is not positive.
   */
  tee(
    options: TeeOptions = {},
  ): [ChatCompletionStream<Chunk, Completion>, ChatCompletionStream<Chunk, Completion>] {
    const { maxAhead = 1000 } = options;
    if (!(maxAhead >= 1)) throw new HawserError(`maxAhead must be at least 1, not ${maxAhead}`);
    const chunks: AsyncGenerator<unknown, undefined, undefined> = this[Symbol.asyncIterator]();
    const typed = chunks as AsyncGenerator<ChatCompletionChunk, undefined, undefined>;
    const [first, second] = teeItems(typed, this.end, maxAhead);
    return [this.#branch(first), this.#branch(second)];
  }

  #branch(reader: ItemReader<ChatCompletionChunk>): ChatCompletionStream<Chunk, Completion> {
    const answer = createChatAnswer();
    const counted = withAnswer(reader, answer);
    return new ChatCompletionStream<Chunk, Completion>(this.response, answer, counted);
  }

  /**
   * The completion all chunks make, for every choice: content, reasoning, refusal, tool calls, finish reason, and the
   * last usage. Reads what is left of the stream; may be called before, during or after an iteration.
   * An iteration that was left has cancelled the request: what came until then is in `currentCompletion()`.
   *
   * Throws the error the stream ended with, and a `StreamError` (`truncated`) when the body ended before the answer did.
   */
  finalCompletion(options: FinalAnswerOptions = {}): Promise<Completion> {
    return this.finalAnswer(options);
  }

  /** The completion the chunks read so far make. Never throws: it is what is left after an error. */
  currentCompletion(): Completion {
    return this.currentAnswer();
  }
}
