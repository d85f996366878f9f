import { isUploadable, toBinaryBody, type Uploadable } from "./binary-source.ts";
import { isMembers, type Members } from "./body-members.ts";
import { InvalidRequestError } from "./errors.ts";
import { createForm } from "./multipart.ts";
import type { BodyWriter, Operation } from "./operation.ts";
import { serializeQueryParameter } from "./parameter-styles.ts";

function requireMembers(operation: Operation, body: unknown, encoding: string): Members {
  if (isMembers(body)) return body;
  throw new InvalidRequestError(`${operation.id}: a body sent as ${encoding} has to be an object.`);
}

/** Writes a body as a form with a part per member (RFC 7578). */
export const multipartBody: BodyWriter = async (operation, body, { parts = {} }, signal) => {
  const form =
    body instanceof FormData
      ? body
      : await createForm(requireMembers(operation, body, "a form"), parts, signal);
  return { value: form, contentType: undefined, repeatable: true };
};

/** An object as JSON text: the media type of a field that is one, and of each item of a list (OpenAPI 3.2, Encoding Object). */
function asText(value: unknown): unknown {
  return isMembers(value) && !(value instanceof Date) ? JSON.stringify(value) : value;
}

/** Writes a body as `name=value` pairs, encoded as in the query of a URL; objects without a style are JSON text. */
export const urlencodedBody: BodyWriter = (operation, body, { parts = {} }) => {
  const contentType = "application/x-www-form-urlencoded";
  if (body instanceof URLSearchParams) return { value: body.toString(), contentType, repeatable: true };
  const fields = Object.entries(requireMembers(operation, body, "form fields"))
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => {
      const { contentType: content, ...style } = parts[name] ?? {};
      const subject = `${operation.id}: the body's member "${name}"`;
      // Where there is a style, the media type doesn't count.
      if (Object.keys(style).length > 0) return serializeQueryParameter(name, value, style, subject);
      const written = Array.isArray(value) ? value.map(asText) : asText(value);
      return content === undefined
        ? serializeQueryParameter(name, written, {}, subject)
        : serializeQueryParameter(name, value, { content }, subject);
    });
  return { value: fields.filter((field) => field !== "").join("&"), contentType, repeatable: true };
};

/** Sends bytes as they are: everything `Uploadable` lists, and text. */
export const binaryBody: BodyWriter = (operation, body, { mediaType }, signal) => {
  if (typeof body !== "string" && !isUploadable(body)) {
    throw new InvalidRequestError(
      `${operation.id}: the body has to be bytes: a Blob, an ArrayBuffer, a typed array, a stream, a Response or text.`,
    );
  }
  const binary = toBinaryBody(body as Uploadable | string, `${operation.id}: the body`, signal);
  const contentType = /[*,]/.test(mediaType) ? (binary.type ?? "application/octet-stream") : mediaType;
  return { value: binary.value, contentType, repeatable: binary.repeatable };
};

/** Sends a text as it is. */
export const textBody: BodyWriter = (operation, body, { mediaType }) => {
  if (typeof body === "object" || typeof body === "function" || typeof body === "symbol") {
    throw new InvalidRequestError(`${operation.id}: the body has to be text.`);
  }
  return { value: String(body), contentType: mediaType, repeatable: true };
};
