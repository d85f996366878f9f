import {
  dereference,
  type OpenAPIDocument,
  schemaNameOf,
  schemaReference,
  schemasOf,
  variantsOf,
} from "../document.ts";
import { asArray, asObject, isObject, type JsonObject } from "../json.ts";
import { walkSchemas } from "../walk-document.ts";
import type { Pass } from "./report.ts";

/**
 * The mapping of a discriminator is completed from the variants' own `const` or one-value `enum`; a value that stands
 * only in the mapping is written into its variant, so that the variant alone says what it is. Mappings name their
 * schemas by reference.
 *
 * OpenAPI 3.2 (Discriminator Object) would read a missing mapping as "the value is the component's name", which is
 * what almost no document without a mapping means; it is taken so only for a variant that says nothing itself, or that
 * allows what the names of other variants are. Variants often have the values of all from a part they share: each is
 * then left those that don't belong to another.
 */
export const discriminators: Pass = (document, report) => {
  walkSchemas(document, (schema, pointer) => {
    if (!isObject(schema.discriminator)) return;
    const property = schema.discriminator.propertyName;
    if (typeof property !== "string") return;
    const before = schema.discriminator.mapping;
    const mapping = byReference(document, asObject(before));
    const leaves = leavesOf(document, schema).flatMap((variant) => {
      const reference = asObject(variant).$ref;
      const name = schemaNameOf(reference);
      return name === undefined ? [] : [{ variant, reference, name }];
    });
    const owners = new Map<string, unknown>([
      ...leaves.map(({ name, reference }) => [name, reference] as const),
      ...Object.entries(mapping),
    ]);
    for (const { variant, reference, name } of leaves) {
      const target = asObject(dereference(document, variant));
      const allowed = valuesOf(document, target, property);
      let values = allowed.filter((value) => (owners.get(value) ?? reference) === reference);
      // What belongs to others altogether is what the document says of this one.
      if (values.length === 0) values = allowed;
      if (values.length === 0) {
        const mapped = Object.keys(mapping).filter((key) => mapping[key] === reference);
        values = mapped.length > 0 ? mapped : [name];
      }
      if (values.length !== allowed.length) {
        writeValues(target, property, values);
        report.change({
          rule: "discriminators",
          pointer: String(reference),
          after: { [property]: values },
          reason: "A variant has to say itself which value selects it.",
        });
      }
      for (const value of values) mapping[value] ??= reference;
    }
    if (JSON.stringify(mapping) === JSON.stringify(before ?? {})) return;
    schema.discriminator.mapping = mapping;
    report.change({
      rule: "discriminators",
      pointer: `${pointer}/discriminator/mapping`,
      ...(before !== undefined && { before }),
      after: mapping,
      reason: "The values are those the variants themselves allow.",
    });
  });
};

/** The variants of a union; of a variant that is a union itself, its variants. */
function leavesOf(
  document: OpenAPIDocument,
  schema: JsonObject,
  seen = new Set<unknown>(),
): readonly unknown[] {
  return variantsOf(schema).flatMap((variant) => {
    const target = asObject(dereference(document, variant));
    if (seen.has(target)) return [];
    seen.add(target);
    return variantsOf(target).length > 0 && target.properties === undefined
      ? leavesOf(document, target, seen)
      : [variant];
  });
}

/** A mapping may name a component instead of referring to it (OpenAPI 3.2, Discriminator Object). */
function byReference(document: OpenAPIDocument, mapping: JsonObject): JsonObject {
  const schemas = schemasOf(document);
  return Object.fromEntries(
    Object.entries(mapping).map(([value, target]) => [
      value,
      Object.hasOwn(schemas, String(target)) ? schemaReference(String(target)) : target,
    ]),
  );
}

function valuesOf(document: OpenAPIDocument, schema: JsonObject, property: string): string[] {
  const own = asObject(dereference(document, asObject(schema.properties)[property]));
  if (typeof own.const === "string") return [own.const];
  const choices = asArray(own.enum).filter((value) => typeof value === "string");
  if (choices.length > 0) return choices;
  return asArray(schema.allOf).flatMap((part) =>
    valuesOf(document, asObject(dereference(document, part)), property),
  );
}

function writeValues(schema: JsonObject, property: string, values: readonly string[]): void {
  const properties = asObject(schema.properties);
  const [only] = values;
  const { description } = asObject(properties[property]);
  properties[property] = {
    ...(description !== undefined && { description }),
    type: "string",
    ...(values.length === 1 ? { const: only } : { enum: [...values] }),
  };
  schema.properties = properties;
  schema.required = [...new Set([...asArray(schema.required), property])];
}
