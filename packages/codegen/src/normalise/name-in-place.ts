import { type OpenAPIDocument, schemaReference, schemasOf } from "../document.ts";
import { isObject, type JsonObject } from "../json.ts";
import { pascalCase, uniqueName } from "../names.ts";
import type { SchemaPlace } from "../schema-at.ts";
import type { Report } from "./report.ts";

/** Members of a schema that make its type more than a word. */
const structural = ["properties", "patternProperties", "additionalProperties", "allOf"];

/**
 * Objects described in place, which a call returns, become components named for where they stand (`TaskListData`,
 * `TaskListDataItem`), so that each has a type one can import. References, lists and unions stay, and what they hold is
 * looked at in the same way.
 *
 * @param rule the pass in whose name the change is reported
 */
export function nameInPlace(
  document: OpenAPIDocument,
  place: SchemaPlace,
  rule: string,
  report: Report,
): void {
  const { schema, holder, key, path } = place;
  if (!isObject(schema) || typeof schema.$ref === "string") return;
  if (isObject(schema.items)) {
    nameInPlace(
      document,
      { schema: schema.items, holder: schema, key: "items", path: [...path, "item"] },
      rule,
      report,
    );
    return;
  }
  for (const union of ["anyOf", "oneOf"] as const) {
    const variants = schema[union];
    if (!Array.isArray(variants) || structural.some((member) => member in schema)) continue;
    for (const [index, variant] of variants.entries()) {
      const inside = { schema: variant, holder: variants as unknown as JsonObject, key: String(index), path };
      nameInPlace(document, inside, rule, report);
    }
    return;
  }
  if (holder === undefined || key === undefined) return;
  if (schema.type !== "object" && !structural.some((member) => member in schema)) return;
  const schemas = schemasOf(document);
  // `RetrieveTaskResponse` was only ever the name of the whole.
  const [whole = "", ...inside] = path;
  const words = [inside.length > 0 ? whole.replace(/Response$/, "") : whole, ...inside];
  const name = uniqueName(pascalCase(words.join(" ")), new Set(Object.keys(schemas)));
  schemas[name] = schema;
  holder[key] = { $ref: schemaReference(name) };
  report.change({
    rule,
    pointer: schemaReference(name),
    after: schema,
    reason: "What a call returns needs a type with a name.",
  });
}
