import type { Frame, FrameParser } from "./frame-parser.ts";
import { createUtf8Decoder } from "./utf8.ts";

/** The frames of a body, read only when asked for. */
export interface Frames {
  /**
   * The next frame: at once when it has been read already. `undefined` at the end of the body; an `unfinished` frame
   * may come before that.
   */
  next(): Frame | undefined | Promise<Frame | undefined>;
}

/** Cuts what `read` gives into frames. */
export function createFrames(
  read: () => Promise<Uint8Array | undefined>,
  createParser: (onFrame: (frame: Frame) => void) => FrameParser,
): Frames {
  const decode = createUtf8Decoder();
  let queue: Frame[] = [];
  let position = 0;
  const parser = createParser((frame) => queue.push(frame));
  let failure: { error: unknown } | undefined;
  let ended = false;

  /** Feeds text; an error waits until the frames before it have been taken. */
  function feed(text: string): void {
    try {
      parser.feed(text);
    } catch (error) {
      failure = { error };
    }
  }

  async function fill(): Promise<Frame | undefined> {
    queue = [];
    position = 0;
    while (queue.length === 0 && failure === undefined && !ended) {
      const bytes = await read();
      feed(decode(bytes));
      if (bytes !== undefined) continue;
      ended = true;
      const last = failure === undefined ? parser.finish() : undefined;
      if (last !== undefined)
        queue.push(last.origin === undefined ? { ...last, origin: "unfinished" } : last);
    }
    return take();
  }

  function take(): Frame | undefined {
    if (position < queue.length) return queue[position++];
    if (failure !== undefined) throw failure.error;
    return undefined;
  }

  return {
    next() {
      if (position < queue.length) return queue[position++];
      if (failure !== undefined || ended) return take();
      return fill();
    },
  };
}
