import { type ByteBody, createByteReader } from "./byte-reader.ts";
import { createFrameIterator } from "./frame-iterator.ts";
import type { Frame } from "./frame-parser.ts";
import { createFrames } from "./frames.ts";
import { defaultMaxEventBytes } from "./limits.ts";
import { createServerSentEventParser, type ServerSentEvent } from "./server-sent-events-parser.ts";

/** How server-sent events are read. */
export interface ParseServerSentEventsOptions {
  /** How large the data of one event, or one line, may be, in bytes. Default 16 MiB. */
  readonly maxEventBytes?: number | undefined;
  /** Is told of comments, without their colon: servers send them to keep the connection open, or with metadata. */
  readonly onComment?: ((text: string) => void) | undefined;
  /** Is told of fields the rules ignore because they don't know them. */
  readonly onUnknownField?: ((name: string, value: string) => void) | undefined;
  /**
   * Is given the last event when the body ended before the blank line that would have finished it. The rules discard
   * such an event, so it is not among those that are yielded.
   */
  readonly onUnterminated?: ((event: ServerSentEvent) => void) | undefined;
}

/**
 * The server-sent events of a body, one by one, by the WHATWG rules.
 *
 * The body is read only as the consumer asks, and given up as soon as the consumer leaves. Throws a `StreamError`
 * (`too-large`) when an event is over `maxEventBytes`, a `HawserError` when the body is being read by someone else, and
 * whatever the body throws.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function parseServerSentEvents(
  body: ByteBody,
  options: ParseServerSentEventsOptions = {},
): AsyncGenerator<ServerSentEvent, undefined, undefined> {
  const { maxEventBytes = defaultMaxEventBytes, onComment, onUnknownField, onUnterminated } = options;
  function toResult(frame: Frame | undefined): IteratorResult<ServerSentEvent, undefined> {
    if (frame === undefined) return { done: true, value: undefined };
    if (frame.origin === undefined) return { done: false, value: frame };
    const { origin: _, ...event } = frame;
    onUnterminated?.(event);
    return { done: true, value: undefined };
  }

  return createFrameIterator(
    createByteReader(body),
    createFrames((onEvent) =>
      createServerSentEventParser({ onEvent, onComment, onUnknownField }, maxEventBytes),
    ),
    toResult,
  );
}
