import { StreamError } from "./errors.ts";
import type { FrameParser } from "./frame-parser.ts";
import { utf8Length } from "./utf8.ts";

/** A server-sent event, by the rules of the WHATWG event stream. */
export interface ServerSentEvent {
  /** The event's type; `undefined` when none was given, which browsers call `message`. */
  readonly event: string | undefined;
  /** The data lines, joined by LF. */
  readonly data: string;
  /** The last event id of the stream when the event came, its own or an earlier one; `undefined` until one was given. */
  readonly id: string | undefined;
  /** The reconnection time in milliseconds, when the server has set one since the event before. */
  readonly retry: number | undefined;
}

/** Who is told what the parser finds. */
export interface ServerSentEventHandlers {
  readonly onEvent: (event: ServerSentEvent) => void;
  /** Is given a comment without its colon and without the space after it. */
  readonly onComment?: ((text: string) => void) | undefined;
  /** Is given a field the rules don't know, which they ignore. */
  readonly onUnknownField?: ((name: string, value: string) => void) | undefined;
}

const lineFeed = 0x0a;
const space = 0x20;

/** Whether a line is one of data. (`startsWith` takes several times as long.) */
function isData(text: string, start: number): boolean {
  return (
    text.charCodeAt(start) === 0x64 &&
    text.charCodeAt(start + 1) === 0x61 &&
    text.charCodeAt(start + 2) === 0x74 &&
    text.charCodeAt(start + 3) === 0x61 &&
    text.charCodeAt(start + 4) === 0x3a
  );
}

/**
 * A parser of decoded event-stream text, by the WHATWG rules. Linear in the text, however it is cut up.
 *
 * `feed` throws a `StreamError` (`too-large`) when one event's data, or one line, is over `maxEventBytes`.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function createServerSentEventParser(
  handlers: ServerSentEventHandlers,
  maxEventBytes: number,
): FrameParser {
  const { onEvent, onComment, onUnknownField } = handlers;

  let data: string | undefined;
  // At most so many bytes: a UTF-16 unit is at most three bytes of UTF-8. They are counted only when it may matter.
  let dataBound = 0;
  let event = "";
  let id: string | undefined;
  let retry: number | undefined;

  // The line that is not finished yet. Its pieces are joined once: searching a string that grows by every read would
  // cost the square of its length.
  let pieces: string[] = [];
  let pieceBound = 0;
  let skipLineFeed = false;

  function checkSize(): void {
    if (dataBound + pieceBound <= maxEventBytes) return;
    const line = pieces.join("");
    pieces = line === "" ? [] : [line];
    pieceBound = utf8Length(line);
    dataBound = utf8Length(data ?? "");
    if (dataBound + pieceBound <= maxEventBytes) return;
    throw new StreamError(`An event is larger than ${maxEventBytes} bytes (maxEventBytes)`, {
      reason: "too-large",
    });
  }

  function dispatch(): void {
    if (data !== undefined) {
      onEvent({ event: event === "" ? undefined : event, data, id, retry });
      retry = undefined;
      data = undefined;
      dataBound = 0;
    }
    event = "";
  }

  // https://html.spec.whatwg.org/multipage/server-sent-events.html#processField
  function processLine(line: string): void {
    const at = line.indexOf(":");
    const name = at === -1 ? line : line.slice(0, at);
    const value = at === -1 ? "" : line.slice(line.charCodeAt(at + 1) === space ? at + 2 : at + 1);
    if (line === "") dispatch();
    else if (at === 0) onComment?.(value);
    else if (name === "data") {
      data = data === undefined ? value : `${data}\n${value}`;
      dataBound += value.length * 3 + 1;
      checkSize();
    } else if (name === "event") event = value;
    else if (name === "id") {
      if (!value.includes("\0")) id = value;
    } else if (name === "retry") {
      if (/^[0-9]+$/.test(value)) retry = Number(value);
    } else onUnknownField?.(name, value);
  }

  /** Hands on an event that is one line of data and is whole, as nearly all are; gives where the next one starts. */
  function processWhole(text: string, start: number, end: number): number {
    const from = text.charCodeAt(start + 5) === space ? start + 6 : start + 5;
    const isAlone = data === undefined && event === "" && pieces.length === 0;
    if (!isAlone || text.charCodeAt(end + 1) !== lineFeed || !isData(text, start)) return start;
    if (from > end || (end - from) * 3 >= maxEventBytes) return start;
    onEvent({ event: undefined, data: text.slice(from, end), id, retry });
    retry = undefined;
    return end + 2;
  }

  function finishLine(end: string): void {
    const line = pieces.length === 0 ? end : pieces.join("") + end;
    pieces = [];
    pieceBound = 0;
    processLine(line);
  }

  return {
    feed(text) {
      let start = 0;
      if (skipLineFeed && text.length > 0) {
        skipLineFeed = false;
        if (text.charCodeAt(0) === lineFeed) start = 1;
      }
      let nextLineFeed = text.indexOf("\n", start);
      let nextReturn = text.indexOf("\r", start);
      while (nextLineFeed !== -1 || nextReturn !== -1) {
        if (nextReturn === -1 || (nextLineFeed !== -1 && nextLineFeed < nextReturn)) {
          const next = processWhole(text, start, nextLineFeed);
          if (next === start) finishLine(text.slice(start, nextLineFeed));
          start = Math.max(next, nextLineFeed + 1);
        } else {
          finishLine(text.slice(start, nextReturn));
          start = nextReturn + 1;
          // The line ends here even when the LF of a CRLF is still to come: the event must not wait for it.
          if (start === text.length) skipLineFeed = true;
          else if (nextLineFeed === start) start += 1;
        }
        if (nextLineFeed !== -1 && nextLineFeed < start) nextLineFeed = text.indexOf("\n", start);
        if (nextReturn !== -1 && nextReturn < start) nextReturn = text.indexOf("\r", start);
      }
      if (start === text.length) return;
      const rest = start === 0 ? text : text.slice(start);
      pieces.push(rest);
      pieceBound += rest.length * 3;
      checkSize();
    },

    finish() {
      if (pieces.length > 0) finishLine("");
      if (data === undefined) return undefined;
      return { event: event === "" ? undefined : event, data, id, retry };
    },
  };
}
