import { InvalidRequestError } from "./errors.ts";
import { checkOptions } from "./known-options.ts";

/** The four clocks of a call, in milliseconds. 0 or `Infinity` switches a clock off. */
export interface Timeouts {
  /** From sending one attempt until its response headers, connecting included. Default 600 000. */
  response: number;
  /** From the headers of a stream until its first event. Default 300 000. */
  firstEvent: number;
  /** Between two pieces of an answer: events of a stream, or reads of any other body. Default 120 000. */
  idle: number;
  /** The whole call: every attempt, the waits between them and the answer to its last byte. Default `Infinity`. */
  total: number;
}

/** The clocks of a call for which nobody said anything, in milliseconds. */
export const defaultTimeouts: Readonly<Timeouts> = {
  response: 600_000,
  firstEvent: 300_000,
  idle: 120_000,
  total: Number.POSITIVE_INFINITY,
};

const clocks = ["response", "firstEvent", "idle", "total"] as const;

function spread(setting: number | Partial<Timeouts>): Partial<Timeouts> {
  if (typeof setting === "number") return { response: setting, firstEvent: setting, idle: setting };
  checkOptions("The option timeout", setting, defaultTimeouts, "clock");
  return setting;
}

/**
 * Joins settings to the four clocks; later settings win, clock by clock.
 *
 * @param settings - a figure in milliseconds sets `response`, `firstEvent` and `idle`.
 * @throws InvalidRequestError when a figure isn't a number from 0 up, or for a clock there isn't.
 */
export function resolveTimeouts(...settings: (number | Partial<Timeouts> | undefined)[]): Timeouts {
  const timeouts = { ...defaultTimeouts };
  for (const setting of settings) {
    if (setting === undefined) continue;
    const figures = spread(setting);
    for (const clock of clocks) {
      const figure = figures[clock];
      if (figure === undefined) continue;
      if (typeof figure !== "number" || !(figure >= 0)) {
        throw new InvalidRequestError(
          `The option timeout has ${String(figure)} for the clock "${clock}"; it takes milliseconds, or 0 for no limit.`,
        );
      }
      timeouts[clock] = figure === 0 ? Number.POSITIVE_INFINITY : figure;
    }
  }
  return timeouts;
}

/** The longest time a timer can be set for, in milliseconds; a longer one would fire at once. */
export const longestTimer = 2 ** 31 - 1;

/** Calls back after so many milliseconds, or never when that is longer than timers can count. Returns how to stop it. */
export function startTimer(delay: number, onElapsed: () => void): () => void {
  if (delay > longestTimer) return () => {};
  const timer = setTimeout(onElapsed, delay);
  return () => clearTimeout(timer);
}
