import type { JsonObject } from "../json.ts";

/** What is left out of a request when the server refuses it for that. */
export interface Concession {
  /** What the server's words are about then. */
  readonly about: RegExp;
  /** Leaves it out. `false` when there is nothing to leave out, or no longer. */
  readonly concede: () => boolean;
}

/** What a server said when it refused a request as wrong (400, 422); `undefined` for any other error. */
function refusalText(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { status, message, param, code, rawBody } = error as JsonObject;
  if (status !== 400 && status !== 422) return undefined;
  return [message, param, code, rawBody].filter((part) => typeof part === "string").join("\n");
}

/**
 * Sends a request, and sends it again without what the server refused it for, as long as there is something to leave
 * out and its answer has not begun. Any other error is thrown as it is.
 */
export async function withConcessions<Answer>(
  send: () => Promise<Answer>,
  concessions: readonly Concession[],
  hasBegun: () => boolean,
): Promise<Answer> {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      const text = hasBegun() ? undefined : refusalText(error);
      if (!concessions.some(({ about, concede }) => text !== undefined && about.test(text) && concede()))
        throw error;
    }
  }
}
