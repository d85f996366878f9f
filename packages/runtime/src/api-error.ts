import { type BodyWatch, readErrorText } from "./body-reader.ts";
import { describeErrorAnswer, readErrorBody } from "./error-body.ts";
import { type APIError, createAPIError } from "./errors.ts";
import { readRateLimit } from "./rate-limit.ts";
import { readRetryAfter } from "./retry.ts";

/** The id the server gave to the request: `x-request-id`, else `request-id`. */
export function readRequestId(headers: Headers): string | undefined {
  return headers.get("x-request-id") ?? headers.get("request-id") ?? undefined;
}

function parse(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * The error an answer stands for.
 *
 * @param rawBody - its body as text.
 * @param request - method and address.
 * @param told - the status that the body tells, where it knows better than HTTP's.
 */
export function toAPIError(
  response: Response,
  rawBody: string,
  request: string,
  attempts: number,
  told?: number,
): APIError {
  const body = parse(rawBody);
  const said = readErrorBody(body);
  const { headers } = response;
  const status = told ?? response.status;
  const statusText = told === undefined ? response.statusText : "";
  return createAPIError(describeErrorAnswer({ status, statusText, request }, said, rawBody), {
    response,
    status,
    code: said.code,
    type: said.type,
    param: said.param,
    details: said.details,
    requestId: readRequestId(headers) ?? said.requestId,
    rateLimit: readRateLimit(headers),
    retryAfter: readRetryAfter(headers, Date.now()),
    attempts,
    body,
    rawBody,
  });
}

/**
 * Reads an answer with an error status into an error.
 *
 * @param hide - takes keys out of a text: some servers quote the key they refuse.
 */
export async function readAPIError(
  response: Response,
  watch: BodyWatch,
  hide: (text: string) => string,
): Promise<APIError> {
  const rawBody = hide(await readErrorText(response, watch));
  return toAPIError(response, rawBody, watch.request, watch.attempts);
}
