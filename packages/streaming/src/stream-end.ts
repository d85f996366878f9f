import { AbortError, type HawserError, TimeoutError } from "./errors.ts";
import type { StreamEnd } from "./stream-options.ts";

/** What an error that ends a stream makes of it. */
export function toEnd(error: HawserError): StreamEnd {
  if (TimeoutError.is(error)) return { reason: "timeout", error };
  if (AbortError.is(error)) return { reason: "aborted", error };
  return { reason: "error", error };
}

/** What the reason of a signal becomes as an error of ours. */
export function toAbortError(reason: unknown, message?: string): AbortError | TimeoutError {
  if (TimeoutError.is(reason) || AbortError.is(reason)) return reason;
  return new AbortError(message, { cause: reason });
}
