import { readAPIError } from "./api-error.ts";
import { openAttempt } from "./attempt.ts";
import type { CallScope } from "./call-scope.ts";
import { discardBody } from "./discard-body.ts";
import { AbortError, ConnectionError, InvalidRequestError, TimeoutError } from "./errors.ts";
import type { Logger } from "./logger.ts";
import { composeMiddleware, type Middleware, type MiddlewareContext } from "./middleware.ts";
import { createNetwork, type NetworkSettings } from "./network.ts";
import { repeatRequest } from "./repeat-request.ts";
import { type AttemptOutcome, decideRetry, type RetryDecision } from "./retry.ts";
import { sleep } from "./sleep.ts";
import type { Timeouts } from "./timeouts.ts";
import { describeRequest } from "./url.ts";

/** Everything the attempts of a call have in common. */
export interface RetryLoop {
  readonly scope: CallScope;
  readonly timeouts: Timeouts;
  readonly middleware: readonly Middleware[];
  readonly context: Omit<MiddlewareContext, "attempt" | "signal">;
  readonly network: Omit<NetworkSettings, "attempt" | "onRedirect" | "onSend">;
  /** Whether the server is known to recognise repetitions by their key. */
  readonly recognisesRepetitions: boolean;
  readonly maxRetryAfter: number;
  readonly log: Logger;
  /** Told when an attempt that was sent got no answer, so that what it asked for may have been done. */
  readonly onUnanswered: () => void;
}

/** An answer with a status of success, and how many attempts it took. */
export interface Answer {
  readonly response: Response;
  readonly attempts: number;
}

/** What a thrown value means for a repetition. Undefined: it isn't the network's doing, so it goes to the caller. */
function outcomeOf(thrown: unknown): AttemptOutcome | undefined {
  if (ConnectionError.is(thrown)) return { kind: "connection", neverSent: thrown.neverSent };
  if (TimeoutError.is(thrown) && thrown.clock === "response") return { kind: "timeout" };
  return undefined;
}

/** Whether what a sent request failed with leaves open what the server made of it. */
function leavesOpen(thrown: unknown): boolean {
  return TimeoutError.is(thrown) || (ConnectionError.is(thrown) && !thrown.neverSent);
}

/** What an attempt was answered with. */
interface Attempted {
  readonly response: Response;
  /** Gives the answer up, and all that the attempt holds. */
  discard(): void;
}

/** One attempt: the request made anew, through all middleware, to the headers of its answer. */
async function runAttempt(
  loop: RetryLoop,
  template: Request,
  attempt: number,
  onRedirect: () => void,
): Promise<Attempted> {
  const { scope, timeouts, middleware, network } = loop;
  const control = openAttempt(scope.signal, timeouts.response);
  const { signal } = control;
  // A stream can't be put into two requests, so the template itself goes out; it is the only attempt.
  const request = network.body.repeatable
    ? repeatRequest(template, network.body, { signal })
    : new Request(template, { signal });
  let isSent = false;
  const onSend = () => {
    isSent = true;
  };
  const send = createNetwork({ ...network, attempt, onRedirect, onSend }, new WeakSet([request]));
  const chain = composeMiddleware(middleware, send, { ...loop.context, attempt, signal });
  let response: Response;
  try {
    response = await control.run(chain, request);
  } catch (error) {
    if (isSent && leavesOpen(error)) loop.onUnanswered();
    throw error;
  }
  if (typeof (response as Response | undefined)?.status !== "number") {
    throw new InvalidRequestError("A middleware returned something else than a Response.");
  }
  const discard = () => {
    discardBody(response);
    control.release();
  };
  return { response, discard };
}

/**
 * Sends a request until it is answered with success or there is no use in sending it again.
 *
 * @throws APIError for an answer with an error status, ConnectionError, TimeoutError, AbortError, RedirectError, and
 *   what a middleware throws.
 */
export async function sendWithRetries(loop: RetryLoop, template: Request): Promise<Answer> {
  const { scope, timeouts, network, log, context } = loop;
  const about = { operation: context.operation.id, request: describeRequest(template) };

  let redirected = false;

  function decide(outcome: AttemptOutcome, attempt: number): RetryDecision {
    const { retry } = context.operation;
    return decideRetry({
      outcome,
      safety: retry === "costly" && loop.recognisesRepetitions ? "idempotent" : retry,
      redirected,
      retries: attempt - 1,
      maxRetries: context.maxRetries,
      repeatable: network.body.repeatable,
      maxRetryAfter: loop.maxRetryAfter,
      remaining: scope.remaining(),
      now: Date.now(),
      random: Math.random(),
    });
  }

  async function wait(
    decision: RetryDecision & { retry: true },
    attempt: number,
    reason: string,
  ): Promise<void> {
    log.info("The request is repeated", { ...about, attempt, delay: decision.delay, reason });
    await sleep(decision.delay, scope.signal);
  }

  for (let attempt = 1; ; attempt += 1) {
    scope.signal.throwIfAborted();
    log.debug("A request is sent", { ...about, attempt });
    const started = performance.now();
    let attempted: Attempted;
    try {
      attempted = await runAttempt(loop, template, attempt, () => {
        redirected = true;
      });
    } catch (error) {
      const outcome = outcomeOf(error);
      const decision = outcome && decide(outcome, attempt);
      if (!decision?.retry) {
        // Giving up is the caller's own doing.
        log[AbortError.is(error) ? "debug" : "warn"]("The request failed", {
          ...about,
          attempt,
          error: (error as Error)?.name,
          reason: decision?.reason,
        });
        throw error;
      }
      await wait(decision, attempt, (error as Error).message);
      continue;
    }
    const { response, discard } = attempted;
    const { status, headers } = response;
    const duration = Math.round(performance.now() - started);
    log.debug("An answer has come", { ...about, attempt, status, duration });
    if (response.ok) return { response, attempts: attempt };
    const decision = decide({ kind: "response", status, headers }, attempt);
    if (decision.retry) {
      discard();
      await wait(decision, attempt, `status ${status}`);
      continue;
    }
    log.warn("The request failed", { ...about, attempt, status, reason: decision.reason });
    const watch = { idle: timeouts.idle, signal: scope.signal, request: about.request, attempts: attempt };
    throw await readAPIError(response, watch, network.hide);
  }
}
