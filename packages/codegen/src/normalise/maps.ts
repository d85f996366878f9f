import { bodyMembers } from "../body-members.ts";
import { dereference, type OpenAPIDocument, operationsOf, schemaNameOf } from "../document.ts";
import { asArray, asObject, cloneJson, isObject, type JsonObject, joinPointer } from "../json.ts";
import { schemasAt } from "../schema-at.ts";
import { walkSchema, walkSchemas } from "../walk-document.ts";
import type { Pass } from "./report.ts";

/** How the map that stands for a list of objects is written, by `x-hawser-map`. */
export interface MapExtension {
  readonly key: string;
  readonly value: string;
}

/**
 * A member with `x-hawser-map` takes a map too, `{ HF_TOKEN: "x" }` for `[{ key: "HF_TOKEN", value: "x" }]`. It has to be
 * a member of a JSON request body, and of no answer, in which it is always the list.
 */
export const maps: Pass = (document, report) => {
  const members = new Set<unknown>();
  for (const { operation } of operationsOf(document)) {
    for (const { member } of mappedMembers(document, operation)) members.add(member);
  }
  const answered = schemasOfAnswers(document);
  walkSchemas(document, (schema, pointer) => {
    const map = schema["x-hawser-map"];
    if (!isObject(map)) return;
    const here = `${pointer}/x-hawser-map`;
    if (!members.has(schema)) {
      report.problem(here, "it belongs to a member of a JSON request body, at its top.");
      return;
    }
    if (answered.has(schema)) {
      report.problem(
        here,
        "an answer has the same member, always as a list: describe requests by a schema of their own.",
      );
      return;
    }
    if (isWidened(schema)) return;
    for (const name of ["key", "value"] as const) {
      if (schemasAt(document, schema, joinPointer("/0", String(map[name]))).length > 0) continue;
      report.problem(`${here}/${name}`, `it is no list of objects with "${String(map[name])}".`);
      return;
    }
    widen(document, schema, String(map.value));
    report.change({
      rule: "maps",
      pointer,
      after: schema,
      reason: "A map can stand for the list; it is sent as the list.",
    });
  });
};

/** The members of an operation's JSON body with `x-hawser-map`, by name. */
export function mappedMembers(
  document: OpenAPIDocument,
  operation: JsonObject,
): { name: string; member: JsonObject; map: MapExtension }[] {
  return [...bodyMembers(document, operation)].flatMap(([name, member]) => {
    const map = asObject(member)["x-hawser-map"];
    return isObject(map) ? [{ name, member: member as JsonObject, map: map as unknown as MapExtension }] : [];
  });
}

/** Whether this pass has been here: `anyOf: [the list, the map]`. */
function isWidened({ anyOf }: JsonObject): boolean {
  const [, second] = asArray(anyOf);
  return isObject(second) && second.additionalProperties !== undefined;
}

function widen(document: OpenAPIDocument, schema: JsonObject, value: string): void {
  const [place] = schemasAt(document, schema, joinPointer("/0", value));
  const list: JsonObject = {};
  for (const [key, member] of Object.entries(schema)) {
    if (["description", "title", "default", "deprecated", "x-hawser-map"].includes(key)) continue;
    list[key] = member;
    delete schema[key];
  }
  const { description: _description, ...values } = cloneJson(asObject(place?.schema));
  schema.anyOf = [list, { type: "object", additionalProperties: values }];
}

/** Every schema a successful or unsuccessful answer is made of. */
function schemasOfAnswers(document: OpenAPIDocument): Set<unknown> {
  const found = new Set<unknown>();
  const visit = (schema: unknown): void => {
    walkSchema(schema, (object) => {
      if (found.has(object)) return;
      found.add(object);
      if (schemaNameOf(object.$ref) !== undefined) visit(dereference(document, object));
    });
  };
  for (const { operation } of operationsOf(document)) {
    for (const response of Object.values(asObject(operation.responses))) {
      for (const media of Object.values(asObject(asObject(dereference(document, response)).content))) {
        const { schema, itemSchema } = asObject(dereference(document, media));
        visit(schema);
        visit(itemSchema);
      }
    }
  }
  return found;
}
