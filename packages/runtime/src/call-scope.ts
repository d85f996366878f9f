import { AbortError, TimeoutError } from "./errors.ts";
import { followSignal } from "./follow-signal.ts";
import { startTimer } from "./timeouts.ts";

/** What ends a call early, whatever it is doing: the caller's signal and the total clock. */
export interface CallScope {
  /** Aborted with an AbortError or a TimeoutError as its reason. */
  readonly signal: AbortSignal;
  /** Milliseconds the call still has. */
  remaining(): number;
  /** Stops the clock and lets go of the caller's signal. Called when the answer is read to its end or given up. */
  release(): void;
}

/**
 * Starts the total clock and listens to the caller's signal.
 *
 * The caller's signal often lives as long as their program, so the listener on it is removed when the call is over;
 * `AbortSignal.any` would leave that to the garbage collector.
 *
 * @param total - milliseconds.
 */
export function openCallScope(callerSignal: AbortSignal | undefined, total: number): CallScope {
  const controller = new AbortController();
  const started = performance.now();
  const onAbort = () => {
    const cause: unknown = callerSignal?.reason;
    controller.abort(new AbortError("The call was aborted by its signal", { cause }));
    release();
  };
  const stopTimer = startTimer(total, () => {
    controller.abort(new TimeoutError({ clock: "total", timeout: total }));
    release();
  });
  let unfollow = () => {};
  const release = () => {
    stopTimer();
    unfollow();
  };
  if (callerSignal?.aborted) onAbort();
  else if (callerSignal !== undefined) unfollow = followSignal(callerSignal, onAbort);
  return { signal: controller.signal, remaining: () => total - (performance.now() - started), release };
}
