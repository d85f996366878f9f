import type { Frame, FrameParser } from "../frame-parser.ts";
import { createTextBuffer } from "../text-buffer.ts";

/** A text of a sequence: the JSON, with the white space around it. */
export interface SequenceText extends Frame {
  /** Whether a record separator stands before it, as has to. */
  readonly isMarked: boolean;
}

const quoteMark = 0x22;
const backslash = 0x5c;
const lineFeed = 0x0a;
const recordSeparator = 0x1e;

/**
 * A parser of decoded JSON text sequences: a frame for each text that is not blank. A text ends with the record
 * separator of the next one (RFC 7464, section 2.1), and already with a line feed that stands outside of all brackets and
 * strings: a server that streams sends the separator only when there is another text (section 2.2), and numbers can be
 * told to be whole by their line feed alone (section 2.4). Linear in the text, however it is cut up.
 *
 * `feed` throws a `StreamError` (`too-large`) when a text is over `maxTextBytes`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7464
 */
export function createJsonSequenceParser(
  onText: (text: SequenceText) => void,
  maxTextBytes: number,
): FrameParser<SequenceText> {
  const { add, take } = createTextBuffer("A JSON text", maxTextBytes);
  let isMarked = false;
  let depth = 0;
  let inString = false;
  let isEscaped = false;
  let isBlank = true;

  function takeText(): SequenceText | undefined {
    const data = take();
    const text = { event: undefined, data, id: undefined, retry: undefined, isMarked };
    const wasBlank = isBlank;
    isMarked = false;
    depth = 0;
    inString = false;
    isEscaped = false;
    isBlank = true;
    return wasBlank ? undefined : text;
  }

  /** Hands on the text that ends here. */
  function endText(end: string): void {
    add(end);
    const text = takeText();
    if (text !== undefined) onText(text);
  }

  /** Follows the JSON, and says whether the text ends with this character. */
  function endsWith(unit: number): boolean {
    if (unit > 0x20) isBlank = false;
    if (isEscaped) isEscaped = false;
    else if (unit === quoteMark) inString = !inString;
    else if (inString) isEscaped = unit === backslash;
    // `[`, `{` and `]`, `}` differ in the same one bit.
    else if ((unit | 0x20) === 0x7b) depth += 1;
    else if ((unit | 0x20) === 0x7d) depth -= 1;
    else return unit === lineFeed && depth <= 0 && !isBlank;
    return false;
  }

  return {
    feed(text) {
      let start = 0;
      for (let at = 0; at < text.length; at++) {
        const unit = text.charCodeAt(at);
        if (unit === recordSeparator) {
          endText(text.slice(start, at));
          isMarked = true;
          start = at + 1;
        } else if (endsWith(unit)) {
          endText(text.slice(start, at + 1));
          start = at + 1;
        }
      }
      if (start < text.length) add(text.slice(start));
    },

    finish: takeText,
  };
}
