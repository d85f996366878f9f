import type { JsonObject } from "../json.ts";
import { walkSchemas } from "../walk-document.ts";
import type { Pass } from "./report.ts";

/** Members that are about the value whatever its type, and stay outside of a union with null. */
const annotations = ["title", "description", "default", "deprecated", "readOnly", "writeOnly", "example"];

/**
 * `nullable: true` (OpenAPI 3.0) becomes `null` among the types, as JSON Schema says it since OpenAPI 3.1; so do the
 * boolean `exclusiveMinimum` and `exclusiveMaximum`.
 */
export const nullable: Pass = (document, report) => {
  if (!document.openapi.startsWith("3.0.")) return;
  walkSchemas(document, (schema, pointer) => {
    if (typeof schema.nullable === "boolean") {
      const before = { ...(schema.type !== undefined && { type: schema.type }), nullable: schema.nullable };
      const isNullable = schema.nullable;
      delete schema.nullable;
      if (isNullable) allowNull(schema);
      report.change({
        rule: "nullable",
        pointer,
        before,
        after: schema,
        reason: "JSON Schema writes null as a type.",
      });
    }
    for (const [flag, bound] of [
      ["exclusiveMinimum", "minimum"],
      ["exclusiveMaximum", "maximum"],
    ] as const) {
      if (typeof schema[flag] !== "boolean") continue;
      const before = { [flag]: schema[flag], ...(schema[bound] !== undefined && { [bound]: schema[bound] }) };
      const excluded = schema[flag] && schema[bound];
      delete schema[flag];
      if (typeof excluded === "number") {
        schema[flag] = excluded;
        delete schema[bound];
      }
      report.change({
        rule: "nullable",
        pointer,
        before,
        after: schema,
        reason: "JSON Schema gives the bound itself.",
      });
    }
  });
  const before = document.openapi;
  document.openapi = "3.1.1";
  report.change({
    rule: "nullable",
    pointer: "#/openapi",
    before,
    after: document.openapi,
    reason: "Its schemas are JSON Schemas now.",
  });
};

function allowNull(schema: JsonObject): void {
  // Beside a composition, which knows nothing of null, a type that does would change nothing.
  const composed = ["$ref", "allOf", "anyOf", "oneOf"].some((key) => key in schema);
  if (typeof schema.type === "string" && !composed) {
    schema.type = [schema.type, "null"];
    if (Array.isArray(schema.enum) && !schema.enum.includes(null)) schema.enum = [...schema.enum, null];
    return;
  }
  const inner: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    if (annotations.includes(key)) continue;
    inner[key] = value;
    delete schema[key];
  }
  schema.anyOf = [inner, { type: "null" }];
}
