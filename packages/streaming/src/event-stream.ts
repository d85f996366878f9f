import { createEventDecoder } from "./event-decoder.ts";
import { createQuirkReporter } from "./quirk.ts";
import { createResponseReader } from "./response-reader.ts";
import { StreamBase } from "./stream-base.ts";
import type { EventStreamOptions } from "./stream-framing.ts";
import type { StreamOptions } from "./stream-options.ts";

/**
 * A stream of JSON items: server-sent events or JSON lines, or what a framing reads that is given as a value
 * (`jsonSequence`, `multipartMixed`). They are read as they are asked for.
 *
 * It can be iterated once; leaving the loop, `abort()` and `await using` cancel the request. `end` says how it ended.
 */
export class EventStream<Item> extends StreamBase<Item> {
  /**
   * The stream of a response. The response's status and its first characters are looked at too: an error body, a page or
   * one JSON body where a stream was asked for ends the stream with a `StreamError` that quotes it.
   *
   * Throws a `HawserError` when the body has been read, or when a clock is set to a negative time.
   */
  static fromResponse<Item = unknown>(
    response: Response,
    options: EventStreamOptions = {},
  ): EventStream<Item> {
    const report = createQuirkReporter(options.onQuirk, options.strict ?? false);
    const { framing } = options;
    if (typeof framing === "object")
      return new EventStream<Item>(response, framing.createReader(response, report, options));
    // The framing is none that is a value.
    const known = options as StreamOptions;
    const decoder = createEventDecoder<Item>(response, report, known);
    return new EventStream<Item>(response, createResponseReader(response, decoder, report, known));
  }
}
