import { asObject, dereference, type JsonObject } from "../json.ts";
import type { FormPart } from "./operation.ts";

/** What each part of a multipart body is read as, from the schema of the whole body. */
export function formPartsOf(document: JsonObject, schema: unknown): Record<string, FormPart> {
  return Object.fromEntries(
    Object.entries(membersOf(document, schema)).map(([name, member]) => {
      const part = dereference(document, member);
      const type = typeOf(document, part);
      return [
        name,
        type === "array" ? { type, items: typeOf(document, dereference(document, part.items)) } : { type },
      ];
    }),
  );
}

function membersOf(document: JsonObject, schema: unknown): JsonObject {
  const target = dereference(document, schema);
  const parts = Array.isArray(target.allOf) ? target.allOf : [];
  return Object.assign({}, ...parts.map((part) => membersOf(document, part)), asObject(target.properties));
}

function typeOf(document: JsonObject, schema: JsonObject): FormPart["type"] {
  const variants = [schema.anyOf, schema.oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  const types = [schema.type, ...variants.map((variant) => dereference(document, variant).type)].flat();
  if (types.includes("array")) return "array";
  if (types.includes("object")) return "object";
  if (types.includes("string")) return "string";
  if (types.includes("integer") || types.includes("number")) return "number";
  return types.includes("boolean") ? "boolean" : "string";
}
