import { StreamError } from "./errors.ts";
import type { Frame, FrameParser } from "./frame-parser.ts";
import { createJsonLinesParser } from "./json-lines-parser.ts";
import { defaultMaxEventBytes } from "./limits.ts";
import type { ReportQuirk } from "./quirk.ts";
import { createServerSentEventParser } from "./server-sent-events-parser.ts";
import type { StreamOptions } from "./stream-options.ts";
import { utf8Length } from "./utf8.ts";

/** How much of an answer that is no stream is kept to be shown, in bytes. */
export const shownLimit = 65_536;

/** The first character of a JSON object or of a page: no line of an event stream that means anything begins so. */
const bodyStart = /^[{<]/;

/** Collects a body that is no stream, and hands it on as one frame. */
export function createBodyParser(limit: number, isCut: boolean): FrameParser {
  const pieces: string[] = [];
  let length = 0;
  return {
    feed(text) {
      if (isCut && length >= limit) return;
      pieces.push(text);
      length += utf8Length(text);
      if (length <= limit || isCut) return;
      throw new StreamError(`The body is larger than ${limit} bytes (maxEventBytes)`, {
        reason: "too-large",
      });
    },
    finish() {
      return { event: undefined, data: pieces.join(""), id: undefined, retry: undefined, origin: "body" };
    },
  };
}

/**
 * A parser of events that looks at what really comes, whatever the content type says (Q10, Q11): a body that begins
 * like JSON or like a page is handed on as one frame, and so is text without a single event under another type.
 */
function createSniffingParser(
  contentType: string,
  onFrame: (frame: Frame) => void,
  report: ReportQuirk,
  options: StreamOptions,
): FrameParser {
  const { maxEventBytes = defaultMaxEventBytes, onComment } = options;
  const isDeclared = contentType.startsWith("text/event-stream");
  let parser: FrameParser | undefined;
  let start = "";
  let events = 0;

  function onEvent(event: Frame): void {
    events += 1;
    onFrame(event);
    if (isDeclared || events > 1) return;
    start = "";
    report(
      "Q11",
      "",
      contentType === "" ? "The content type is missing" : "The content type is not text/event-stream",
    );
  }

  function onUnknownField(name: string, value: string): void {
    // Older llama.cpp reports errors as a field of their own, which the rules would ignore (Q39).
    if (name === "error") onFrame({ event: "error", data: value, id: undefined, retry: undefined });
  }

  return {
    feed(text) {
      if (parser !== undefined) {
        if (!isDeclared && events === 0 && start.length < shownLimit) start += text;
        return parser.feed(text);
      }
      start += text;
      const content = start.trimStart();
      if (content === "" && start.length < shownLimit) return;
      parser = bodyStart.test(content)
        ? createBodyParser(maxEventBytes, false)
        : createServerSentEventParser({ onEvent, onComment, onUnknownField }, maxEventBytes);
      parser.feed(start);
    },
    finish() {
      const last = parser?.finish();
      if (last !== undefined || isDeclared || contentType === "" || events > 0 || start.trim() === "")
        return last;
      return { event: undefined, data: start, id: undefined, retry: undefined, origin: "body" };
    },
  };
}

/** The parser for what a response carries: frames, as asked for, or a body that is no stream. */
export function createResponseParser(
  response: Response,
  onFrame: (frame: Frame) => void,
  report: ReportQuirk,
  options: StreamOptions,
): FrameParser {
  if (!response.ok) return createBodyParser(shownLimit, true);
  if (options.framing === "json-lines") {
    return createJsonLinesParser(onFrame, options.maxEventBytes ?? defaultMaxEventBytes);
  }
  const contentType = response.headers.get("content-type")?.toLowerCase() ?? "";
  return createSniffingParser(contentType, onFrame, report, options);
}
