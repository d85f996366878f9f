import { schemaNameOf, schemaReference, schemasOf } from "../document.ts";
import { isObject } from "../json.ts";
import { pascalCase, uniqueName } from "../names.ts";
import { walkSchemas } from "../walk-document.ts";
import type { Pass } from "./report.ts";

/** Component schemas get names that are type names in any language: letters and digits, a capital first. */
export const schemaNames: Pass = (document, report) => {
  const schemas = schemasOf(document);
  const taken = new Set(Object.keys(schemas).filter((name) => pascalCase(name) === name));
  const names = new Map<string, string>();
  for (const name of Object.keys(schemas)) {
    if (pascalCase(name) === name) continue;
    const after = uniqueName(pascalCase(name), taken);
    names.set(name, after);
    report.change({
      rule: "schema-names",
      pointer: schemaReference(name),
      before: name,
      after,
      reason: "The name is no type name.",
    });
  }
  if (names.size === 0) return;
  const entries = Object.entries(schemas);
  for (const [name] of entries) delete schemas[name];
  for (const [name, schema] of entries) schemas[names.get(name) ?? name] = schema;
  const renamed = (reference: unknown): unknown => {
    const name = names.get(schemaNameOf(reference) ?? "");
    return name === undefined ? reference : schemaReference(name);
  };
  walkSchemas(document, (schema) => {
    if (schema.$ref !== undefined) schema.$ref = renamed(schema.$ref);
    const mapping = isObject(schema.discriminator) ? schema.discriminator.mapping : undefined;
    if (!isObject(mapping)) return;
    for (const [value, target] of Object.entries(mapping)) mapping[value] = renamed(target);
  });
};
