import { dereference, type OpenAPIDocument, successesOf } from "./document.ts";
import { asObject, isObject, type JsonObject, joinPointer } from "./json.ts";
import { encodingOf, framingOf } from "./media-types.ts";
import { type SchemaPlace, schemasAt } from "./schema-at.ts";

/** What `x-hawser-envelope` says: where in an answer the data is, and how an error in it is told. */
export interface EnvelopeExtension {
  readonly data: string;
  readonly success?: { readonly pointer: string; readonly values: readonly unknown[] };
  readonly status?: string;
}

/** One successful answer of an operation that is JSON. */
export interface JsonAnswer {
  readonly status: string;
  readonly mediaType: string;
  readonly media: JsonObject;
  /** Where it stands in the document, below the operation. */
  readonly pointer: string;
}

/** The successful answers of an operation that are JSON and no stream. */
export function jsonAnswers(document: OpenAPIDocument, operation: JsonObject): JsonAnswer[] {
  return successesOf(operation).flatMap(([status, response]) =>
    Object.entries(asObject(asObject(dereference(document, response)).content))
      .filter(([mediaType]) => encodingOf(mediaType) === "json" && framingOf(mediaType) === undefined)
      .map(([mediaType, media]) => ({
        status,
        mediaType,
        media: asObject(dereference(document, media)),
        pointer: joinPointer("/responses", status, "content", mediaType),
      })),
  );
}

/** The envelope of an operation's JSON answers, its own or the document's; `undefined` when they have none. */
export function envelopeOf(document: OpenAPIDocument, operation: JsonObject): EnvelopeExtension | undefined {
  const given = operation["x-hawser-envelope"] ?? document["x-hawser-envelope"];
  return isObject(given) ? (given as unknown as EnvelopeExtension) : undefined;
}

/** The schemas of what a call returns of one JSON answer: of all of it, or of the data in its envelope. */
export function dataOfAnswer(
  document: OpenAPIDocument,
  operation: JsonObject,
  media: JsonObject,
): SchemaPlace[] {
  return schemasAt(document, media.schema ?? {}, envelopeOf(document, operation)?.data ?? "");
}

/** The schemas of what a call of the operation returns, over all its JSON answers. */
export function dataOf(document: OpenAPIDocument, operation: JsonObject): SchemaPlace[] {
  return jsonAnswers(document, operation).flatMap(({ media }) => dataOfAnswer(document, operation, media));
}

/** The schemas of a value in what a call returns; none when one of the forms of the answer has no such value. */
export function schemasInData(
  document: OpenAPIDocument,
  operation: JsonObject,
  pointer: string,
): SchemaPlace[] {
  const found = dataOf(document, operation).map(({ schema }) => schemasAt(document, schema, pointer));
  return found.some((places) => places.length === 0) ? [] : found.flat();
}
