import { writeMaps } from "./body-maps.ts";
import { isMembers, type Members } from "./body-members.ts";
import { InvalidRequestError } from "./errors.ts";
import type { Operation } from "./operation.ts";

/** A request body as `fetch` takes it. */
export interface PreparedBody {
  /** Undefined: there is none. */
  readonly value: BodyInit | undefined;
  /** Undefined where `fetch` knows it better: the boundary of a form. */
  readonly contentType: string | undefined;
  /** False for a stream, which can be sent once. */
  readonly repeatable: boolean;
}

const noBody: PreparedBody = { value: undefined, contentType: undefined, repeatable: true };

/** Adds the members of the option `extraBody`. */
function extend(operation: Operation, body: unknown, extraBody: Members | undefined): unknown {
  if (extraBody === undefined) return body;
  if (body !== undefined && !isMembers(body)) {
    throw new InvalidRequestError(`${operation.id}: the option extraBody needs a body that is an object.`);
  }
  return { ...body, ...extraBody };
}

function prepareJSON(operation: Operation, body: unknown, contentType: string): PreparedBody {
  let value: string | undefined;
  try {
    value = JSON.stringify(body);
  } catch (cause) {
    throw new InvalidRequestError(`${operation.id}: the body can't be written as JSON.`, { cause });
  }
  if (value === undefined) {
    throw new InvalidRequestError(`${operation.id}: the body is a ${typeof body}, which JSON doesn't have.`);
  }
  return { value, contentType, repeatable: true };
}

/**
 * Writes a request body in the operation's encoding. What the caller didn't set is not sent.
 *
 * @param signal - stops the reading of streams: that for a form, and later `fetch`'s.
 * @throws InvalidRequestError when the body is missing, not wanted, or can't be written this way; what reading a
 *   stream for a form throws.
 */
export async function prepareBody(
  operation: Operation,
  given: unknown,
  extraBody: Members | undefined,
  signal?: AbortSignal,
): Promise<PreparedBody> {
  const settings = operation.body;
  if (settings === undefined) {
    if (given === undefined && extraBody === undefined) return noBody;
    throw new InvalidRequestError(`${operation.id} takes no body.`);
  }
  const extended = extend(operation, given, extraBody);
  const body = isMembers(extended) ? writeMaps(operation, extended) : extended;
  if (body === undefined) {
    if (settings.required) throw new InvalidRequestError(`${operation.id}: the body is missing.`);
    return noBody;
  }
  if (settings.encoding !== "json") return settings.write(operation, body, settings, signal);
  return prepareJSON(
    operation,
    body,
    /[*,]/.test(settings.mediaType) ? "application/json" : settings.mediaType,
  );
}
