import type { APIError } from "./errors.ts";
import { readPointer } from "./json-pointer.ts";
import type { Waiter } from "./plans.ts";
import { isSameJSON } from "./same-json.ts";

/** What an answer to a poll means. */
export interface Verdict {
  readonly state: "success" | "failure" | "retry";
  /** The value that decided, or the one nobody knows. */
  readonly value: unknown;
  /** Whether an acceptor knows the value. */
  readonly known: boolean;
  /** Whether this means that what is polled isn't there any more. */
  readonly gone?: boolean | undefined;
  /** Milliseconds the server asks to wait. */
  readonly retryAfter: number | undefined;
}

/** What polled data means: what the first acceptor says that knows it, else to ask again. */
export function judgeAnswer({ acceptors }: Waiter, data: unknown): Omit<Verdict, "retryAfter"> {
  const byValue = acceptors.filter((acceptor) => "pointer" in acceptor);
  for (const { state, pointer, values, gone } of byValue) {
    const value = readPointer(data, pointer);
    if (values.some((known) => isSameJSON(known, value))) return { state, value, known: true, gone };
  }
  const [first] = byValue;
  const value = first === undefined ? undefined : readPointer(data, first.pointer);
  return { state: "retry", value, known: false };
}

/**
 * What an error that a poll was answered with means: what an acceptor says of its status, else to ask again when the
 * server wants to be asked less often. Undefined: it is just an error.
 *
 * @param asked - when it was polled, in milliseconds since the first poll.
 */
export function judgeError({ acceptors }: Waiter, error: APIError, asked: number): Verdict | undefined {
  const { status, retryAfter } = error;
  for (const acceptor of acceptors) {
    if (!("status" in acceptor) || acceptor.status !== status) continue;
    if (asked <= (acceptor.within ?? Number.POSITIVE_INFINITY)) {
      return { state: acceptor.state, value: status, known: true, gone: acceptor.gone, retryAfter };
    }
  }
  const isBusy = status === 429 || (status === 503 && retryAfter !== undefined);
  return isBusy ? { state: "retry", value: status, known: true, retryAfter } : undefined;
}
