import { type ByteBody, createByteReader } from "../byte-reader.ts";
import { StreamError } from "../errors.ts";
import { createFrameIterator } from "../frame-iterator.ts";
import { defaultMaxEventBytes } from "../limits.ts";
import { createQuirkReporter, type Quirk } from "../quirk.ts";
import { shownLimit } from "../response-parser.ts";
import { createMultipartParser, defaultMaxHeaderBytes } from "./multipart-parser.ts";
import type { MultipartPart, MultipartPiece } from "./multipart-part.ts";

/** How a multipart body is read. */
export interface ParseMultipartOptions {
  /** What stands between the parts: the parameter `boundary` of the Content-Type. */
  readonly boundary: string;
  /** How large the content of one part may be, in bytes. Default 16 MiB. */
  readonly maxEventBytes?: number | undefined;
  /** How large the header of one part may be, in bytes. Default 16 KiB. */
  readonly maxHeaderBytes?: number | undefined;
  /** Is told of lines that end with LF alone (Q48), and of header lines that are none (Q49). */
  readonly onQuirk?: ((quirk: Quirk) => void) | undefined;
  /** Turns these departures into a `StreamError`. Default `false`. */
  readonly strict?: boolean | undefined;
}

/**
 * The parts of a multipart body (`multipart/mixed`, `multipart/byteranges` and their like), one by one, each as soon as the
 * boundary behind it has come. What stands before the first boundary and after the closing one is passed over.
 *
 * The body is read only as the consumer asks, and given up at the closing boundary, and as soon as the consumer leaves.
 * Throws a `StreamError`: `truncated` when the body ends before the closing boundary, `invalid-data` when there is no
 * boundary in it, `too-large` when a part is over a limit, `quirk` for a departure when `strict` is set; and at once a
 * `HawserError` when `boundary` can't be one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1
 */
export function parseMultipart(
  body: ByteBody,
  options: ParseMultipartOptions,
): AsyncGenerator<MultipartPart, undefined, undefined> {
  const { boundary, onQuirk, strict = false } = options;
  const { maxEventBytes = defaultMaxEventBytes, maxHeaderBytes = defaultMaxHeaderBytes } = options;
  const report = createQuirkReporter(onQuirk, strict);
  const pieces = createMultipartParser(boundary, { maxEventBytes, maxHeaderBytes }, report);
  const bytes = createByteReader(body);
  let count = 0;

  function toResult(piece: MultipartPiece | undefined): IteratorResult<MultipartPart, undefined> {
    if (piece?.origin === "closing") {
      bytes.cancel();
      return { done: true, value: undefined };
    }
    if (piece === undefined || piece.origin !== undefined) {
      throw new StreamError(`The body ended before its closing boundary, after ${count} parts`, {
        reason: "truncated",
        // What a server has to say of its failure may stand in the part that it broke off.
        raw: piece && new TextDecoder().decode(piece.data.subarray(0, shownLimit)),
      });
    }
    count += 1;
    return { done: false, value: piece };
  }

  return createFrameIterator(bytes, pieces, toResult);
}
