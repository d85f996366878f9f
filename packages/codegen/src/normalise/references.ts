import { dereference, type OpenAPIDocument, schemaNameOf, schemaReference, schemasOf } from "../document.ts";
import { asArray, cloneJson, isObject, type JsonObject, resolvePointer, unescapePointer } from "../json.ts";
import { pascalCase, uniqueName } from "../names.ts";
import { walkDocument, walkSchemas } from "../walk-document.ts";
import type { Pass, Report } from "./report.ts";

/** Parts of a pointer that say what kind of thing stands there, not what it is. */
const structure = new Set([
  ...["components", "schemas", "properties", "paths", "responses", "content", "schema", "items", "$defs"],
  ...["allOf", "anyOf", "oneOf", "definitions", "patternProperties"],
]);

/**
 * Makes sure that every `$ref` leads somewhere, and that every schema others refer to is a component: a reference into
 * the middle of something (`#/components/schemas/Chat/properties/role`) gets a component of its own (`ChatRole`).
 */
export const references: Pass = (document, report) => {
  const moved = new Map<string, string>();
  const taken = new Set(Object.keys(schemasOf(document)));
  let before: number;
  do {
    before = moved.size;
    walkDocument(document, (object, pointer, kind) => {
      if (typeof object.$dynamicRef === "string") {
        report.problem(pointer, "$dynamicRef can't be represented: name the schema it stands for with $ref.");
      }
      const reference = object.$ref;
      if (typeof reference !== "string") return;
      if (dereference(document, object) === undefined) {
        report.problem(
          pointer,
          `the reference "${reference}" leads nowhere: correct it, or describe what it names.`,
        );
      } else if (kind === "schema" && schemaNameOf(reference) === undefined) {
        object.$ref = moved.get(reference) ?? move(document, reference, taken, report, moved);
        report.change({
          rule: "references",
          pointer: `${pointer}/$ref`,
          before: reference,
          after: object.$ref,
          reason: "A schema that is referred to needs a name.",
        });
      }
    });
    // A schema that was moved can hold references of the same kind.
  } while (moved.size > before);
  walkSchemas(document, (schema, pointer) => {
    if (!extendsItself(document, schema, schema, new Set())) return;
    report.problem(
      pointer,
      "its allOf leads back to itself, so that it never ends: take that reference out.",
    );
  });
};

function extendsItself(
  document: OpenAPIDocument,
  schema: JsonObject,
  origin: JsonObject,
  seen: Set<unknown>,
): boolean {
  return asArray(schema.allOf).some((part) => {
    const target = dereference(document, part);
    if (target === origin) return true;
    if (!isObject(target) || seen.has(target)) return false;
    seen.add(target);
    return extendsItself(document, target, origin, seen);
  });
}

/** Copies what stands at a pointer to a component; the original stays, since other references may lead through it. */
function move(
  document: OpenAPIDocument,
  reference: string,
  taken: Set<string>,
  report: Report,
  moved: Map<string, string>,
): string {
  const target = resolvePointer(document, reference) as JsonObject;
  const alias = isObject(target) && schemaNameOf(target.$ref) !== undefined ? String(target.$ref) : undefined;
  if (alias !== undefined) {
    moved.set(reference, alias);
    return alias;
  }
  const words = reference
    .split("/")
    .map(unescapePointer)
    .filter((part) => part !== "#" && !structure.has(part));
  const name = uniqueName(pascalCase(words.join(" ")), taken);
  schemasOf(document)[name] = cloneJson(target);
  moved.set(reference, schemaReference(name));
  report.change({
    rule: "references",
    pointer: schemaReference(name),
    after: target,
    reason: `It is what ${reference} refers to.`,
  });
  return schemaReference(name);
}
