import { InvalidRequestError } from "./errors.ts";
import { checkOptions, type OptionNames } from "./known-options.ts";
import type { RequestOptions } from "./options.ts";
import type { Waiter } from "./plans.ts";
import type { DelayRange } from "./poll-delay.ts";

/** What is known after a poll. */
export interface WaitProgress<Polled> {
  /** Polls made so far. */
  readonly polls: number;
  /** Milliseconds since the first poll. */
  readonly elapsed: number;
  /** What the poll was answered. */
  readonly data: Polled;
  /** The value that tells how things are, e.g. `"deploying"`. */
  readonly state: unknown;
  /** False for a state the waiter doesn't know; it is waited on. */
  readonly known: boolean;
  /** How far things are, in the server's own measure, where it says. */
  readonly progress: number | undefined;
  /** Milliseconds until the next poll; 0 when there is none. */
  readonly nextPoll: number;
}

/** Options of a wait. Those of a request hold for each poll. */
export interface WaitOptions<Polled = unknown>
  extends Pick<
    RequestOptions,
    "signal" | "headers" | "query" | "maxRetries" | "middleware" | "fetchOptions"
  > {
  /** The deadline, in milliseconds from the first poll. 0 or `Infinity`: none. Default: the waiter's own. */
  timeout?: number | undefined;
  /** Shortest and longest wait between two polls, in milliseconds. Default: the waiter's own. */
  delay?: Partial<DelayRange> | undefined;
  /** Told of every answer that has data, the last one included. What it throws ends the wait; a promise is waited for. */
  onProgress?: ((progress: WaitProgress<Polled>) => void | Promise<void>) | undefined;
}

/** All of them by name. */
export const waitOptionNames: OptionNames<WaitOptions> = {
  signal: 1,
  headers: "object",
  query: "object",
  maxRetries: 1,
  middleware: 1,
  fetchOptions: "object",
  timeout: 1,
  delay: 1,
  onProgress: "function",
};

function requireTime(name: string, value: number): number {
  if (typeof value === "number" && value >= 0) return value;
  throw new InvalidRequestError(`The option ${name} has ${String(value)}; it takes milliseconds from 0 up.`);
}

function chooseDelay(waiter: Waiter, given: Partial<DelayRange> | undefined): DelayRange {
  checkOptions("The option delay", given ?? {}, waiter.delay, "member");
  const minimum = requireTime(
    "delay.minimum",
    given?.minimum ?? Math.min(waiter.delay.minimum, given?.maximum ?? Infinity),
  );
  const maximum = requireTime("delay.maximum", given?.maximum ?? Math.max(waiter.delay.maximum, minimum));
  if (minimum <= maximum) return { minimum, maximum };
  throw new InvalidRequestError(
    `The option delay has a minimum of ${minimum} ms above its maximum of ${maximum} ms.`,
  );
}

/** The delays and the deadline of a wait, in milliseconds. */
interface WaitTimes {
  readonly range: DelayRange;
  /** `Infinity`: none. */
  readonly timeout: number;
}

/**
 * Reads what the options of a wait say about time.
 *
 * @throws InvalidRequestError when they can't be.
 */
export function waitTimes(waiter: Waiter, { delay, timeout }: WaitOptions<never>): WaitTimes {
  const deadline = requireTime("timeout", timeout ?? waiter.timeout);
  return { range: chooseDelay(waiter, delay), timeout: deadline === 0 ? Number.POSITIVE_INFINITY : deadline };
}

/** The options of a wait that hold for its requests. */
export function requestOptionsOf({
  headers,
  query,
  maxRetries,
  middleware,
  fetchOptions,
}: WaitOptions<never>): RequestOptions {
  return { headers, query, maxRetries, middleware, fetchOptions };
}
