import { AbortError } from "@hawser/streaming";

/** The error of what a signal ended. An `AbortError` as the signal's reason is the error itself. */
export function toAbortError(signal: AbortSignal): AbortError {
  const { reason } = signal;
  return AbortError.is(reason) ? reason : new AbortError("The run was aborted", { cause: reason });
}

/**
 * What a promise gives, or the signal's reason thrown as soon as it is aborted: whoever doesn't listen to the signal is
 * left to itself.
 */
export async function untilAborted<Value>(promise: PromiseLike<Value>, signal: AbortSignal): Promise<Value> {
  let onAbort: () => void = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
  });
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** A signal that follows another one, and can be aborted by itself. */
export interface OwnSignal {
  readonly signal: AbortSignal;
  readonly abort: (reason: unknown) => void;
  /** Lets go of the other one. */
  readonly release: () => void;
}

/** A signal of one's own that follows an outer one until it is released. */
export function followSignal(outer: AbortSignal): OwnSignal {
  const controller = new AbortController();
  const follow = (): void => controller.abort(outer.reason);
  outer.addEventListener("abort", follow);
  if (outer.aborted) follow();
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    release: () => outer.removeEventListener("abort", follow),
  };
}

/** The longest time a timer takes; a longer one would run out at once. */
const longestTimer = 2 ** 31 - 1;

/**
 * Calls a function after so many milliseconds, at once when none are left, never when that is longer than a timer can
 * wait; gives what stops it.
 */
export function startTimer(ms: number | undefined, onEnd: () => void): () => void {
  if (ms === undefined || ms > longestTimer) return () => {};
  if (ms <= 0) onEnd();
  const timer = ms > 0 ? setTimeout(onEnd, ms) : undefined;
  return () => clearTimeout(timer);
}
