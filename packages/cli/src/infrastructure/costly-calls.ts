import { ConnectionError, type Middleware } from "@hawser/infrastructure/runcrate";

/** Knows of the requests that may cost money whether one was sent and not answered yet. */
export interface CostlyCalls {
  /** Sees the requests of a client. */
  readonly middleware: Middleware;
  /** Id of the operation that was sent without an answer so far, or whose answer wasn't read to its end. */
  readonly unanswered: () => string | undefined;
}

/** Watches the requests of a client that may cost money. */
export function watchCostlyCalls(): CostlyCalls {
  let unanswered: string | undefined;
  return {
    unanswered: () => unanswered,
    async middleware(request, next, { operation }) {
      if (operation.retry !== "costly") return next(request);
      unanswered = operation.id;
      try {
        const response = await next(request);
        // What was refused wasn't done. What was accepted is known once the answer was read.
        if (!response.ok) unanswered = undefined;
        return response;
      } catch (error) {
        if (ConnectionError.is(error) && error.neverSent) unanswered = undefined;
        throw error;
      }
    },
  };
}
