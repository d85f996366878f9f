import { StreamError } from "./errors.ts";
import { utf8Length } from "./utf8.ts";

/** Collects a text that comes in pieces, in time proportional to it. */
export interface TextBuffer {
  /** Throws a `StreamError` (`too-large`) when the text gets over the cap. */
  add(piece: string): void;
  /** The text; what comes next begins another one. */
  take(): string;
}

/** @param what - what the text is, in the message of the error: `A line`. */
export function createTextBuffer(what: string, maxBytes: number): TextBuffer {
  let pieces: string[] = [];
  // At most so many bytes: a UTF-16 unit is at most three bytes of UTF-8. They are counted only when it may matter.
  let bound = 0;
  return {
    add(piece) {
      pieces.push(piece);
      bound += piece.length * 3;
      if (bound <= maxBytes) return;
      const text = pieces.join("");
      pieces = [text];
      bound = utf8Length(text);
      if (bound <= maxBytes) return;
      throw new StreamError(`${what} is larger than ${maxBytes} bytes (maxEventBytes)`, {
        reason: "too-large",
      });
    },

    take() {
      const text = pieces.length === 1 ? pieces[0]! : pieces.join("");
      pieces = [];
      bound = 0;
      return text;
    },
  };
}
