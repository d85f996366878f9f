import {
  asArray,
  asObject,
  isObject,
  type JsonObject,
  joinPointer,
  resolvePointer,
  unescapePointer,
} from "./json.ts";

/** An OpenAPI document as one JSON object; every `$ref` in it is local (`#/…`). */
export interface OpenAPIDocument extends JsonObject {
  openapi: string;
}

/** The methods a path item can hold (OpenAPI 3.2, Path Item Object). */
export const httpMethods = [
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
  "query",
] as const;

/** One operation with the place it stands at. */
export interface OperationEntry {
  readonly path: string;
  readonly method: (typeof httpMethods)[number];
  readonly pathItem: JsonObject;
  readonly operation: JsonObject;
  readonly pointer: string;
}

/** Every operation of the document, in its order. */
export function* operationsOf(document: OpenAPIDocument): Generator<OperationEntry> {
  for (const [path, item] of Object.entries(asObject(document.paths))) {
    if (path.startsWith("x-")) continue;
    const pathItem = asObject(dereference(document, item));
    for (const method of httpMethods) {
      const operation = pathItem[method];
      if (!isObject(operation)) continue;
      yield { path, method, pathItem, operation, pointer: joinPointer("#/paths", path, method) };
    }
  }
}

/** Follows `$ref`s until something else stands there; a chain that never ends gives `undefined`. */
export function dereference(document: JsonObject, value: unknown): unknown {
  const seen = new Set<string>();
  let current = value;
  while (isObject(current) && typeof current.$ref === "string") {
    if (seen.has(current.$ref)) return undefined;
    seen.add(current.$ref);
    current = resolvePointer(document, current.$ref);
  }
  return current;
}

/** The component name in `#/components/schemas/Name`, or `undefined` for any other reference. */
export function schemaNameOf(reference: unknown): string | undefined {
  if (typeof reference !== "string") return undefined;
  const match = /^#\/components\/schemas\/([^/]+)$/.exec(reference);
  return match?.[1] === undefined ? undefined : unescapePointer(match[1]);
}

/** The reference to a component schema: `Chat` → `#/components/schemas/Chat`. */
export function schemaReference(name: string): string {
  return joinPointer("#/components/schemas", name.replaceAll("%", "%25"));
}

/** The component schemas of the document, the object itself, made when missing. */
export function schemasOf(document: OpenAPIDocument): JsonObject {
  if (!isObject(document.components)) document.components = {};
  const components = document.components as JsonObject;
  if (!isObject(components.schemas)) components.schemas = {};
  return components.schemas as JsonObject;
}

/** The variants of a `oneOf` or `anyOf`. */
export function variantsOf(schema: JsonObject): readonly unknown[] {
  return [...asArray(schema.oneOf), ...asArray(schema.anyOf)];
}

/**
 * The successful answers of an operation by status. A document that names none leaves them to `default`, which stands
 * for every status it doesn't name (OpenAPI 3.2, Responses Object).
 */
export function successesOf(operation: JsonObject): [status: string, response: unknown][] {
  const responses = Object.entries(asObject(operation.responses));
  const named = responses.filter(([status]) => status.startsWith("2"));
  return named.length > 0 ? named : responses.filter(([status]) => status === "default");
}
