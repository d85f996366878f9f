import { listen } from "./abort-listener.ts";
import type { ByteReader } from "./byte-reader.ts";
import { type Decoder, LastItem, terminalMarker } from "./decoder.ts";
import { HawserError, StreamError } from "./errors.ts";
import type { Frames } from "./frames.ts";
import type { Pulled } from "./pull-iterator.ts";
import { createReadClock } from "./read-clock.ts";
import { toAbortError, toEnd } from "./stream-end.ts";
import type { StreamEnd, StreamOptions } from "./stream-options.ts";
import { createWaitingPull } from "./waiting-pull.ts";

/** Reads the items of one stream, and knows how it ended. */
export interface ItemReader<Item> {
  pull(): Pulled<Item>;
  /** Ends the stream as `aborted`, unless it has ended. */
  abort(reason: unknown, message?: string): void;
  /** How it ended; settles once, never rejects. */
  readonly end: Promise<StreamEnd>;
}

/** How long the body may take to end after the terminal marker, before the connection is closed, in milliseconds. */
const graceAfterMarker = 100;

/** What reading or decoding threw, as an error of ours. */
function toHawserError(error: unknown): HawserError {
  if (HawserError.is(error)) return error;
  return new HawserError("The stream could not be handled", { cause: error });
}

/** What reading the body threw, as an error of ours. */
function toReadError(error: unknown): HawserError {
  if (HawserError.is(error)) return error;
  if ((error as Error | undefined)?.name === "AbortError") return toAbortError(error);
  return new StreamError("The connection broke while the stream was being read", {
    reason: "connection",
    cause: error,
  });
}

/** Reads a body's items: its clocks, its signal, its end. */
export function createItemReader<Item, Piece>(
  bytes: ByteReader,
  frames: Frames<Piece>,
  decoder: Decoder<Item, Piece>,
  { signal, onClose, onItem, timeouts }: StreamOptions,
): ItemReader<Item> {
  const clock = createReadClock(timeouts, (error) => {
    // Silence after the last word ends the body, as a broken connection does.
    if (decoder.isWhole()) bytes.cancel(error);
    else close({ reason: "timeout", error });
  });
  let ended: StreamEnd | undefined;
  let resolveEnd: (end: StreamEnd) => void;
  const end = new Promise<StreamEnd>((resolve) => {
    resolveEnd = resolve;
  });

  function close(how: StreamEnd): void {
    if (ended !== undefined) return;
    ended = how;
    stopListening?.(reader);
    clock?.close();
    // Whoever waits for a read finds that the body is over.
    if ("error" in how) bytes.cancel(how.error);
    resolveEnd(how);
    onClose?.(how);
  }

  function fail(error: unknown): HawserError {
    const failure = toHawserError(error);
    close(toEnd(failure));
    return failure;
  }

  function over(): IteratorReturnResult<undefined> {
    if (ended !== undefined && "error" in ended) throw ended.error;
    return { done: true, value: undefined };
  }

  function give(item: Item): IteratorResult<Item, undefined> {
    onItem?.(item);
    return { done: false, value: item };
  }

  /** The stream is over before the consumer has the item: leaving the loop at it gives up nothing. */
  function takeLast({ item, end: how }: LastItem<Item>): IteratorResult<Item, undefined> {
    // The error a server reports stays the end of its stream, whatever is made of the item that reports it.
    if ("error" in how) close(how);
    const result = give(item);
    close(how);
    if (!("error" in how)) drain(bytes);
    return result;
  }

  /** The stream came to its end: what was kept until then is the last item. */
  function finish(how: "marker" | "body"): IteratorResult<Item, undefined> {
    const kept = decoder.flush?.();
    const result = kept === undefined ? undefined : give(kept);
    close({ reason: decoder.finish(how) });
    if (how === "marker") drain(bytes);
    return result ?? over();
  }

  /** Takes a frame, or the end of the body; `undefined` when there is no item in it. */
  function take(frame: Piece | undefined): IteratorResult<Item, undefined> | undefined {
    if (frame === undefined) return finish("body");
    clock?.eventCame();
    const item = decoder.decode(frame);
    if (item === undefined) return undefined;
    if (item instanceof LastItem) return takeLast(item);
    return item === terminalMarker ? finish("marker") : give(item);
  }

  /** What there is without reading; `undefined` when bytes must be read first. */
  function takeNext(): IteratorResult<Item, undefined> | undefined {
    try {
      for (;;) {
        if (ended !== undefined) return over();
        const frame = frames.take();
        if (frame === undefined && !frames.isOver) return undefined;
        const result = take(frame);
        if (result !== undefined) return result;
      }
    } catch (error) {
      throw fail(error);
    }
  }

  /** A connection that breaks after the last word has done no harm: the decoder knows whether it was the last. */
  function recover(cause: unknown): undefined {
    const error = toReadError(cause);
    if (ended !== undefined) return undefined;
    if (!StreamError.is(error) || error.reason !== "connection" || !decoder.isWhole()) throw fail(error);
  }

  async function fill(): Promise<IteratorResult<Item, undefined>> {
    for (;;) {
      clock?.start();
      let bytesRead: Uint8Array | undefined;
      try {
        bytesRead = (await bytes.read()).value;
      } catch (error) {
        bytesRead = recover(error);
      }
      clock?.stop();
      if (ended === undefined) frames.feed(bytesRead);
      const result = takeNext();
      if (result !== undefined) return result;
    }
  }

  const reader: ItemReader<Item> = {
    // Two reads at once would tear the frames apart.
    pull: createWaitingPull(takeNext, fill),
    abort: (reason, message) => close(toEnd(toAbortError(reason, message))),
    end,
  };
  let stopListening: ReturnType<typeof listen> | undefined;
  if (signal?.aborted) reader.abort(signal.reason);
  else if (signal !== undefined) stopListening = listen(signal, reader);
  return reader;
}

/**
 * Reads on to the end of a body whose marker has come, so that the connection can be used again, but not for long: some
 * servers never end it.
 */
function drain(bytes: ByteReader): void {
  const deadline = performance.now() + graceAfterMarker;
  const timer = setTimeout(() => bytes.cancel(), graceAfterMarker);
  async function readOn(): Promise<void> {
    while (!(await bytes.read()).done) {
      // A body that always has more at once lets no timer ring.
      if (performance.now() >= deadline) return bytes.cancel();
    }
  }
  const stop = (): void => clearTimeout(timer);
  readOn().then(stop, stop);
}
