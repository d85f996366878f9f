import type { ByteReader } from "./byte-reader.ts";
import type { Frames } from "./frames.ts";
import { createPullIterator, type Pulled } from "./pull-iterator.ts";

/**
 * Iterates over the frames of a body, as `toResult` gives them; `undefined` stands for the end. The body is given up when
 * the consumer leaves, and when anything throws.
 */
export function createFrameIterator<Item, Piece>(
  bytes: ByteReader,
  frames: Frames<Piece>,
  toResult: (frame: Piece | undefined) => IteratorResult<Item, undefined>,
): AsyncGenerator<Item, undefined, undefined> {
  /** What there is without reading. */
  function take(): IteratorResult<Item, undefined> | undefined {
    try {
      const frame = frames.take();
      return frame === undefined && !frames.isOver ? undefined : toResult(frame);
    } catch (error) {
      bytes.cancel(error);
      throw error;
    }
  }

  async function fill(): Promise<IteratorResult<Item, undefined>> {
    for (;;) {
      const { value } = await bytes.read();
      frames.feed(value);
      const result = take();
      if (result !== undefined) return result;
    }
  }

  function pull(): Pulled<Item> {
    return take() ?? fill();
  }

  return createPullIterator(pull, bytes.cancel);
}
