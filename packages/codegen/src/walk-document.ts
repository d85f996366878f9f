import { isObject, type JsonObject, joinPointer } from "./json.ts";

/** Members of a Schema Object that hold one schema or a list of them (JSON Schema 2020-12 Core, 10, and Validation, 8). */
const schemaMembers = new Set([
  ...["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "items", "prefixItems", "contains"],
  ...["additionalProperties", "propertyNames", "unevaluatedItems", "unevaluatedProperties", "contentSchema"],
]);
/** Members of a Schema Object that hold schemas by name. */
const schemaMaps = new Set(["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"]);

/** Members of other objects whose own members are names from the document, not words of OpenAPI. */
const nameMaps = new Set([
  ...["paths", "webhooks", "pathItems", "callbacks", "responses", "parameters", "requestBodies", "headers"],
  ...["content", "mediaTypes", "encoding", "links", "securitySchemes", "variables"],
]);
/** Members that hold data, whatever it looks like. */
const dataMembers = new Set(["example", "examples", "value", "dataValue"]);

type Visit = (object: JsonObject, pointer: string, kind: "schema" | "other") => void;

/**
 * Calls `visit` for every object OpenAPI or JSON Schema gives a meaning to, parents first, with its JSON Pointer:
 * never for examples, defaults, enum values and other data, which may look like anything.
 */
export function walkDocument(document: JsonObject, visit: Visit): void {
  walkOther(document, "#", false, visit);
}

/** Calls `visit` for every schema of the document, parents first, with its JSON Pointer. */
export function walkSchemas(
  document: JsonObject,
  visit: (schema: JsonObject, pointer: string) => void,
): void {
  walkDocument(document, (object, pointer, kind) => {
    if (kind === "schema") visit(object, pointer);
  });
}

/** Calls `visit` for a schema and every schema inside of it, parents first. */
export function walkSchema(schema: unknown, visit: Visit, pointer = "#"): void {
  if (Array.isArray(schema)) {
    for (const [index, item] of schema.entries()) walkSchema(item, visit, joinPointer(pointer, index));
  } else if (isObject(schema)) {
    visit(schema, pointer, "schema");
    for (const [key, member] of Object.entries(schema)) {
      if (schemaMembers.has(key)) walkSchema(member, visit, joinPointer(pointer, key));
      else if (schemaMaps.has(key)) walkSchemaMap(member, visit, joinPointer(pointer, key));
    }
  }
}

function walkSchemaMap(schemas: unknown, visit: Visit, pointer: string): void {
  if (!isObject(schemas)) return;
  for (const [name, schema] of Object.entries(schemas)) walkSchema(schema, visit, joinPointer(pointer, name));
}

function walkOther(value: unknown, pointer: string, keysAreNames: boolean, visit: Visit): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walkOther(item, joinPointer(pointer, index), false, visit);
  } else if (isObject(value)) {
    if (!keysAreNames) visit(value, pointer, "other");
    for (const [key, member] of Object.entries(value)) {
      const here = joinPointer(pointer, key);
      if (keysAreNames) walkOther(member, here, false, visit);
      else if (key === "schema" || key === "itemSchema") walkSchema(member, visit, here);
      else if (key === "schemas") walkSchemaMap(member, visit, here);
      else if (key === "x-hawser-stream") walkStream(member, here, visit);
      else if (!dataMembers.has(key) && !key.startsWith("x-"))
        walkOther(member, here, nameMaps.has(key), visit);
    }
  }
}

/** The one extension that holds schemas: `itemSchema`, `error` and those of `events`. */
function walkStream(stream: unknown, pointer: string, visit: Visit): void {
  if (!isObject(stream)) return;
  walkSchema(stream.error, visit, joinPointer(pointer, "error"));
  walkOther(stream, pointer, false, visit);
}
