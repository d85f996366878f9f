import {
  APIError,
  HawserError,
  InvalidResponseError,
  PartialJsonError,
  StreamError,
  TimeoutError,
} from "@hawser/runtime";
import type { Outcome } from "../../src/vector.ts";

/** An error in the words of the suite. */
export function describeError(error: unknown): NonNullable<Outcome["error"]> {
  if (!HawserError.is(error)) return { reason: `none of the project's errors: ${String(error)}` };
  const { message } = error;
  if (StreamError.is(error)) return { reason: error.reason, code: error.code, type: error.type, message };
  if (TimeoutError.is(error)) return { reason: "timeout", clock: error.clock, message };
  if (PartialJsonError.is(error)) return { reason: "partial-json", position: error.position, message };
  if (APIError.is(error)) {
    const { status, code, type, param } = error;
    return { reason: "status", status, code, type, param, message };
  }
  if (InvalidResponseError.is(error)) return { reason: "invalid-answer", status: error.status, message };
  return { reason: error.name, message };
}
