import { defaultMaxEventBytes } from "./limits.ts";
import type { ParseServerSentEventsOptions } from "./parse-server-sent-events.ts";
import { createServerSentEventParser, type ServerSentEvent } from "./server-sent-events-parser.ts";
import { createUtf8Decoder } from "./utf8.ts";

/** The class; made by a function, so that bundles which don't use it can do without: what it extends is a global. */
function createClass() {
  return class ServerSentEventParserStream extends TransformStream<Uint8Array, ServerSentEvent> {
    constructor(options: ParseServerSentEventsOptions = {}) {
      const { maxEventBytes = defaultMaxEventBytes, onComment, onUnknownField, onUnterminated } = options;
      const decode = createUtf8Decoder();
      let onEvent: (event: ServerSentEvent) => void = () => {};
      const parser = createServerSentEventParser(
        { onEvent: (event) => onEvent(event), onComment, onUnknownField },
        maxEventBytes,
      );
      super({
        start(controller) {
          onEvent = (event) => controller.enqueue(event);
        },
        transform(bytes) {
          parser.feed(decode(bytes));
        },
        flush() {
          parser.feed(decode());
          const last = parser.finish();
          if (last !== undefined) onUnterminated?.(last);
        },
      });
    }
  };
}

/**
 * `parseServerSentEvents` to pipe through: `body.pipeThrough(new ServerSentEventParserStream())` is a stream of events.
 *
 * The stream fails with a `StreamError` (`too-large`) when an event is over `maxEventBytes`, and with whatever the body
 * or an option's function throws.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export const ServerSentEventParserStream = /* @__PURE__ */ createClass();

/** An instance of the class of that name. */
export type ServerSentEventParserStream = InstanceType<typeof ServerSentEventParserStream>;
