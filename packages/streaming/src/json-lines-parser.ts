import type { FrameParser } from "./frame-parser.ts";
import type { ServerSentEvent } from "./server-sent-events-parser.ts";
import { createTextBuffer } from "./text-buffer.ts";

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
  const { add, take } = createTextBuffer("A line", maxLineBytes);

  function takeLine(): ServerSentEvent | undefined {
    const data = take();
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
