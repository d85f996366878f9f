import { Ajv2020 } from "ajv/dist/2020.js";
import schema from "./ir.schema.json" with { type: "json" };
import type { IR } from "./ir.ts";

/** The JSON Schema (2020-12) of the intermediate representation. */
export const irSchema: object = schema;

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true, unicodeRegExp: true }).compile<IR>(
  schema,
);

/**
 * Makes sure that a value is an intermediate representation of the version this package knows.
 *
 * @throws {TypeError} naming the first places that don't fit
 */
export function checkIR(value: unknown): asserts value is IR {
  if (validate(value)) return;
  const errors = (validate.errors ?? [])
    .slice(0, 5)
    .map((error) => `${error.instancePath || "/"} ${error.message}`);
  throw new TypeError(`This is not an intermediate representation of version 1: ${errors.join("; ")}.`);
}
