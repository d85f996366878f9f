import { maxDepth } from "../limits.ts";
import { createPartialJsonParser, type PartialJsonParser } from "../partial-json/partial-json-parser.ts";

/** The arguments of a tool call while they come. */
export interface GrowingArguments {
  /** The text so far. */
  readonly text: string;
  add(piece: string): void;
  /** The value so far. Nothing is read before it is asked for; then each character is, once. */
  partial(): unknown;
}

/** Arguments that have not come yet. */
export function createGrowingArguments(): GrowingArguments {
  let text = "";
  let reader: PartialJsonParser | undefined;
  let isReadable = true;

  function read(target: PartialJsonParser, piece: string): void {
    if (!isReadable) return;
    try {
      target.push(piece);
    } catch {
      // What was read before is the value so far; whether the whole is JSON is said when the call is done.
      isReadable = false;
    }
  }

  return {
    get text() {
      return text;
    },
    add(piece) {
      text += piece;
      if (reader !== undefined) read(reader, piece);
    },
    partial() {
      if (reader === undefined) {
        reader = createPartialJsonParser(maxDepth);
        read(reader, text);
      }
      return reader.value;
    },
  };
}
