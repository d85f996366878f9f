import {
  dereference,
  type OpenAPIDocument,
  operationsOf,
  schemaReference,
  schemasOf,
  successesOf,
} from "../document.ts";
import { asObject, isObject, type JsonObject, joinPointer, unescapePointer } from "../json.ts";
import { encodingOf, framingOf } from "../media-types.ts";
import { pascalCase, uniqueName } from "../names.ts";
import type { Pass } from "./report.ts";

/**
 * Bodies described in place become components, so that each has a type one can import. They are named for their
 * operation (`CreateVideoRequest`, `CreateVideoResponse`, `CreateVideoError409`), or for the component several
 * operations share (`#/components/responses/Unauthorized` → `Unauthorized`).
 */
export const inlineSchemas: Pass = (document, report) => {
  const schemas = schemasOf(document);
  const taken = new Set(Object.keys(schemas));

  const hoist = (holder: unknown, pointer: string, ownName: string): void => {
    const { object, place, name } = placeOf(document, holder, pointer, ownName);
    for (const [mediaType, value] of Object.entries(asObject(object.content))) {
      const media = asObject(dereference(document, value));
      if (!needsName(mediaType, media.schema)) continue;
      const unique = uniqueName(name, taken);
      const before = media.schema;
      schemas[unique] = before;
      media.schema = { $ref: schemaReference(unique) };
      report.change({
        rule: "inline-schemas",
        pointer: joinPointer(place, "content", mediaType, "schema"),
        before,
        after: media.schema,
        reason: "A body needs a type with a name.",
      });
    }
  };

  for (const { operation, pointer } of operationsOf(document)) {
    const base = pascalCase(String(operation.operationId));
    const successes = successesOf(operation).map(([status]) => status);
    hoist(operation.requestBody, `${pointer}/requestBody`, `${base}Request`);
    for (const [status, response] of Object.entries(asObject(operation.responses))) {
      const suffix = successes.includes(status) ? "Response" : `Error${pascalCase(status).replace(/^_/, "")}`;
      hoist(response, joinPointer(`${pointer}/responses`, status), `${base}${suffix}`);
    }
  }
};

/** A request body or response with the place it stands at and the name its schema gets. */
function placeOf(
  document: OpenAPIDocument,
  holder: unknown,
  pointer: string,
  name: string,
): { object: JsonObject; place: string; name: string } {
  const object = asObject(dereference(document, holder));
  const reference = asObject(holder).$ref;
  if (typeof reference !== "string") return { object, place: pointer, name };
  return { object, place: reference, name: pascalCase(unescapePointer(reference.split("/").at(-1) ?? "")) };
}

function needsName(mediaType: string, schema: unknown): schema is JsonObject {
  if (!isObject(schema) || typeof schema.$ref === "string" || framingOf(mediaType) !== undefined)
    return false;
  return ["json", "multipart", "urlencoded"].includes(encodingOf(mediaType));
}
