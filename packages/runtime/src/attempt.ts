import { discardBody } from "./discard-body.ts";
import { TimeoutError } from "./errors.ts";
import type { Next } from "./middleware.ts";
import { startTimer } from "./timeouts.ts";
import { untilAborted } from "./until-aborted.ts";

/** An attempt's means of stopping: what ends the call ends it too, and its own response clock. */
export interface AttemptControl {
  readonly signal: AbortSignal;
  /**
   * Sends the request and waits for the headers of its answer.
   *
   * @throws what the chain throws; the TimeoutError of the response clock; the reason of the call's signal.
   */
  run(chain: Next, request: Request): Promise<Response>;
  /** Lets go of the call's signal. Called when the answer was given up, and by itself when there is none. */
  release(): void;
}

/** An answer that comes after everyone left holds a connection until it is given up. */
function discardLate(answer: Promise<Response>): void {
  answer.then(discardBody).catch(() => {});
}

/**
 * Prepares an attempt. Its signal goes on being aborted with the call's after the headers have come, so that the body
 * stops too.
 *
 * @param timeout - the response clock, in milliseconds.
 */
export function openAttempt(callSignal: AbortSignal, timeout: number): AttemptControl {
  const controller = new AbortController();
  const onCallAbort = () => controller.abort(callSignal.reason);
  if (callSignal.aborted) onCallAbort();
  else callSignal.addEventListener("abort", onCallAbort, { once: true });

  const release = () => callSignal.removeEventListener("abort", onCallAbort);

  return {
    signal: controller.signal,
    release,
    async run(chain, request) {
      controller.signal.throwIfAborted();
      const stopTimer = startTimer(timeout, () =>
        controller.abort(new TimeoutError({ clock: "response", timeout })),
      );
      const answer = chain(request);
      try {
        return await untilAborted(answer, controller.signal);
      } catch (error) {
        discardLate(answer);
        release();
        throw controller.signal.aborted ? controller.signal.reason : error;
      } finally {
        stopTimer();
      }
    },
  };
}
