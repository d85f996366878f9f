import { dereference, type OpenAPIDocument, variantsOf } from "../document.ts";
import { asArray, asObject, type JsonObject } from "../json.ts";
import { encodingOf } from "../media-types.ts";
import type { StreamItems } from "./read-items.ts";

/** Whether a schema describes an array, as that of a whole sequence does. */
export function isArraySchema(document: OpenAPIDocument, schema: unknown): boolean {
  const { type, items, prefixItems } = asObject(dereference(document, schema));
  return [type].flat().includes("array") || items !== undefined || prefixItems !== undefined;
}

/** The schemas of a sequence's items at fixed places, and of all others. */
function itemsOf(
  document: OpenAPIDocument,
  schema: unknown,
): { places: readonly unknown[]; others: unknown } {
  const { items, prefixItems } = asObject(dereference(document, schema));
  return { places: asArray(prefixItems), others: items === false ? undefined : items };
}

/**
 * The schema of an item of a sequence of JSON texts whose media type has this `schema`: `schema` describes the sequence as an
 * array (OpenAPI 3.2, Sequential Media Types). Documents from before that mean an item by it.
 */
export function itemSchemaFrom(document: OpenAPIDocument, schema: unknown): unknown {
  if (!isArraySchema(document, schema)) return schema;
  const { places, others } = itemsOf(document, schema);
  const schemas = others === undefined ? places : [...places, others];
  return schemas.length > 1 ? { anyOf: schemas } : (schemas[0] ?? {});
}

/** The schema of some parts, and what the document says of how they are written. */
interface DescribedPart {
  readonly schema: unknown;
  readonly encoding: unknown;
}

/**
 * Reads what a multipart media type says of its parts: the `itemSchema`, or the array that `schema` describes, with
 * `itemEncoding` and `prefixEncoding` (OpenAPI 3.2, Encoding By Position).
 *
 * @param itemSchema what an overlay or the document says of every part; without it the `schema` counts
 */
export function readParts(document: OpenAPIDocument, media: JsonObject, itemSchema: unknown): StreamItems {
  const described = describedParts(document, media, itemSchema).map((part) => readPart(document, part));
  const schemas = described.flatMap(({ json }) => json);
  const texts = schemas.map((schema) => JSON.stringify(schema));
  return {
    item: described.some(({ others }) => others) ? "part" : "payload",
    events: schemas
      .filter((_, place) => texts.indexOf(texts[place] ?? "") === place)
      .map((schema) => ({ schema })),
  };
}

function describedParts(document: OpenAPIDocument, media: JsonObject, itemSchema: unknown): DescribedPart[] {
  const encoding = media.itemEncoding;
  if (itemSchema !== undefined) return [{ schema: itemSchema, encoding }];
  const { places, others } = itemsOf(document, media.schema);
  const prefix = asArray(media.prefixEncoding);
  const fixed = places.map((schema, place) => ({ schema, encoding: prefix[place] }));
  return fixed.length > 0 && others === undefined ? fixed : [...fixed, { schema: others ?? {}, encoding }];
}

/** The schemas of those parts that are JSON, and whether there may be other ones. */
function readPart(
  document: OpenAPIDocument,
  { schema, encoding }: DescribedPart,
): { json: unknown[]; others: boolean } {
  const kinds = kindsOf(document, schema, new Set());
  const json = kinds.filter((kind) => isJsonByDefault(document, kind));
  const { contentType } = asObject(encoding);
  if (typeof contentType === "string") {
    const types = contentType.split(",").map((type) => encodingOf(type) === "json");
    if (!types.includes(true)) return { json: [], others: true };
    if (!types.includes(false)) return { json: [schema], others: false };
    return { json: json.length > 0 ? json : [schema], others: true };
  }
  // A union stays one where it can, with what tells its variants apart.
  return json.length === kinds.length ? { json: [schema], others: false } : { json, others: true };
}

/** The variants a part can be, down to those that are no unions themselves. */
function kindsOf(document: OpenAPIDocument, schema: unknown, seen: Set<unknown>): unknown[] {
  const target = asObject(dereference(document, schema));
  if (seen.has(target)) return [];
  const variants = variantsOf(target);
  if (variants.length === 0) return [schema];
  seen.add(target);
  return variants.flatMap((variant) => kindsOf(document, variant, seen));
}

/** Whether parts of that schema are JSON when nothing else is said (OpenAPI 3.2, Encoding Object, `contentType`). */
function isJsonByDefault(document: OpenAPIDocument, schema: unknown): boolean {
  const target = asObject(dereference(document, schema));
  const types = [target.type].flat();
  return (
    types.includes("object") ||
    types.includes("array") ||
    (target.type === undefined && (target.properties ?? target.allOf) !== undefined)
  );
}
