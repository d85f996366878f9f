import { dereference, type OpenAPIDocument } from "../document.ts";
import { asObject } from "../json.ts";
import { essenceOf, framingOf, type StreamFraming } from "../media-types.ts";
import { isArraySchema } from "./sequence-items.ts";

/**
 * The framing of an answer's media type. One that is `multipart`, but no form, is a sequence when the document says what an
 * item is (OpenAPI 3.2, Streaming Sequential Media Types and Encoding By Position): by `itemSchema`, an array as its
 * `schema`, `itemEncoding` or `prefixEncoding`. Anything else of it is bytes.
 */
export function streamFramingOf(
  document: OpenAPIDocument,
  mediaType: string,
  media: unknown,
): StreamFraming | undefined {
  const essence = essenceOf(mediaType);
  if (!essence.startsWith("multipart/") || essence === "multipart/form-data") return framingOf(mediaType);
  const { schema, itemSchema, itemEncoding, prefixEncoding } = asObject(dereference(document, media));
  const isSequence =
    [itemSchema, itemEncoding, prefixEncoding].some((member) => member !== undefined) ||
    isArraySchema(document, schema);
  return isSequence ? "multipart-mixed" : undefined;
}
