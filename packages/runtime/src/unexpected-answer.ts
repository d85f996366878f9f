import { readRequestId } from "./api-error.ts";
import { InvalidResponseError } from "./errors.ts";
import type { Operation } from "./operation.ts";

/**
 * The error of an answer that was read and lacks what has to be in it.
 *
 * @param what - what is wrong with it, as the end of a sentence that begins with the operation.
 */
export function unexpectedAnswer(
  operation: Operation,
  what: string,
  body: unknown,
  response: Response,
): InvalidResponseError {
  return new InvalidResponseError(`${operation.id}: ${what}`, {
    response,
    rawBody: JSON.stringify(body) ?? "",
    requestId: readRequestId(response.headers),
  });
}
