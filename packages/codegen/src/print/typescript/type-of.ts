import type { Schema } from "../../ir/ir.ts";
import { asArray, asObject, isObject } from "../../json.ts";
import { literal } from "./literal.ts";

/** The schema a reference names, `undefined` when the schema stands in place. */
export function referencedName(schema: unknown): string | undefined {
  const reference = asObject(schema).$ref;
  return typeof reference === "string" ? reference.replace("#/schemas/", "") : undefined;
}

/** The TypeScript type of a schema at an operation: a name, or the type written out where the schema has no name. */
export function typeOf(schema: Schema | undefined): string {
  const name = referencedName(schema);
  if (name !== undefined) return name;
  if (!isObject(schema)) return schema === false ? "never" : "unknown";
  if (schema.const !== undefined) return union([literalType(schema.const)]);
  if (Array.isArray(schema.enum)) return union(schema.enum.map(literalType));
  const variants = [...asArray(schema.anyOf), ...asArray(schema.oneOf)] as Schema[];
  if (variants.length > 0) return union(variants.map(typeOf));
  return union(
    [schema.type].flat().map((type) => (type === "array" ? listOf(schema.items) : primitive(type))),
  );
}

/** Types with bars between them, each once; what holds `unknown` is unknown. */
export function union(types: readonly string[]): string {
  return types.includes("unknown") ? "unknown" : [...new Set(types)].join(" | ") || "never";
}

function listOf(items: unknown): string {
  const item = typeOf(items as Schema);
  return /^\w+$/.test(item) ? `${item}[]` : `(${item})[]`;
}

/** A value as a type; one with members is left to the schemas that have names. */
function literalType(value: unknown): string {
  return typeof value === "object" && value !== null ? "unknown" : literal(value);
}

function primitive(type: unknown): string {
  if (type === "integer" || type === "number") return "number";
  if (type === "string" || type === "boolean" || type === "null") return type;
  return type === "object" ? "{ [key: string]: unknown }" : "unknown";
}
