import { walkSchemas } from "../walk-document.ts";
import type { Pass } from "./report.ts";

/** Members that say something about the reference, which printers take from beside it. */
const annotations = new Set([
  ...["$ref", "$comment", "title", "description", "default", "deprecated", "readOnly", "writeOnly"],
  ...["example", "examples", "externalDocs", "xml"],
]);

/**
 * What a schema says of the value beside its `$ref` becomes a part of an `allOf` next to the reference: both count
 * (JSON Schema 2020-12 Core, 8.2.3.1), since OpenAPI 3.1. In OpenAPI 3.0 what stands beside a reference is ignored, but
 * for `nullable`.
 */
export const referenceSiblings: Pass = (document, report) => {
  if (document.openapi.startsWith("3.0.")) return;
  walkSchemas(document, (schema, pointer) => {
    if (typeof schema.$ref !== "string") return;
    const { $ref } = schema;
    const beside = Object.entries(schema).filter(([key]) => !annotations.has(key) && !key.startsWith("x-"));
    if (beside.length === 0) return;
    const before = { $ref, ...Object.fromEntries(beside) };
    for (const [key] of beside) delete schema[key];
    delete schema.$ref;
    schema.allOf = [{ $ref }, Object.fromEntries(beside)];
    report.change({
      rule: "reference-siblings",
      pointer,
      before,
      after: { allOf: schema.allOf },
      reason: "What stands beside a reference counts as well.",
    });
  });
};
