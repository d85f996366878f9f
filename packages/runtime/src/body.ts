import { isUploadable, toBinaryBody, type Uploadable } from "./binary-source.ts";
import { writeMaps } from "./body-maps.ts";
import { InvalidRequestError } from "./errors.ts";
import { createForm } from "./multipart.ts";
import type { Operation, OperationBody } from "./operation.ts";
import { serializeQueryParameter } from "./parameter-styles.ts";

/** A request body as `fetch` takes it. */
export interface PreparedBody {
  /** Undefined: there is none. */
  readonly value: BodyInit | undefined;
  /** Undefined where `fetch` knows it better: the boundary of a form. */
  readonly contentType: string | undefined;
  /** False for a stream, which can be sent once. */
  readonly repeatable: boolean;
}

type Members = Readonly<Record<string, unknown>>;

const noBody: PreparedBody = { value: undefined, contentType: undefined, repeatable: true };

function isMembers(value: unknown): value is Members {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !(isUploadable(value) || value instanceof FormData || value instanceof URLSearchParams);
}

/** Adds the members of the option `extraBody`. */
function extend(operation: Operation, body: unknown, extraBody: Members | undefined): unknown {
  if (extraBody === undefined) return body;
  if (body !== undefined && !isMembers(body)) {
    throw new InvalidRequestError(`${operation.id}: the option extraBody needs a body that is an object.`);
  }
  return { ...body, ...extraBody };
}

function requireMembers(operation: Operation, body: unknown, encoding: string): Members {
  if (isMembers(body)) return body;
  throw new InvalidRequestError(`${operation.id}: a body sent as ${encoding} has to be an object.`);
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

async function prepareForm(
  operation: Operation,
  body: unknown,
  settings: OperationBody,
  signal: AbortSignal | undefined,
): Promise<PreparedBody> {
  const form =
    body instanceof FormData
      ? body
      : await createForm(requireMembers(operation, body, "a form"), settings.parts ?? {}, signal);
  return { value: form, contentType: undefined, repeatable: true };
}

function prepareURLEncoded(operation: Operation, body: unknown, settings: OperationBody): PreparedBody {
  const contentType = "application/x-www-form-urlencoded";
  if (body instanceof URLSearchParams) return { value: body.toString(), contentType, repeatable: true };
  const fields = Object.entries(requireMembers(operation, body, "form fields"))
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => {
      const { contentType: content, ...style } = settings.parts?.[name] ?? {};
      const subject = `${operation.id}: the body's member "${name}"`;
      return serializeQueryParameter(
        name,
        value,
        { ...style, ...(content !== undefined && { content }) },
        subject,
      );
    });
  return { value: fields.filter((field) => field !== "").join("&"), contentType, repeatable: true };
}

function prepareBinary(
  operation: Operation,
  body: unknown,
  mediaType: string,
  signal: AbortSignal | undefined,
): PreparedBody {
  if (typeof body !== "string" && !isUploadable(body)) {
    throw new InvalidRequestError(
      `${operation.id}: the body has to be bytes: a Blob, an ArrayBuffer, a typed array, a stream, a Response or text.`,
    );
  }
  const binary = toBinaryBody(body as Uploadable | string, `${operation.id}: the body`, signal);
  const contentType = /[*,]/.test(mediaType) ? (binary.type ?? "application/octet-stream") : mediaType;
  return { value: binary.value, contentType, repeatable: binary.repeatable };
}

function prepareText(operation: Operation, body: unknown, contentType: string): PreparedBody {
  if (typeof body === "object" || typeof body === "function" || typeof body === "symbol") {
    throw new InvalidRequestError(`${operation.id}: the body has to be text.`);
  }
  return { value: String(body), contentType, repeatable: true };
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
  switch (settings.encoding) {
    case "json":
      return prepareJSON(
        operation,
        body,
        /[*,]/.test(settings.mediaType) ? "application/json" : settings.mediaType,
      );
    case "multipart":
      return prepareForm(operation, body, settings, signal);
    case "urlencoded":
      return prepareURLEncoded(operation, body, settings);
    case "binary":
      return prepareBinary(operation, body, settings.mediaType, signal);
    case "text":
      return prepareText(operation, body, settings.mediaType);
  }
}
