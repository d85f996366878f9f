import { type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";
import type { JsonSchema, SchemaIssue, StandardSchema } from "./standard-schema.ts";

/** Keywords whose errors only say that there is one further down. */
const containers = new Set([
  "properties",
  "items",
  "prefixItems",
  "additionalProperties",
  "allOf",
  "$ref",
  "$defs",
]);

function toIssue({ instanceLocation, error }: OutputUnit): SchemaIssue {
  const names = instanceLocation.split("/").slice(1);
  return {
    message: error,
    path: names.map((name) => decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~")),
  };
}

/**
 * A plain JSON Schema (draft 2020-12) as a schema for `defineTool` and `parse`. Nothing tells the type of its values, so
 * give it: `jsonSchema<{ city: string }>({ … })`. Values are validated by @cfworker/json-schema, which makes no code and
 * so runs in workers too; programs that never call this function don't carry it.
 */
export function jsonSchema<Value = unknown>(schema: JsonSchema): StandardSchema<Value> {
  let validator: Validator | undefined;
  return {
    "~standard": {
      version: 1,
      vendor: "hawser",
      validate(value) {
        validator ??= new Validator(structuredClone(schema) as Schema, "2020-12", false);
        const { valid, errors } = validator.validate(value);
        if (valid) return { value: value as Value };
        const leaves = errors.filter(({ keyword }) => !containers.has(keyword));
        return { issues: (leaves.length > 0 ? leaves : errors).map(toIssue) };
      },
      jsonSchema: { input: () => ({ ...schema }) },
    },
  };
}
