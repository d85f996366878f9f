import type { APIError } from "@hawser/infrastructure/runcrate";
import { exitCodes, Failure } from "../exit-codes.ts";

/**
 * What a call ended with, as a sentence and an exit code. What is no error of the API, of the network or of the request
 * comes back as it is.
 */
export async function explainError(error: unknown): Promise<unknown> {
  const runtime = await import("@hawser/infrastructure/runcrate");
  if (error instanceof Failure || !runtime.HawserError.is(error)) return error;
  if (runtime.APIError.is(error))
    return new Failure(`${error.message}${referenceOf(error)}${adviceFor(error)}`);
  const { message } = error;
  const isA = (kind: { is(value: unknown): boolean }) => kind.is(error);
  if (isA(runtime.UnknownOutcomeError)) return new Failure(message, exitCodes.unknown);
  if (isA(runtime.AbortError)) return new Failure("Stopped.", exitCodes.interrupted);
  if (isA(runtime.InvalidRequestError)) return new Failure(message, exitCodes.usage);
  if (isA(runtime.ConnectionError))
    return new Failure(`${message}. Check the network, and RUNCRATE_INFRASTRUCTURE_BASE_URL if it is set.`);
  return new Failure(message);
}

/** What to name when asking about an answer. */
function referenceOf({ code, requestId }: APIError): string {
  const names = [code, requestId && `request ${requestId}`].filter(Boolean);
  return names.length === 0 ? "" : ` (${names.join(", ")})`;
}

function adviceFor({ status }: APIError): string {
  if (status === 401) return ' Set RUNCRATE_API_KEY, or keep another key with "hawser login".';
  return status === 402 ? ' "hawser billing balance" tells what is left.' : "";
}
