import { requireBytes } from "./byte-reader.ts";
import type { Frame, FrameParser } from "./frame-parser.ts";
import { createUtf8Decoder } from "./utf8.ts";

/** The frames of a body, as its bytes are fed. */
export interface Frames<Piece = Frame> {
  /** Takes the next bytes; `undefined` at the end of the body. */
  feed(bytes: Uint8Array | undefined): void;
  /**
   * The next frame of what was fed; `undefined` when more must be fed first. The last may be an `unfinished` one. Throws
   * what the parser threw once the frames before that have been taken.
   */
  take(): Piece | undefined;
  /** Whether no more bytes are to be fed. */
  readonly isOver: boolean;
}

/** Reads of fewer bytes are kept until a line or a record ends: so many more of them than of lines would have to be decoded. */
const smallRead = 64;
const keptBytes = 4096;

/** Cuts bytes into frames. */
export function createFrames<Piece extends Frame = Frame>(
  createParser: (onFrame: (frame: Piece) => void) => FrameParser<Piece>,
): Frames<Piece> {
  const decode = createUtf8Decoder();
  let queue: Piece[] = [];
  let taken = 0;
  const parser = createParser((frame) => queue.push(frame));
  let failure: { error: unknown } | undefined;
  let isOver = false;
  let kept: Uint8Array | undefined;
  let keptLength = 0;

  /** Keeps the bytes, and says whether they end nothing: no line (LF, CR) and no record (RS). */
  function keep(bytes: Uint8Array): boolean {
    kept ??= new Uint8Array(keptBytes);
    let endsNothing = keptLength < keptBytes - 2 * smallRead;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]!;
      kept[keptLength++] = byte;
      if (byte < 0x20 && byte !== 0x09) endsNothing = false;
    }
    return endsNothing;
  }

  function parse(bytes: Uint8Array | undefined): void {
    if (keptLength > 0) {
      const before = kept!.subarray(0, keptLength);
      keptLength = 0;
      parser.feed(decode(before));
    }
    parser.feed(decode(bytes));
    if (bytes !== undefined) return;
    const last = parser.finish();
    if (last !== undefined) queue.push(last.origin === undefined ? { ...last, origin: "unfinished" } : last);
  }

  return {
    feed(bytes) {
      try {
        if (bytes === undefined) isOver = true;
        else {
          requireBytes(bytes);
          if (bytes.length < smallRead) {
            if (keep(bytes)) return;
            bytes = kept!.subarray(0, keptLength);
            keptLength = 0;
          }
        }
        if (taken === queue.length) {
          queue = [];
          taken = 0;
        }
        parse(bytes);
      } catch (error) {
        failure = { error };
        isOver = true;
      }
    },

    take() {
      if (taken < queue.length) return queue[taken++];
      if (failure !== undefined) throw failure.error;
      return undefined;
    },

    get isOver() {
      return isOver;
    },
  };
}
