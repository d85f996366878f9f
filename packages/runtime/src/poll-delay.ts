import { longestTimer } from "./timeouts.ts";

/** Shortest and longest wait between two polls, in milliseconds. */
export interface DelayRange {
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * How long to wait before the next poll: somewhere between the minimum and a bound that doubles with every poll up to
 * the maximum, or longer where the server asks for it. The last poll is made one minimum before the deadline.
 *
 * @param polls - polls already made.
 * @param remaining - milliseconds until the deadline.
 * @param asked - milliseconds the server asks to wait.
 * @param random - from 0 up to 1.
 * @returns milliseconds; undefined when no further poll fits in before the deadline.
 * @see https://smithy.io/2.0/additional-specs/waiters.html#waiter-retries
 */
export function pollDelay(
  { minimum, maximum }: DelayRange,
  polls: number,
  remaining: number,
  asked: number | undefined,
  random: number,
): number | undefined {
  const bound = Math.min(maximum, minimum * 2 ** (polls - 1));
  const delay = Math.max(minimum + random * (bound - minimum), asked ?? 0);
  const latest = remaining - minimum;
  if (latest <= 0) return undefined;
  return Math.min(Math.round(delay), latest, longestTimer);
}
