import { type ByteBody, createByteReader } from "./byte-reader.ts";
import { invalidData } from "./errors.ts";
import { createFrameIterator } from "./frame-iterator.ts";
import type { Frame } from "./frame-parser.ts";
import { createFrames } from "./frames.ts";
import { createJsonLinesParser } from "./json-lines-parser.ts";
import { defaultMaxEventBytes } from "./limits.ts";

/** How JSON lines are read. */
export interface ParseJsonLinesOptions {
  /** How large one line may be, in bytes. Default 16 MiB. */
  readonly maxEventBytes?: number | undefined;
}

/**
 * The values of a body of JSON lines (NDJSON, `application/x-ndjson`, `application/jsonl`), one by one. Blank lines are
 * passed over, and the last line needs no line feed.
 *
 * The body is read only as the consumer asks, and given up as soon as the consumer leaves. Throws a `StreamError`:
 * `invalid-data` when a line is not JSON, `too-large` when it is over `maxEventBytes`.
 *
 * @see https://jsonlines.org
 */
export function parseJsonLines<Item = unknown>(
  body: ByteBody,
  options: ParseJsonLinesOptions = {},
): AsyncGenerator<Item, undefined, undefined> {
  const { maxEventBytes = defaultMaxEventBytes } = options;
  let count = 0;

  function toResult(frame: Frame | undefined): IteratorResult<Item, undefined> {
    if (frame === undefined) return { done: true, value: undefined };
    count += 1;
    try {
      return { done: false, value: JSON.parse(frame.data) as Item };
    } catch (error) {
      const what =
        frame.origin === "unfinished" ? `The body ends within line ${count}` : `Line ${count} is not JSON`;
      throw invalidData(what, frame.data, error);
    }
  }

  return createFrameIterator(
    createByteReader(body),
    createFrames((onLine) => createJsonLinesParser(onLine, maxEventBytes)),
    toResult,
  );
}
