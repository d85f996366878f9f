import { dereference, operationsOf } from "../document.ts";
import { asArray, asObject, joinPointer } from "../json.ts";
import { walkSchemas } from "../walk-document.ts";
import type { Pass } from "./report.ts";

/**
 * Of what Stainless' keys say of single schemas and parameters: `x-stainless-const` makes the one value of an `enum`
 * the value, and `x-stainless-skip: true` leaves an optional parameter out. Its other keys are about other languages, or
 * say what the schema says already, and are left alone.
 *
 * @see https://www.stainless.com/docs/reference/config
 */
export const foreignKeys: Pass = (document, report) => {
  walkSchemas(document, (schema, pointer) => {
    const values = asArray(schema.enum);
    if (schema["x-stainless-const"] !== true || schema.const !== undefined || values.length !== 1) return;
    [schema.const] = values;
    report.change({
      rule: "foreign-keys",
      pointer: `${pointer}/const`,
      after: schema.const,
      reason: "x-stainless-const says that it is the only value.",
    });
  });
  for (const { operation, pointer } of operationsOf(document)) {
    const parameters = asArray(operation.parameters);
    const isLeftOut = (given: unknown) => {
      const parameter = asObject(dereference(document, given));
      const skip = parameter["x-stainless-skip"] ?? asObject(parameter.schema)["x-stainless-skip"];
      return skip === true && parameter.required !== true && parameter.in !== "path";
    };
    for (const [index, parameter] of parameters.entries()) {
      if (!isLeftOut(parameter)) continue;
      report.change({
        rule: "foreign-keys",
        pointer: joinPointer(pointer, "parameters", index),
        before: parameter,
        reason: "x-stainless-skip leaves it out.",
      });
    }
    if (parameters.some(isLeftOut)) operation.parameters = parameters.filter((each) => !isLeftOut(each));
  }
};
