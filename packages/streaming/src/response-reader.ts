import { createByteReader } from "./byte-reader.ts";
import type { Decoder } from "./decoder.ts";
import { HawserError } from "./errors.ts";
import { createFrames } from "./frames.ts";
import { createItemReader, type ItemReader } from "./item-reader.ts";
import type { ReportQuirk } from "./quirk.ts";
import { createResponseParser } from "./response-parser.ts";
import type { StreamOptions } from "./stream-options.ts";

/** Takes hold of a response's body. Throws a `HawserError` when it has been read. */
export function openBody(response: Response): ReadableStream<Uint8Array> {
  if (response.bodyUsed) throw new HawserError("The response can't be streamed: its body has been read");
  return response.body ?? new Blob([]).stream();
}

/**
 * Reads the items of a response. Throws a `HawserError` when its body has been read, or when a clock is set to a
 * negative time.
 */
export function createResponseReader<Item>(
  response: Response,
  decoder: Decoder<Item>,
  report: ReportQuirk,
  options: StreamOptions,
): ItemReader<Item> {
  return createItemReader(
    createByteReader(openBody(response)),
    createFrames((onFrame) => createResponseParser(response, onFrame, report, options)),
    decoder,
    options,
  );
}
