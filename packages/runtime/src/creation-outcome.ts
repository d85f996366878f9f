import { HawserError } from "./errors.ts";

/** What is left of a creation whose call failed afterwards. */
export interface CreationOutcome {
  /** Id of what was created. */
  readonly id: string;
  /** What the server answered to the creation. */
  readonly created: unknown;
  /**
   * True: it isn't there any more, since it was removed again or is `gone`. False: it couldn't be removed, and may go on
   * costing. Undefined: nobody tried.
   */
  readonly terminated: boolean | undefined;
  /** True: it ended by itself, without being removed. */
  readonly gone?: boolean;
  /** Why it couldn't be removed. */
  readonly undoError?: unknown;
}

/** The same in every copy of the package. */
const key = Symbol.for("hawser.creation");

function describe({ id, terminated, gone, undoError }: CreationOutcome): string {
  if (terminated === undefined) return `${id} was created and is still there.`;
  if (gone === true) return `${id} was created and isn't there any more.`;
  if (terminated) return `${id} was created and removed again.`;
  const why = undoError === undefined ? "there is no way to" : (undoError as Error).message;
  return `${id} was created and could not be removed, so it may go on costing: ${why}`;
}

/**
 * Makes an error tell what was created before it: our errors in their message, and every error to `creationOf`.
 *
 * @returns the error.
 */
export function tellCreation(error: unknown, outcome: CreationOutcome): unknown {
  if (HawserError.is(error)) {
    const { message, stack } = error;
    error.message = `${message}. ${describe(outcome)}`;
    // Which was written with the message as it was.
    if (stack !== undefined) error.stack = stack.replace(message, () => error.message);
  }
  if (typeof error === "object" && error !== null) Reflect.defineProperty(error, key, { value: outcome });
  return error;
}

/**
 * What was created before a call such as `createAndWait` failed, and whether it was removed again. Undefined when
 * nothing was created.
 *
 * @param error - what the call threw, the caller's own errors from `onProgress` and `onCreated` included.
 */
export function creationOf(error: unknown): CreationOutcome | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  return (error as { readonly [key]?: CreationOutcome })[key];
}
