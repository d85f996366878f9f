import { HawserError, TimeoutError } from "./errors.ts";
import type { StreamTimeouts } from "./stream-options.ts";

/** The clocks on the reads of one stream. */
export interface ReadClock {
  /** A read begins. */
  start(): void;
  /** The read is over. */
  stop(): void;
  /** The first event has come. */
  eventCame(): void;
  /** Nothing more is read. */
  close(): void;
}

/** The longest delay timers take; a longer one would fire at once. */
const longestDelay = 0x7fff_ffff;

function toDelay(name: keyof StreamTimeouts, value: number | undefined): number {
  if (value === undefined || value === 0) return Infinity;
  if (value >= 0) return value;
  throw new HawserError(
    `timeouts.${name} must be a number of milliseconds that is not negative, not ${value}`,
  );
}

/**
 * Clocks that run only while a read is under way: how long the consumer takes over an item is not the server's fault.
 * `undefined` when none is set. Throws a `HawserError` when one is set to a negative time.
 */
export function createReadClock(
  timeouts: StreamTimeouts = {},
  onTimeout: (error: TimeoutError) => void,
): ReadClock | undefined {
  const firstEvent = toDelay("firstEvent", timeouts.firstEvent);
  const idle = toDelay("idle", timeouts.idle);
  if (Math.min(firstEvent, idle) > longestDelay) return undefined;
  let firstEventDeadline = Infinity;
  let waitsForFirstEvent = firstEvent !== Infinity;
  /** When the read that is under way is late; `Infinity` when there is none. */
  let deadline = Infinity;
  // One timer for many reads: it looks whether the read it was set for is still the one that is under way.
  let timer: ReturnType<typeof setTimeout> | undefined;
  let timerDue = Infinity;

  function setTimer(now: number): void {
    clearTimeout(timer);
    timerDue = deadline;
    timer = setTimeout(ring, Math.ceil(deadline - now));
  }

  function ring(): void {
    timer = undefined;
    if (deadline === Infinity) return;
    const now = performance.now();
    if (now < deadline) setTimer(now);
    else if (waitsForFirstEvent) onTimeout(new TimeoutError({ clock: "firstEvent", timeout: firstEvent }));
    else onTimeout(new TimeoutError({ clock: "idle", timeout: idle }));
  }

  return {
    start() {
      const now = performance.now();
      // A model may think for longer before its first word than it may be silent after it.
      if (firstEventDeadline === Infinity) firstEventDeadline = now + firstEvent;
      deadline = waitsForFirstEvent ? firstEventDeadline : now + idle;
      if (deadline - now > longestDelay) deadline = Infinity;
      else if (timer === undefined || deadline < timerDue) setTimer(now);
    },
    stop() {
      deadline = Infinity;
    },
    eventCame() {
      waitsForFirstEvent = false;
    },
    close() {
      deadline = Infinity;
      clearTimeout(timer);
    },
  };
}
