import { StreamError } from "./errors.ts";
import type { FrameParser } from "./frame-parser.ts";
import type { ServerSentEvent } from "./server-sent-events-parser.ts";
import { utf8Length } from "./utf8.ts";

/**
 * A parser of decoded JSON lines: a frame for each line that is not blank. A CR before the LF is white space to JSON
 * and stays where it is. Linear in the text, however it is cut up.
 *
 * `feed` throws a `StreamError` (`too-large`) when a line is over `maxLineBytes`.
 *
 * @see https://jsonlines.org
 */
export function createJsonLinesParser(
  onLine: (line: ServerSentEvent) => void,
  maxLineBytes: number,
): FrameParser {
  let pieces: string[] = [];
  // At most so many bytes: a UTF-16 unit is at most three bytes of UTF-8. They are counted only when it may matter.
  let pieceBound = 0;

  function add(piece: string): void {
    pieces.push(piece);
    pieceBound += piece.length * 3;
    if (pieceBound <= maxLineBytes) return;
    const line = pieces.join("");
    pieces = [line];
    pieceBound = utf8Length(line);
    if (pieceBound <= maxLineBytes) return;
    throw new StreamError(`A line is larger than ${maxLineBytes} bytes (maxEventBytes)`, {
      reason: "too-large",
    });
  }

  function takeLine(): ServerSentEvent | undefined {
    const data = pieces.length === 1 ? pieces[0]! : pieces.join("");
    pieces = [];
    pieceBound = 0;
    return /\S/.test(data) ? { event: undefined, data, id: undefined, retry: undefined } : undefined;
  }

  return {
    feed(text) {
      let start = 0;
      for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
        add(text.slice(start, end));
        const line = takeLine();
        if (line !== undefined) onLine(line);
        start = end + 1;
      }
      if (start === text.length) return;
      add(text.slice(start));
    },

    finish: takeLine,
  };
}
