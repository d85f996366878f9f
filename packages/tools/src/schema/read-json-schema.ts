import { InvalidSchemaError } from "../errors.ts";
import type { JsonSchema, StandardSchema } from "./standard-schema.ts";

/**
 * The JSON Schema of what a schema reads. Throws an `InvalidSchemaError` that begins with `what` when the schema can't
 * say itself as one.
 */
export function readJsonSchema(schema: StandardSchema, what: string): JsonSchema {
  const standard = schema?.["~standard"];
  if (standard === undefined) {
    throw new InvalidSchemaError(`${what} can't be used`, [
      "it is no Standard Schema; a plain JSON Schema is given as jsonSchema({ … })",
    ]);
  }
  if (standard.jsonSchema === undefined) {
    throw new InvalidSchemaError(`${what} can't be used`, [
      `the schema of ${standard.vendor} doesn't say itself as a JSON Schema: it needs a newer version of that library, or its converter (for valibot, toStandardJsonSchema of @valibot/to-json-schema)`,
    ]);
  }
  try {
    const { $schema: _, ...json } = standard.jsonSchema.input({ target: "draft-2020-12" });
    return json;
  } catch (error) {
    throw new InvalidSchemaError(`${what} can't be said as a JSON Schema`, [
      error instanceof Error ? error.message : String(error),
    ]);
  }
}
