import { HawserError } from "./errors.ts";

/** What a wait was about when it ended. */
interface WaitEnd<Polled> {
  /** Name of the waiter. */
  readonly waiter: string;
  /** The last answer; undefined when none came. */
  readonly data: Polled | undefined;
  /** The last value that was compared, or the status. */
  readonly state: unknown;
  readonly polls: number;
  /** Milliseconds since the first poll. */
  readonly elapsed: number;
}

/** A state as part of a sentence. */
function describeState(state: unknown): string {
  return state === undefined ? "nothing" : JSON.stringify(state);
}

/** Milliseconds as people say them. */
function describeTime(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${Math.round(milliseconds / 1000)} s`;
}

function describePolls(polls: number): string {
  return polls === 1 ? "1 poll" : `${polls} polls`;
}

/** What both ends of a wait that didn't succeed carry. */
abstract class WaiterError<Polled> extends HawserError {
  /** Name of the waiter, e.g. `waitUntilRunning`. */
  readonly waiter: string;
  readonly polls: number;
  /** Milliseconds since the first poll. */
  readonly elapsed: number;
  readonly #data: Polled | undefined;
  readonly #state: unknown;

  constructor(message: string, end: WaitEnd<Polled>, cause: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.waiter = end.waiter;
    this.polls = end.polls;
    this.elapsed = end.elapsed;
    this.#data = end.data;
    this.#state = end.state;
  }

  /** The last answer; undefined when none came. Not shown when the error is printed. */
  get data(): Polled | undefined {
    return this.#data;
  }

  /** The last value that was compared, e.g. `"failed"`; a status where a status decided. */
  get state(): unknown {
    return this.#state;
  }

  override toJSON(): Record<string, unknown> {
    const { waiter, polls, elapsed, state } = this;
    return { ...super.toJSON(), waiter, polls, elapsed, state };
  }
}

/** What was waited for can't come any more: the server says that it failed. */
export class WaiterFailureError<Polled = unknown> extends WaiterError<Polled> {
  static override readonly kind: string = "WaiterFailureError";
  /** Why, in the server's words, where it says. */
  readonly reason: string | undefined;
  /** Whether the last answer means that what was polled isn't there any more. */
  readonly gone: boolean;

  constructor(end: WaitEnd<Polled>, reason: string | undefined, cause?: unknown, gone = false) {
    const why = reason === undefined ? "" : `: ${reason}`;
    super(
      `${end.waiter} ended with ${describeState(end.state)} after ${describePolls(end.polls)} and ${describeTime(end.elapsed)}${why}`,
      end,
      cause,
    );
    this.reason = reason;
    this.gone = gone;
  }
}

/** The deadline has come before what was waited for. It may still come: the wait can be taken up again. */
export class WaiterTimeoutError<Polled = unknown> extends WaiterError<Polled> {
  static override readonly kind: string = "WaiterTimeoutError";
  /** The deadline, in milliseconds from the first poll. */
  readonly timeout: number;

  constructor(end: WaitEnd<Polled>, timeout: number, cause?: unknown) {
    super(
      `${end.waiter} wasn't there within ${describeTime(timeout)}; the last of ${describePolls(end.polls)} said ${describeState(end.state)}`,
      end,
      cause,
    );
    this.timeout = timeout;
  }
}
