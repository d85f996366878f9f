import { createByteReader } from "../byte-reader.ts";
import { type Decoder, terminalMarker } from "../decoder.ts";
import { invalidData } from "../errors.ts";
import { toReportedError, toWholeBodyError } from "../event-decoder.ts";
import type { Frame } from "../frame-parser.ts";
import { createFrames } from "../frames.ts";
import { createItemReader } from "../item-reader.ts";
import { isJsonObject, tryParseJson } from "../json.ts";
import { defaultMaxEventBytes } from "../limits.ts";
import type { ReportQuirk } from "../quirk.ts";
import { createBodyParser, shownLimit } from "../response-parser.ts";
import { openBody } from "../response-reader.ts";
import type { StreamFraming } from "../stream-framing.ts";
import type { StreamOptions } from "../stream-options.ts";
import { isErrorPayload } from "../tolerance/server-error.ts";
import { createUtf8Decoder } from "../utf8.ts";
import { boundaryOf } from "./boundary-of.ts";
import { createMultipartParser, defaultMaxHeaderBytes } from "./multipart-parser.ts";
import type { MultipartPiece } from "./multipart-part.ts";

type Options = Omit<StreamOptions, "framing">;

/** Whether the Content-Type is JSON: `application/json`, `…+json`. */
function isJson(contentType: string): boolean {
  return /^[^;]*[/+]json\s*(;|$)/i.test(contentType);
}

function toText(data: Uint8Array): string {
  const decode = createUtf8Decoder();
  return decode(data) + decode();
}

/** The decoder of a stream whose items are the parts. */
function createPartDecoder<Item>(
  report: ReportQuirk,
  { onQuirk }: Options,
  isWhole: () => boolean,
): Decoder<Item, MultipartPiece> {
  let count = 0;

  /** The value of a part that is JSON by its type, or that has no type and can be nothing else. */
  function readJson({ headers, data, origin }: MultipartPiece): { readonly value: unknown } | undefined {
    const contentType = headers.get("content-type");
    if (contentType !== null && !isJson(contentType)) return undefined;
    const raw = toText(data);
    const parsed = tryParseJson(raw);
    // Without a type it is plain text (RFC 2046, section 5.1).
    const mayBeText = contentType === null && !isJsonObject(parsed?.value) && !Array.isArray(parsed?.value);
    if (mayBeText) return undefined;
    if (parsed === undefined && origin === undefined) throw invalidData(`Part ${count} is not JSON`, raw);
    if (isErrorPayload(parsed?.value)) throw toReportedError(raw, parsed?.value, onQuirk);
    if (contentType === null) report("Q50", "", "A part has no Content-Type, and is read as the JSON it is");
    return parsed;
  }

  return {
    decode(piece) {
      if (piece.origin === "closing") return terminalMarker;
      count += 1;
      const found = readJson(piece);
      if (piece.origin === undefined) {
        const { headers, data } = piece;
        return (found === undefined ? { headers, data } : found.value) as Item;
      }
      // Of anything but a JSON object or array nobody can tell whether it is whole.
      if (typeof found?.value !== "object" || found.value === null) return undefined;
      report("Q7", "", "The body ended without the closing boundary, and the last part is used");
      return found.value as Item;
    },
    finish: (how) => (how === "marker" ? "complete" : "truncated"),
    isWhole,
  };
}

/** The decoder of an answer that is not multipart at all. */
function createBodyDecoder<Item>(response: Response): Decoder<Item> {
  return {
    decode(frame) {
      throw toWholeBodyError(response, frame.data);
    },
    finish: () => "truncated",
    isWhole: () => false,
  };
}

/**
 * The framing of `multipart/mixed` and its like (RFC 2046, section 5.1): an item is the value of a part that is JSON, and of
 * any other part a `MultipartPart`. A body that ends before its closing boundary is `truncated`.
 *
 * The boundary is that of the response's Content-Type. Without one, the body ends the stream with a `StreamError`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1
 */
export const multipartMixed: StreamFraming = {
  name: "multipart-mixed",
  mediaType: "multipart/mixed",
  obstacleIn({ headers }) {
    const contentType = headers.get("content-type");
    // One JSON body is an answer of another kind, often an error, that has something to say.
    if (boundaryOf(contentType) !== undefined || isJson(contentType ?? "")) return undefined;
    return `its Content-Type (${contentType ?? "none"}) names no boundary of parts`;
  },
  createReader<Item>(response: Response, report: ReportQuirk, options: Options) {
    const { maxEventBytes = defaultMaxEventBytes } = options;
    const bytes = createByteReader(openBody(response));
    const boundary = response.ok ? boundaryOf(response.headers.get("content-type")) : undefined;
    if (boundary === undefined) {
      const frames = createFrames<Frame>(() => createBodyParser(shownLimit, true));
      return createItemReader(bytes, frames, createBodyDecoder<Item>(response), options);
    }
    const limits = { maxEventBytes, maxHeaderBytes: defaultMaxHeaderBytes };
    const pieces = createMultipartParser(boundary, limits, report);
    const decoder = createPartDecoder<Item>(report, options, pieces.isClosing);
    return createItemReader(bytes, pieces, decoder, options);
  },
};
