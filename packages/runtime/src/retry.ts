import type { RetrySafety } from "./operation.ts";

/** First wait between two attempts, in milliseconds; each further one is twice as long. */
export const firstBackoff = 500;
/** Longest wait between two attempts that the server didn't ask for, in milliseconds. */
export const longestBackoff = 8_000;

/** What became of an attempt, as far as a repetition depends on it. */
export type AttemptOutcome =
  | { readonly kind: "response"; readonly status: number; readonly headers: Headers }
  | { readonly kind: "connection"; readonly neverSent: boolean }
  | { readonly kind: "timeout" };

/** What a decision about a repetition rests on. */
export interface RetryQuestion {
  readonly outcome: AttemptOutcome;
  readonly safety: RetrySafety;
  /** Whether the server had answered with a redirect before: then it may have done what it was asked. */
  readonly redirected: boolean;
  /** Repetitions already made. */
  readonly retries: number;
  readonly maxRetries: number;
  /** False when the body was a stream, which can be sent once. */
  readonly repeatable: boolean;
  /** Longest wait a server may ask for, in milliseconds. */
  readonly maxRetryAfter: number;
  /** Milliseconds the call still has. */
  readonly remaining: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** From 0 up to 1. */
  readonly random: number;
}

/** Whether to send again, after how many milliseconds, or why not. */
export type RetryDecision =
  | { readonly retry: true; readonly delay: number }
  | { readonly retry: false; readonly reason: string };

const transientStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/**
 * How long the server asks to wait: `retry-after-ms`, or `Retry-After` in seconds (also with a fraction) or as a date.
 *
 * @param now - milliseconds since 1970.
 * @returns milliseconds, never negative; undefined when the server doesn't say, or not in a way that can be read.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const milliseconds = headers.get("retry-after-ms");
  if (milliseconds !== null && /^\s*\d+(\.\d+)?\s*$/.test(milliseconds)) return Number(milliseconds);
  const text = headers.get("retry-after")?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  // `Date.parse` reads a bare negative number as a year.
  if (/^[-+\d.]+$/.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * The wait before a repetition the server didn't time: exponential, of which the upper half is left to chance so that
 * clients that failed together don't come back together.
 *
 * @param retries - repetitions already made.
 * @param random - from 0 up to 1.
 * @returns milliseconds.
 */
export function backoffDelay(retries: number, random: number): number {
  const longest = Math.min(firstBackoff * 2 ** retries, longestBackoff);
  return Math.round(longest * (0.5 + random / 2));
}

/** What the outcome says by itself, before counting attempts and clocks. Undefined: it may be repeated. */
function objection(
  { outcome, safety, redirected }: RetryQuestion,
  retryAfter: number | undefined,
): string | undefined {
  if (outcome.kind === "connection") {
    if (safety !== "costly" || outcome.neverSent) return undefined;
    return "the request may have reached the server, and doing it twice may cost twice";
  }
  if (outcome.kind === "timeout") {
    return safety === "costly"
      ? "the server may be at work on it, and doing it twice may cost twice"
      : undefined;
  }
  const verdict = outcome.headers.get("x-should-retry")?.trim().toLowerCase();
  if (verdict === "true") return undefined;
  if (verdict === "false") return "the server asks not to repeat it";
  if (!transientStatuses.has(outcome.status)) return `a ${outcome.status} stays what it is`;
  if (safety !== "costly") return undefined;
  if (redirected)
    return "the server may have done it before it redirected, and doing it twice may cost twice";
  const turnedAway = outcome.status === 429 || outcome.status === 503;
  if (turnedAway && retryAfter !== undefined) return undefined;
  return "doing it twice may cost twice";
}

/**
 * Decides whether a call is sent again.
 *
 * `safe` and `idempotent` operations are repeated on 408, 429, 500, 502, 503, 504, on connection errors and when the
 * response clock runs out. `costly` ones only when the request certainly never reached the server, or when the server
 * asks for it: `x-should-retry: true`, or 429 and 503 with a Retry-After. `x-should-retry: false` ends it for all.
 * Nothing is waited for that is longer than allowed or than the call's time: then the error is worth more now.
 */
export function decideRetry(question: RetryQuestion): RetryDecision {
  const { outcome, retries, maxRetries, repeatable, maxRetryAfter, remaining, now, random } = question;
  const retryAfter = outcome.kind === "response" ? readRetryAfter(outcome.headers, now) : undefined;
  const reason = objection(question, retryAfter);
  if (reason !== undefined) return { retry: false, reason };
  if (retries >= maxRetries) return { retry: false, reason: `${maxRetries} retries were made` };
  if (!repeatable) return { retry: false, reason: "the request body is a stream and can be sent only once" };
  if (retryAfter !== undefined && retryAfter > maxRetryAfter) {
    return {
      retry: false,
      reason: `the server asks to wait ${retryAfter} ms, longer than ${maxRetryAfter} ms`,
    };
  }
  // A wait of zero would turn a server's "any time" into a loop without pause.
  const delay = retryAfter || backoffDelay(retries, random);
  if (delay >= remaining) return { retry: false, reason: "the time of the call would run out while waiting" };
  return { retry: true, delay };
}
