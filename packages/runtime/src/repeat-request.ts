import type { PreparedBody } from "./body.ts";

/** What changes when a request is made again. */
export interface RequestChange {
  readonly url?: string;
  readonly method?: string;
  readonly signal?: AbortSignal;
  /** Default true. */
  readonly keepBody?: boolean;
}

/**
 * A request like the given one, with its body made anew. `Request.clone()` would split the body's stream and keep all
 * of a large upload in memory for an attempt that mostly never comes.
 *
 * @param body - what the request was made with; its value is used again.
 */
export function repeatRequest(request: Request, body: PreparedBody, change: RequestChange): Request {
  const headers = new Headers(request.headers);
  const keepBody = (change.keepBody ?? true) && body.value !== undefined;
  // A form gets a new boundary each time.
  if (!keepBody || body.contentType === undefined) headers.delete("content-type");
  return new Request(change.url ?? request.url, {
    method: change.method ?? request.method,
    headers,
    signal: change.signal ?? request.signal,
    redirect: "manual",
    ...(keepBody && { body: body.value as BodyInit }),
  });
}
