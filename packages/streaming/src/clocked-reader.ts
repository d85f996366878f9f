import type { ByteReader } from "./byte-reader.ts";
import { HawserError, TimeoutError } from "./errors.ts";
import type { StreamTimeouts } from "./stream-options.ts";

/** A byte reader with clocks on its reads, that can be stopped in the middle of one. */
export interface ClockedReader {
  /** The next bytes; `undefined` at the end. Rejects with a `TimeoutError`, or with what `stop` was given. */
  read(): Promise<Uint8Array | undefined>;
  /** Tells the clocks that the first event has come. */
  eventCame(): void;
  /** Lets the read that is under way fail with this error. */
  stop(error: Error): void;
}

/** The longest delay timers take; a longer one would fire at once. */
const longestDelay = 2 ** 31 - 1;

function toDelay(name: keyof StreamTimeouts, value: number | undefined): number {
  if (value === undefined || value === 0) return Infinity;
  if (Number.isNaN(value) || value < 0) {
    throw new HawserError(
      `timeouts.${name} must be a number of milliseconds that is not negative, not ${value}`,
    );
  }
  return value;
}

/**
 * Puts clocks on a reader. They run only while a read is under way: how long the consumer takes over an item is not
 * the server's fault.
 */
export function createClockedReader(bytes: ByteReader, timeouts: StreamTimeouts = {}): ClockedReader {
  const firstEvent = toDelay("firstEvent", timeouts.firstEvent);
  const idle = toDelay("idle", timeouts.idle);
  let firstEventDeadline = Infinity;
  let waitsForFirstEvent = firstEvent !== Infinity;
  let stopRead: ((error: Error) => void) | undefined;

  function startClock(fail: (error: Error) => void): ReturnType<typeof setTimeout> | undefined {
    let delay = idle;
    let clock: "firstEvent" | "idle" = "idle";
    if (waitsForFirstEvent) {
      const now = performance.now();
      if (firstEventDeadline === Infinity) firstEventDeadline = now + firstEvent;
      // A model may think for longer before its first word than it may be silent after it.
      delay = Math.max(firstEventDeadline - now, 0);
      clock = "firstEvent";
    }
    if (delay > longestDelay) return undefined;
    const timeout = clock === "idle" ? idle : firstEvent;
    return setTimeout(() => fail(new TimeoutError({ clock, timeout })), delay);
  }

  return {
    read() {
      return new Promise((resolve, reject) => {
        // A race against one promise that lives as long as the stream would pile up a reaction for every read.
        const settle = (): void => {
          clearTimeout(timer);
          stopRead = undefined;
        };
        const fail = (error: unknown): void => {
          settle();
          reject(error);
        };
        const timer = startClock(fail);
        stopRead = fail;
        bytes.read().then((piece) => {
          settle();
          resolve(piece);
        }, fail);
      });
    },
    eventCame() {
      waitsForFirstEvent = false;
    },
    stop(error) {
      stopRead?.(error);
    },
  };
}
