import { asObject, dereference, isObject, type JsonObject, walkObjects } from "../json.ts";
import { isSequential } from "../media-type.ts";
import { examplesOf } from "./examples.ts";

/**
 * A copy of an OpenAPI document that says the same in what Prism can read, OpenAPI 3.1.
 *
 * A stream becomes a string, its transcript the string's example: Prism passes over `itemSchema` and serves only
 * strings as `text/event-stream`. Examples become plain `value`s, since Prism reads none from files; a binary one
 * becomes the empty string.
 *
 * @param document a document in one piece, as `loadDocument` of `@hawser/codegen` gives it
 */
export function turnDown(document: JsonObject): JsonObject {
  const copy = structuredClone(document);
  // A 3.0 document stays one: Prism reads its `nullable` only there.
  if (!String(copy.openapi).startsWith("3.0.")) copy.openapi = "3.1.0";
  delete copy.$self;
  for (const item of Object.values(asObject(copy.paths))) {
    const pathItem = asObject(item);
    delete pathItem.additionalOperations;
    delete pathItem.query;
  }
  walkObjects(copy, (object) => {
    for (const [mediaType, media] of Object.entries(asObject(object.content))) {
      if (mediaType.includes("/")) turnDownMediaType(copy, dereference(copy, media), mediaType);
    }
  });
  return copy;
}

function turnDownMediaType(document: JsonObject, media: JsonObject, mediaType: string): void {
  if (isSequential(mediaType) || isObject(media.itemSchema)) {
    delete media.itemSchema;
    media.schema = { type: "string" };
  }
  const examples = examplesOf(document, media, mediaType);
  if (examples.length === 0) return;
  delete media.example;
  media.examples = Object.fromEntries(examples.map(({ name, value }) => [name, { value: value ?? "" }]));
}
