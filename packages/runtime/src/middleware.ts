import type { Operation, Service } from "./operation.ts";

/** What a middleware knows about the attempt it sees. */
export interface MiddlewareContext {
  readonly service: Service;
  readonly operation: Operation;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** How often the call may be repeated. */
  readonly maxRetries: number;
  /** Aborted when the caller gives up, or when a clock of this attempt or of the call runs out. */
  readonly signal: AbortSignal;
  /** The same on every attempt of a call. */
  readonly idempotencyKey: string | undefined;
}

/** Hands the request to the next middleware, or to the network after the last one. */
export type Next = (request: Request) => Promise<Response>;

/**
 * Stands between the retry loop and the network, and sees every attempt.
 *
 * - The first middleware of the list is the outermost one: it sees the request first and the response last. Those of
 *   the client come before those of the call.
 * - It may pass another request to `next`, call `next` again, answer by itself without calling it, or throw. What it
 *   throws reaches the caller as it is and isn't retried, except for a `ConnectionError` or a `TimeoutError`.
 * - The request carries no key yet: it is added after the last middleware, and only when the request still goes to the
 *   origin it was meant for, that of the client's `baseURL` or of the operation's own server, and has no such header.
 * - A request body can be read once: read it through `request.clone()`.
 * - Responses of every status come back from `next`, errors included. A body that a middleware reads must be replaced:
 *   return a `new Response(text, response)`. The response clock runs until the outermost middleware has answered.
 */
export type Middleware = (
  request: Request,
  next: Next,
  context: MiddlewareContext,
) => Response | Promise<Response>;

/** Joins middlewares and the network to one function. */
export function composeMiddleware(
  middleware: readonly Middleware[],
  network: Next,
  context: MiddlewareContext,
): Next {
  return middleware.reduceRight<Next>(
    (next, current) => async (request) => current(request, next, context),
    network,
  );
}
