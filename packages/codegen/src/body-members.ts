import { dereference, type OpenAPIDocument, variantsOf } from "./document.ts";
import { asArray, asObject, isObject, type JsonObject } from "./json.ts";
import { encodingOf } from "./media-types.ts";

/** The members an operation's JSON body can have, by name, whichever part or variant of its schema describes them. */
export function bodyMembers(document: OpenAPIDocument, operation: JsonObject): ReadonlyMap<string, unknown> {
  const body = asObject(dereference(document, operation.requestBody));
  const found = new Map<string, unknown>();
  for (const [mediaType, media] of Object.entries(asObject(body.content))) {
    if (encodingOf(mediaType) !== "json") continue;
    collect(document, asObject(dereference(document, media)).schema, found, new Set());
  }
  return found;
}

function collect(
  document: OpenAPIDocument,
  schema: unknown,
  found: Map<string, unknown>,
  seen: Set<unknown>,
): void {
  const target = dereference(document, schema);
  if (!isObject(target) || seen.has(target)) return;
  seen.add(target);
  for (const [name, member] of Object.entries(asObject(target.properties))) {
    if (!found.has(name)) found.set(name, member);
  }
  for (const part of [...asArray(target.allOf), ...variantsOf(target)]) collect(document, part, found, seen);
}
