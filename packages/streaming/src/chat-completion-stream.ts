import { type ChatDecoder, createChatDecoder } from "./chat-decoder.ts";
import type { ChatCompletion, ChatCompletionChunk, ChatCompletionChunkLike } from "./chat-types.ts";
import type { Decoder } from "./decoder.ts";
import { StreamError } from "./errors.ts";
import { createQuirkReporter, type ReportQuirk } from "./quirk.ts";
import { StreamBase } from "./stream-base.ts";
import type { StreamEnd, StreamOptions } from "./stream-options.ts";

/** What `finalCompletion` puts up with. */
export interface FinalCompletionOptions {
  /** Gives what there is of a `truncated` answer instead of throwing. Default `false`. */
  readonly allowTruncated?: boolean | undefined;
}

/**
 * A streamed chat completion in the OpenAI wire format, of any server that speaks it more or less: departures are
 * repaired and reported (`onQuirk`), or turned into errors (`strict`).
 *
 * Iterating gives the chunks, `text()` the words, `finalCompletion()` the completion they make. The stream can be
 * iterated once; leaving the loop, `abort()` and `await using` cancel the request. `end` says how it ended.
 */
export class ChatCompletionStream<
  Chunk extends ChatCompletionChunkLike = ChatCompletionChunk,
  Completion = ChatCompletion,
> extends StreamBase<Chunk> {
  readonly #decoder: ChatDecoder;
  #final: Promise<StreamEnd> | undefined;

  private constructor(response: Response, decoder: ChatDecoder, report: ReportQuirk, options: StreamOptions) {
    // The document's type of a chunk is a closer description of what the tolerance makes sure of.
    super(response, decoder as Decoder<unknown> as Decoder<Chunk>, report, options);
    this.#decoder = decoder;
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
    const report = createQuirkReporter(options.onQuirk, options.strict ?? false);
    const decoder = createChatDecoder(response, report, options);
    return new ChatCompletionStream<Chunk, Completion>(response, decoder, report, options);
  }

  /** The text of the first answer (`index` 0) as it comes, without empty pieces. It is the one pass over the stream. */
  async *text(): AsyncGenerator<string, undefined, undefined> {
    for await (const chunk of this) {
      for (const choice of (chunk as unknown as ChatCompletionChunk).choices) {
        if (choice.index === 0 && choice.delta.content) yield choice.delta.content;
      }
    }
    return undefined;
  }

  /**
   * The completion all chunks make, for every choice: content, reasoning, refusal, tool calls, finish reason, and the
   * last usage. Reads what is left of the stream; may be called before, during or after an iteration.
   *
   * Throws the error the stream ended with, and a `StreamError` (`truncated`) when the body ended before the answer did.
   */
  async finalCompletion(options: FinalCompletionOptions = {}): Promise<Completion> {
    this.#final ??= this.readToEnd();
    const end = await this.#final;
    if ("error" in end) throw end.error;
    if (end.reason === "truncated" && !options.allowTruncated) {
      throw new StreamError(
        "The body ended before the answer did: there was no finish reason and no terminal marker",
        {
          reason: "truncated",
        },
      );
    }
    return this.#decoder.build(end.reason === "complete") as Completion;
  }

  /** The completion the chunks read so far make. Never throws: it is what is left after an error. */
  currentCompletion(): Completion {
    return this.#decoder.build(false) as Completion;
  }
}
