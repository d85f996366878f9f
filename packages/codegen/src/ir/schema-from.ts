import { isObject, type Json } from "../json.ts";

/**
 * Members that say something about a document or its examples, not about the value; schemas inside of schemas, which
 * nothing refers to any more once all that are referred to are components.
 */
const dropped = new Set(["example", "examples", "externalDocs", "xml", "$schema", "$defs", "definitions"]);

/** A schema of the document as the IR holds it: references are `#/schemas/Name`, vendor extensions are left out. */
export function schemaFrom(schema: unknown): Json {
  if (Array.isArray(schema)) return schema.map(schemaFrom);
  if (!isObject(schema)) return schema as Json;
  const result: Record<string, Json> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key.startsWith("x-") || dropped.has(key)) continue;
    result[key] = valueFrom(key, value);
  }
  return result;
}

function valueFrom(key: string, value: unknown): Json {
  if (key === "$ref" && typeof value === "string") return reference(value);
  if (["enum", "const", "default", "required", "dependentRequired"].includes(key)) return value as Json;
  if (key === "discriminator" && isObject(value)) return discriminatorFrom(value);
  // Here the keys are names of members and mean nothing to us.
  if (["properties", "patternProperties", "dependentSchemas"].includes(key) && isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, schemaFrom(schema)]));
  }
  return typeof value === "object" ? schemaFrom(value) : (value as Json);
}

function discriminatorFrom(value: Record<string, unknown>): Json {
  const mapping = isObject(value.mapping)
    ? Object.fromEntries(
        Object.entries(value.mapping).map(([key, target]) => [key, reference(String(target))]),
      )
    : {};
  return { propertyName: String(value.propertyName), mapping };
}

function reference(target: string): string {
  return target.replace("#/components/schemas/", "#/schemas/");
}
