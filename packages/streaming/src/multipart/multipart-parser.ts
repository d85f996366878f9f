import { requireBytes } from "../byte-reader.ts";
import { invalidData, StreamError } from "../errors.ts";
import type { Frames } from "../frames.ts";
import type { ReportQuirk } from "../quirk.ts";
import { createBoundaryLines } from "./boundary-lines.ts";
import { createByteBuffer } from "./byte-buffer.ts";
import type { MultipartPiece } from "./multipart-part.ts";
import { parsePartHeaders } from "./part-headers.ts";

/** How large what comes may be, in bytes. */
export interface MultipartLimits {
  /** The content of one part. */
  readonly maxEventBytes: number;
  /** The header lines of one part together. */
  readonly maxHeaderBytes: number;
}

/** How large the header of one part may be when nothing else is asked for, in bytes: what Node takes of a message. */
export const defaultMaxHeaderBytes = 16_384;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** How much of a body without a boundary is shown, in bytes. */
const shownLimit = 1024;

/** Each byte as the character of its number, as header fields are read (RFC 9110, section 5.5). */
function toText(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function withoutReturn(line: Uint8Array): Uint8Array {
  return line.at(-1) === carriageReturn ? line.subarray(0, -1) : line;
}

function requireSize(what: string, size: number, limit: number, option: keyof MultipartLimits): void {
  if (size <= limit) return;
  throw new StreamError(`${what} is larger than ${limit} bytes (${option})`, { reason: "too-large" });
}

/** The pieces of a multipart body. */
export interface MultipartPieces extends Frames<MultipartPiece> {
  /** Whether the body is whole if nothing more comes. */
  isClosing(): boolean;
}

/**
 * Cuts a multipart body into its parts, by RFC 2046, section 5.1.1. Linear in the body, however it is cut up.
 *
 * Lines that end with LF alone are boundaries and header lines too, and reported (Q48). What stands before the first
 * boundary and after the closing one is passed over.
 *
 * `take` throws a `StreamError`: `too-large` when a part is over a limit, `invalid-data` when there is no boundary in the
 * body.
 *
 * @throws {HawserError} when `boundary` can't be one
 * @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1
 */
export function createMultipartParser(
  boundary: string,
  { maxEventBytes, maxHeaderBytes }: MultipartLimits,
  report: ReportQuirk,
): MultipartPieces {
  const lines = createBoundaryLines(boundary, maxHeaderBytes);
  const buffer = createByteBuffer();
  let pieces: MultipartPiece[] = [];
  let taken = 0;
  let failure: { error: unknown } | undefined;
  let isOver = false;

  let place: "preamble" | "header" | "content" | "epilogue" = "preamble";
  let preamble = "";
  let headerLines: string[] = [];
  let headerBytes = 0;
  /** Where the content begins, the line that is not finished yet, and where its end has not been looked for. */
  let contentStart = 0;
  let lineStart = 0;
  let searched = 0;
  /** The beginning of the line is gone: it stands in the preamble and is too long for a boundary. */
  let isHeadless = false;

  function reportLineFeed(): void {
    report("Q48", "", "The lines around a part end with LF alone");
  }

  /** The content before the line that begins there, which may be a boundary: the line end before it is the boundary's. */
  function contentBefore(end: number): { data: Uint8Array; isBare: boolean } {
    const content = buffer.view(contentStart, end);
    const cut = content.at(-1) !== lineFeed ? 0 : content.at(-2) === carriageReturn ? 2 : 1;
    return { data: content.slice(0, content.length - cut), isBare: cut === 1 };
  }

  function endPart(data: Uint8Array, origin?: "unfinished"): void {
    requireSize("A part", data.length, maxEventBytes, "maxEventBytes");
    pieces.push({ headers: parsePartHeaders(headerLines, report), data, ...(origin && { origin }) });
    headerLines = [];
    headerBytes = 0;
  }

  function takeBoundary(kind: "boundary" | "closing"): void {
    if (place === "content") {
      const { data, isBare } = contentBefore(lineStart);
      if (isBare) reportLineFeed();
      endPart(data);
    } else if (place === "header") endPart(new Uint8Array());
    place = kind === "boundary" ? "header" : "epilogue";
    if (kind === "closing")
      pieces.push({ headers: new Headers(), data: new Uint8Array(), origin: "closing" });
  }

  /** Takes the line up to `end`, where its LF is, if it has one. */
  function takeLine(end: number, isEnded: boolean): void {
    const whole = buffer.view(lineStart, end);
    const line = withoutReturn(whole);
    const hasReturn = line.length < whole.length;
    const kind = isHeadless ? undefined : lines.kindOf(line);
    isHeadless = !isEnded;
    if (place === "header") {
      headerBytes += whole.length + 1;
      requireSize("The header of a part", headerBytes, maxHeaderBytes, "maxHeaderBytes");
    }
    const isBare = isEnded && !hasReturn && (kind !== undefined || place === "header");
    if (kind !== undefined) takeBoundary(kind);
    else if (place === "preamble" && preamble.length < shownLimit)
      preamble += `${new TextDecoder().decode(line.subarray(0, shownLimit))}\n`;
    else if (place === "header" && line.length > 0) headerLines.push(toText(line));
    else if (place === "header") {
      place = "content";
      contentStart = end + 1;
    }
    if (isBare) reportLineFeed();
  }

  /** Fails when what is not finished is too large already. */
  function checkUnfinished(): void {
    const rest = buffer.length - lineStart;
    if (place === "header")
      requireSize("The header of a part", headerBytes + rest, maxHeaderBytes, "maxHeaderBytes");
    if (place !== "content") return;
    // A boundary is no content, nor is the line end before it.
    const certain = rest > lines.longest + 1 ? buffer.length : lineStart - 2;
    requireSize("A part", certain - contentStart, maxEventBytes, "maxEventBytes");
  }

  function parse(): void {
    for (let end = buffer.find(lineFeed, searched); end !== -1; end = buffer.find(lineFeed, lineStart)) {
      takeLine(end, true);
      lineStart = end + 1;
      if (place === "epilogue") return;
    }
    checkUnfinished();
    if (place === "preamble" && buffer.length - lineStart > lines.longest + 1) {
      takeLine(buffer.length, false);
      lineStart = buffer.length;
    }
    const kept = place === "content" ? contentStart : lineStart;
    buffer.drop(kept);
    lineStart -= kept;
    contentStart = 0;
    searched = buffer.length;
  }

  /** Whether the closing boundary has come. Nothing is missing of one without a line end, but more may come behind it. */
  function isClosing(): boolean {
    if (place === "epilogue") return true;
    return !isHeadless && lines.kindOf(withoutReturn(buffer.view(lineStart, buffer.length))) === "closing";
  }

  function finish(): void {
    // Any other line that is not ended may have been meant to go on.
    if (place === "preamble" ? buffer.length > lineStart : place !== "epilogue" && isClosing())
      takeLine(buffer.length, false);
    if (place === "content") {
      const line = withoutReturn(buffer.view(lineStart, buffer.length));
      const isCut = lines.isBeginning(line) || lines.kindOf(line) !== undefined;
      endPart(
        isCut ? contentBefore(lineStart).data : buffer.view(contentStart, buffer.length).slice(),
        "unfinished",
      );
    } else if (place === "header") endPart(new Uint8Array(), "unfinished");
    else if (place === "preamble" && preamble.trim() !== "")
      throw invalidData("The body has no boundary in it", preamble);
  }

  return {
    feed(bytes) {
      if (bytes === undefined) isOver = true;
      if (failure !== undefined || (place === "epilogue" && !isOver)) return;
      try {
        if (bytes === undefined) finish();
        else {
          requireBytes(bytes);
          buffer.add(bytes);
          parse();
        }
      } catch (error) {
        failure = { error };
        isOver = true;
      }
    },

    take() {
      // `shift()` would move all the pieces behind it, each time.
      if (taken < pieces.length) return pieces[taken++];
      pieces = [];
      taken = 0;
      if (failure !== undefined) throw failure.error;
      return undefined;
    },

    get isOver() {
      return isOver;
    },

    isClosing,
  };
}
