import { dereference, type OpenAPIDocument, schemaNameOf, variantsOf } from "./document.ts";
import { asArray, asObject, isObject, type JsonObject, unescapePointer } from "./json.ts";

/** A schema that stands somewhere inside of another. */
export interface SchemaPlace {
  /** As it stands there, a `$ref` not followed; `{}` where anything can be. */
  readonly schema: unknown;
  /** The object it is a member of, and its name there; absent for the schema itself and where anything can be. */
  readonly holder?: JsonObject;
  readonly key?: string;
  /** The component it stands in, and the names of members that lead there. */
  readonly path: readonly string[];
}

/**
 * The schemas of the value a JSON Pointer (RFC 6901) leads to in a value of `schema`: through references, `allOf`, lists
 * and the variants of a union, of which `null` doesn't count. Each variant gives one; none means that no such value is
 * described. A schema that says nothing of its members, such as `{}`, can hold anything.
 */
export function schemasAt(document: OpenAPIDocument, schema: unknown, pointer: string): SchemaPlace[] {
  const start: SchemaPlace = { schema, path: nameIn(schema) };
  return pointer
    .split("/")
    .slice(1)
    .map(unescapeMember)
    .reduce<SchemaPlace[]>(
      (places, member) => {
        const next = places.map((place) => membersOf(document, place, member, new Set()));
        // Every variant has to have it, or the value isn't always there.
        return next.some((found) => found.length === 0) ? [] : next.flat();
      },
      [start],
    );
}

/** A JSON Pointer is no URI here, so that `%` is a character like any other. */
function unescapeMember(part: string): string {
  return unescapePointer(part.replaceAll("%", "%25"));
}

function nameIn(schema: unknown): string[] {
  const name = schemaNameOf(asObject(schema).$ref);
  return name === undefined ? [] : [name];
}

function membersOf(
  document: OpenAPIDocument,
  place: SchemaPlace,
  member: string,
  seen: Set<unknown>,
): SchemaPlace[] {
  const target = dereference(document, place.schema);
  const named = nameIn(place.schema);
  const path = named.length > 0 ? named : place.path;
  if (target === true) return [{ schema: {}, path: [...path, member] }];
  if (!isObject(target) || seen.has(target)) return [];
  seen.add(target);
  const inside = (schema: unknown) => membersOf(document, { schema, path }, member, seen);

  const properties = asObject(target.properties);
  if (Object.hasOwn(properties, member))
    return [{ schema: properties[member], holder: properties, key: member, path: [...path, member] }];
  for (const part of asArray(target.allOf)) {
    const found = inside(part);
    if (found.length > 0 && found.some(({ holder }) => holder !== undefined)) return found;
  }
  const variants = variantsOf(target).filter((variant) => !isNull(document, variant));
  if (variants.length > 0) {
    const found = variants.map((variant) =>
      membersOf(document, { schema: variant, path }, member, new Set(seen)),
    );
    return found.some((places) => places.length === 0) ? [] : found.flat();
  }
  if (/^\d+$/.test(member) && isObject(target.items))
    return [{ schema: target.items, holder: target, key: "items", path: [...path, "item"] }];
  if (isObject(target.additionalProperties)) {
    const holder = target;
    return [
      { schema: target.additionalProperties, holder, key: "additionalProperties", path: [...path, member] },
    ];
  }
  return saysNothing(target) ? [{ schema: {}, path: [...path, member] }] : [];
}

function isNull(document: OpenAPIDocument, schema: unknown): boolean {
  const { type, const: constant } = asObject(dereference(document, schema));
  return type === "null" || constant === null;
}

/** Whether a schema describes no members, and so allows any. */
function saysNothing(schema: JsonObject): boolean {
  const types = [schema.type].flat();
  const free = types.includes(undefined) || types.includes("object");
  const closed = ["properties", "patternProperties", "enum", "const", "items", "allOf", "not"];
  return free && schema.additionalProperties !== false && !closed.some((key) => key in schema);
}
