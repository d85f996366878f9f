import type { ByteReader } from "./byte-reader.ts";
import type { Frame, FrameParser } from "./frame-parser.ts";
import { createFrames } from "./frames.ts";
import { createPullIterator, type Pulled } from "./pull-iterator.ts";

/**
 * Iterates over the frames of a body, as `toResult` gives them; `undefined` stands for the end. The body is given up when
 * the consumer leaves, and when anything throws.
 */
export function createFrameIterator<Item>(
  bytes: ByteReader,
  createParser: (onFrame: (frame: Frame) => void) => FrameParser,
  toResult: (frame: Frame | undefined) => IteratorResult<Item, undefined>,
): AsyncGenerator<Item, undefined, undefined> {
  const frames = createFrames(bytes.read, createParser);

  function giveUp(error: unknown): never {
    bytes.cancel(error);
    throw error;
  }

  function pull(): Pulled<Item> {
    try {
      const frame = frames.next();
      return frame instanceof Promise ? frame.then(toResult).catch(giveUp) : toResult(frame);
    } catch (error) {
      return giveUp(error);
    }
  }

  return createPullIterator(pull, bytes.cancel);
}
