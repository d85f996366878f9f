/** An object of JSON, its members not looked at yet. */
export type JsonObject = { [key: string]: unknown };

/** True for what JSON calls an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value when it is an object, else an empty one. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** Follows local `$ref`s (`#/…`) until something else stands there; a chain that never ends gives an empty object. */
export function dereference(document: JsonObject, value: unknown): JsonObject {
  const seen = new Set<unknown>();
  let current = value;
  while (isObject(current) && typeof current.$ref === "string") {
    if (seen.has(current.$ref)) return {};
    seen.add(current.$ref);
    current = resolvePointer(document, current.$ref);
  }
  return asObject(current);
}

/** Calls `visit` for every object below `value`, itself included, parents first. */
export function walkObjects(value: unknown, visit: (object: JsonObject) => void): void {
  if (Array.isArray(value)) for (const item of value) walkObjects(item, visit);
  else if (isObject(value)) {
    visit(value);
    for (const item of Object.values(value)) walkObjects(item, visit);
  }
}

function resolvePointer(root: JsonObject, pointer: string): unknown {
  let value: unknown = root;
  for (const part of pointer.replace(/^#\/?/, "").split("/")) {
    const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    value = Array.isArray(value) ? value[Number(key)] : asObject(value)[key];
  }
  return value;
}
