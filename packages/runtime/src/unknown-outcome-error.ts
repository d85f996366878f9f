import { ConnectionError, HawserError, TimeoutError } from "./errors.ts";
import type { Operation } from "./operation.ts";

/** What is known about a call whose outcome isn't. */
export interface UnknownOutcomeErrorInit {
  /** Id of the operation. */
  operation: string;
  cause: ConnectionError | TimeoutError;
  /** How to find out, in the words of the service's document. */
  hint?: string | undefined;
  idempotencyKey?: string | undefined;
}

/**
 * A request that costs something was sent, and whether it was done can't be told: the connection broke or a clock ran
 * out before the answer was there. It isn't repeated; find out what happened first.
 */
export class UnknownOutcomeError extends HawserError {
  static override readonly kind: string = "UnknownOutcomeError";
  /** Id of the operation, e.g. `createInstance`. */
  readonly operation: string;
  /** How to find out what happened. Undefined when the service's document doesn't say. */
  readonly hint: string | undefined;
  /** What was sent as the idempotency key. A server that honours keys does nothing twice under the same one. */
  readonly idempotencyKey: string | undefined;
  declare readonly cause: ConnectionError | TimeoutError;

  constructor(init: UnknownOutcomeErrorInit) {
    const { operation, cause, hint, idempotencyKey } = init;
    const advice = hint === undefined ? "" : `. ${hint}`;
    super(
      `${operation} was sent, and may have been done and paid for, but its answer didn't come: ${cause.message}${advice}`,
      { cause },
    );
    this.operation = operation;
    this.hint = hint;
    this.idempotencyKey = idempotencyKey;
  }

  override toJSON(): Record<string, unknown> {
    const { operation, hint, idempotencyKey } = this;
    return { ...super.toJSON(), operation, hint, idempotencyKey };
  }
}

/**
 * What a call failed with after its request was sent, as what it means for an operation that costs something.
 *
 * @param idempotencyKey - the one that was sent.
 */
export function toUnknownOutcome(
  thrown: unknown,
  { id, retry, whenUnknown }: Operation,
  idempotencyKey: string | undefined,
): unknown {
  if (retry !== "costly" || !(ConnectionError.is(thrown) || TimeoutError.is(thrown))) return thrown;
  return new UnknownOutcomeError({ operation: id, cause: thrown, hint: whenUnknown, idempotencyKey });
}
