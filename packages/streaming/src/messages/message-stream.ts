import type { AnswerDecoder } from "../answer-decoder.ts";
import { AnswerStream, type FinalAnswerOptions } from "../answer-stream.ts";
import { createQuirkReporter } from "../quirk.ts";
import { createResponseReader } from "../response-reader.ts";
import type { StreamOptions } from "../stream-options.ts";
import { createTypedEventDecoder } from "../typed-event-decoder.ts";
import { createMessageDialect } from "./message-dialect.ts";
import type { MessageStreamEvent } from "./message-event-types.ts";
import type { Message } from "./message-types.ts";

/**
 * A streamed message of the Messages API. Iterating gives its events, also those this package does not know; `text()`
 * gives the words, `finalMessage()` the message.
 *
 * `message_stop` ends the stream, even when the connection stays open. The stream can be iterated once; leaving the
 * loop, `abort()` and `await using` cancel the request. `end` says how it ended: at an `error` event, with a
 * `StreamError` in the server's words.
 */
export class MessageStream<
  Event extends { type: string } = MessageStreamEvent,
  Final = Message,
> extends AnswerStream<Event, Final> {
  /**
   * The stream of a response, for example of any `fetch`. A response that carries a whole message instead of a stream
   * gives one `message_start` that has it all; an error body ends the stream with a `StreamError` in the server's words.
   *
   * Throws a `HawserError` when the body has been read, or when a clock is set to a negative time.
   */
  static fromResponse<Event extends { type: string } = MessageStreamEvent, Final = Message>(
    response: Response,
    options: StreamOptions = {},
  ): MessageStream<Event, Final> {
    const report = createQuirkReporter(options.onQuirk, options.strict ?? false);
    const decoder = createTypedEventDecoder(response, report, options, createMessageDialect(report));
    // The document's types are a closer description of what comes.
    const typed = decoder as unknown as AnswerDecoder<Event, Final>;
    const reader = createResponseReader(response, typed, report, options);
    return new MessageStream<Event, Final>(response, typed, reader);
  }

  /**
   * The message all events make: text, thinking with its signature, tool calls with their input, why it stopped, and
   * the last token counts. A block that was cut off is marked `incomplete`, and a tool call among them has
   * `partial_json` instead of `input`. Reads what is left of the stream; may be called before, during or after an
   * iteration.
   *
   * Throws the error the stream ended with, and a `StreamError` (`truncated`) when the body ended before the message
   * did.
   */
  finalMessage(options: FinalAnswerOptions = {}): Promise<Final> {
    return this.finalAnswer(options);
  }

  /** The message the events read so far make. Never throws: it is what is left after an error. */
  currentMessage(): Final {
    return this.currentAnswer();
  }
}
