import { openCallScope } from "./call-scope.ts";
import type { Client } from "./client.ts";
import { wordsOf } from "./error-body.ts";
import { APIError, TimeoutError } from "./errors.ts";
import { readPointer } from "./json-pointer.ts";
import { checkOptions } from "./known-options.ts";
import { readNumber } from "./next-page.ts";
import type { OperationInput } from "./operation.ts";
import { inputFor } from "./operation-input.ts";
import type { Waiter } from "./plans.ts";
import { pollDelay } from "./poll-delay.ts";
import { readRetryAfter } from "./retry.ts";
import { sleep } from "./sleep.ts";
import { untilAborted } from "./until-aborted.ts";
import { judgeAnswer, judgeError, type Verdict } from "./verdict.ts";
import { requestOptionsOf, type WaitOptions, waitOptionNames, waitTimes } from "./wait-options.ts";
import { WaiterFailureError, WaiterTimeoutError } from "./waiter-errors.ts";

/**
 * Waits until something is so: asks again and again until an answer says that it succeeded or failed.
 *
 * Polls come at random times within the declared delays, further apart the longer it takes, and not before the time a
 * `Retry-After` asks for. Each poll has the client's own retries and clocks; a 429 that outlasts them, and a 503 that
 * says when to come back, are waited out.
 * A state that nobody declared is waited on, and `onProgress` is told.
 *
 * @param input - what the polled operation is called with.
 * @returns the answer of the waiter's `result` operation, else the last one. Where a status meant success, such as a 404
 *   when something is to be gone, the last answer that had data, if any.
 * @throws WaiterFailureError when it can't succeed any more; WaiterTimeoutError at the deadline, or as soon as no
 *   further poll fits in before it; AbortError when the signal is aborted; what a poll throws otherwise.
 */
export async function waitUntil<Polled, Result = Polled>(
  client: Client,
  waiter: Waiter,
  input: OperationInput,
  options: WaitOptions<Polled> = {},
): Promise<Result> {
  checkOptions(waiter.name, options, waitOptionNames);
  const { range, timeout } = waitTimes(waiter, options);
  const request = requestOptionsOf(options);
  const scope = openCallScope(options.signal, timeout);
  const started = performance.now();
  const elapsed = () => Math.round(performance.now() - started);
  let polls = 0;
  let data: Polled | undefined;
  let state: unknown;
  let cause: unknown;

  const ending = () => ({ waiter: waiter.name, data, state, polls, elapsed: elapsed() });

  /** What work throws that was cut short by the deadline or by the caller, as what it is. */
  async function inTime<Value>(work: () => Promise<Value>): Promise<Value> {
    try {
      return await work();
    } catch (error) {
      if (!scope.signal.aborted) throw error;
      const { reason } = scope.signal;
      throw TimeoutError.is(reason) ? new WaiterTimeoutError(ending(), timeout, cause) : reason;
    }
  }

  async function poll(): Promise<Verdict> {
    const asked = elapsed();
    try {
      polls += 1;
      const call = client.request<Polled>(waiter.poll, input, { ...request, signal: scope.signal });
      const answer = await call.withResponse();
      data = answer.data;
      cause = undefined;
      return {
        ...judgeAnswer(waiter, data),
        retryAfter: readRetryAfter(answer.response.headers, Date.now()),
      };
    } catch (error) {
      const verdict =
        APIError.is(error) && !scope.signal.aborted ? judgeError(waiter, error, asked) : undefined;
      if (verdict === undefined) throw error;
      cause = error;
      return verdict;
    }
  }

  async function report(known: boolean, nextPoll: number): Promise<void> {
    const { onProgress } = options;
    if (onProgress === undefined || cause !== undefined) return;
    const progress =
      waiter.progress === undefined ? undefined : readNumber(readPointer(data, waiter.progress));
    const told = onProgress({
      polls,
      elapsed: elapsed(),
      data: data as Polled,
      state,
      known,
      progress,
      nextPoll,
    });
    if (told !== undefined) await inTime(() => untilAborted(told, scope.signal));
  }

  function nextDelay({ retryAfter }: Verdict): number | undefined {
    const remaining = timeout - elapsed();
    // A busy server isn't asked before it wants to be; on a good answer the time is a hint.
    if (cause !== undefined && retryAfter !== undefined && retryAfter > remaining) return undefined;
    return pollDelay(range, polls, remaining, retryAfter, Math.random());
  }

  function failure({ gone }: Verdict): WaiterFailureError<Polled> {
    const said = waiter.reason === undefined ? undefined : wordsOf(readPointer(data, waiter.reason));
    return new WaiterFailureError(ending(), said ?? (cause as Error | undefined)?.message, cause, gone);
  }

  try {
    for (;;) {
      const verdict = await inTime(poll);
      state = verdict.value;
      if (verdict.state !== "retry") await report(true, 0);
      if (verdict.state === "failure") throw failure(verdict);
      if (verdict.state === "success") break;
      const delay = nextDelay(verdict);
      await report(verdict.known, delay ?? 0);
      if (delay === undefined) throw new WaiterTimeoutError(ending(), timeout, cause);
      await inTime(() => sleep(delay, scope.signal));
    }
  } finally {
    scope.release();
  }
  if (waiter.result === undefined || cause !== undefined) return data as Result;
  return client.request<Result>(waiter.result, inputFor(waiter.result, input), {
    ...request,
    signal: options.signal,
  });
}
