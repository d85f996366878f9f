import type { AnswerDecoder } from "../answer-decoder.ts";
import { AnswerStream, type FinalAnswerOptions } from "../answer-stream.ts";
import { createQuirkReporter } from "../quirk.ts";
import { createResponseReader } from "../response-reader.ts";
import type { StreamOptions } from "../stream-options.ts";
import { createTypedEventDecoder } from "../typed-event-decoder.ts";
import { createResponseDialect } from "./response-dialect.ts";
import type { ResponseStreamEvent } from "./response-event-types.ts";
import type { ResponseObject } from "./response-types.ts";

/**
 * A streamed response of the Responses API. Iterating gives its events, also those this package does not know; `text()`
 * gives the words, `finalResponse()` the response.
 *
 * The last event (`response.completed`, `response.incomplete` or `response.failed`) ends the stream, even when the
 * connection stays open; a `[DONE]` after it is no harm, and without it only the end of the body. The stream can be
 * iterated once; leaving the loop, `abort()` and `await using` cancel the request. `end` says how it ended: after
 * `response.failed`, and at an `error` event, with a `StreamError` in the server's words.
 */
export class ResponseStream<
  Event extends { type: string } = ResponseStreamEvent,
  Final = ResponseObject,
> extends AnswerStream<Event, Final> {
  #hasFailed: () => boolean = () => false;

  /**
   * The stream of a response, for example of any `fetch`. A response that carries a whole response object instead of a
   * stream gives one event, as if it were the last; an error body ends the stream with a `StreamError` in the server's
   * words.
   *
   * Throws a `HawserError` when the body has been read, or when a clock is set to a negative time.
   */
  static fromResponse<Event extends { type: string } = ResponseStreamEvent, Final = ResponseObject>(
    response: Response,
    options: StreamOptions = {},
  ): ResponseStream<Event, Final> {
    const report = createQuirkReporter(options.onQuirk, options.strict ?? false);
    const dialect = createResponseDialect(report);
    const decoder = createTypedEventDecoder(response, report, options, dialect);
    // The document's types are a closer description of what comes.
    const typed = decoder as unknown as AnswerDecoder<Event, Final>;
    const reader = createResponseReader(response, typed, report, options);
    const stream = new ResponseStream<Event, Final>(response, typed, reader);
    stream.#hasFailed = dialect.hasFailed;
    return stream;
  }

  /**
   * The response of the last event, also when it has failed: `status` and `error` say so. With `allowTruncated`, and
   * no last event, it is put together from the events there were: it and every item that was not done is `incomplete`.
   * Reads what is left of the stream; may be called before, during or after an iteration.
   *
   * Throws the error the stream ended with, and a `StreamError` (`truncated`) when there was no last event.
   */
  async finalResponse(options: FinalAnswerOptions = {}): Promise<Final> {
    await this.waitForEnd();
    return this.#hasFailed() ? this.currentAnswer() : this.finalAnswer(options);
  }

  /** The response the events read so far make. Never throws: it is what is left after an error. */
  currentResponse(): Final {
    return this.currentAnswer();
  }
}
