import { asArray, isObject, type Json, joinPointer, resolvePointer } from "../json.ts";

/** A schema and where it stands in the representation. */
export interface Place {
  readonly schema: Json;
  readonly pointer: string;
}

/** What a schema says, with everything of `allOf` in one and null set apart. */
export interface SchemaView {
  /** Types without null and without those that are part of another; `undefined` when it may be any. */
  readonly types: ReadonlySet<string> | undefined;
  /** The values of `enum` or `const`, null set apart. */
  readonly values: readonly Json[] | undefined;
  readonly properties: ReadonlyMap<string, Place>;
  readonly required: ReadonlySet<string>;
  /** `false` when there may be no other members. */
  readonly additional: Place | false | undefined;
  readonly items: Place | undefined;
  /** The members of `oneOf` and `anyOf` without null; empty when it is no union. */
  readonly variants: readonly Place[];
  /** `minimum`, `pattern`, `format` and the like, `default`, `description`, `deprecated`. */
  readonly words: Readonly<Record<string, Json>>;
}

/** The name of the schema a `$ref` leads to. */
export function referredName(schema: Json): string | undefined {
  const reference = isObject(schema) ? schema.$ref : undefined;
  return typeof reference === "string" ? reference.replace("#/schemas/", "") : undefined;
}

/** A schema with null taken away, and whether there was any: a reference stays a reference. */
export function withoutNull({ schema, pointer }: Place): Place & { nullable: boolean } {
  if (!isObject(schema)) return { schema, pointer, nullable: false };
  for (const key of ["anyOf", "oneOf"]) {
    const variants = asArray(schema[key]) as readonly Json[];
    const others = variants.filter((variant) => !isNull(variant));
    if (others.length === variants.length) continue;
    const [only = true] = others;
    if (others.length === 1) {
      const index = variants.indexOf(only);
      return { schema: only, pointer: joinPointer(pointer, key, index), nullable: true };
    }
    return { schema: { ...schema, [key]: others } as Json, pointer, nullable: true };
  }
  const types = [schema.type].flat();
  const values = Array.isArray(schema.enum) ? (schema.enum as Json[]) : undefined;
  const listed = values === undefined || values.includes(null);
  const nullable = listed && (types.includes("null") || (schema.type === undefined && values !== undefined));
  // A schema of nothing but null stays one.
  if (types.length === 1 && values === undefined) return { schema, pointer, nullable: false };
  const rest = types.filter((type) => type !== "null");
  return {
    schema: {
      ...(schema as Record<string, Json>),
      ...(schema.type !== undefined && { type: rest as Json }),
      ...(values !== undefined && { enum: values.filter((value) => value !== null) }),
    },
    pointer,
    nullable,
  };
}

function isNull(schema: Json): boolean {
  return isObject(schema) && (schema.type === "null" || schema.const === null) && schema.anyOf === undefined;
}

const worded = [
  ...["format", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"],
  ...[
    "default",
    "description",
    "title",
    "deprecated",
    "readOnly",
    "writeOnly",
    "contentEncoding",
    "discriminator",
  ],
];

/** What a schema itself says in single words. */
export function wordsOf(schema: Json): Record<string, Json> {
  if (!isObject(schema)) return {};
  return Object.fromEntries(
    worded.filter((word) => schema[word] !== undefined).map((word) => [word, schema[word] as Json]),
  );
}

/** Reads a schema, following references and joining what `allOf` holds. */
export function viewOf(root: unknown, place: Place, seen: ReadonlySet<string> = new Set()): SchemaView {
  const { schema, pointer } = place;
  const name = referredName(schema);
  if (!isObject(schema) || (name !== undefined && seen.has(name))) return empty;
  const own = ownView(schema, pointer);
  const inherited = [
    ...(name === undefined
      ? []
      : [{ schema: resolvePointer(root, `#/schemas/${name}`) as Json, pointer: `#/schemas/${name}` }]),
    ...(asArray(schema.allOf) as readonly Json[]).map((part, index) => ({
      schema: part,
      pointer: joinPointer(pointer, "allOf", index),
    })),
  ];
  const known = name === undefined ? seen : new Set([...seen, name]);
  return inherited.reduce<SchemaView>((view, part) => joinViews(viewOf(root, part, known), view), own);
}

function ownView(schema: Record<string, unknown>, pointer: string): SchemaView {
  const at = (...keys: (string | number)[]) => joinPointer(pointer, ...keys);
  const properties = Object.entries(isObject(schema.properties) ? schema.properties : {}) as [string, Json][];
  const values = schema.const !== undefined ? [schema.const as Json] : (schema.enum as Json[] | undefined);
  const additional = schema.additionalProperties;
  return {
    types: typesOf(schema, values),
    values,
    properties: new Map(
      properties.map(([name, property]) => [name, { schema: property, pointer: at("properties", name) }]),
    ),
    required: new Set(asArray(schema.required) as string[]),
    additional: isObject(additional)
      ? { schema: additional as Json, pointer: at("additionalProperties") }
      : additional === false
        ? false
        : undefined,
    items: schema.items === undefined ? undefined : { schema: schema.items as Json, pointer: at("items") },
    variants: ["oneOf", "anyOf"].flatMap((key) =>
      (asArray(schema[key]) as readonly Json[]).map((variant, index) => ({
        schema: variant,
        pointer: at(key, index),
      })),
    ),
    words: wordsOf(schema as Json),
  };
}

function typesOf(
  schema: Record<string, unknown>,
  values: readonly Json[] | undefined,
): ReadonlySet<string> | undefined {
  if (schema.type !== undefined) {
    const types = new Set([schema.type].flat() as string[]);
    if (types.has("number")) types.delete("integer");
    return types;
  }
  if (values !== undefined) return new Set(values.map(typeOf));
  if (schema.properties !== undefined || schema.additionalProperties !== undefined)
    return new Set(["object"]);
  return schema.items === undefined ? undefined : new Set(["array"]);
}

function typeOf(value: Json): string {
  if (Array.isArray(value)) return "array";
  if (value === null) return "null";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

function joinViews(base: SchemaView, over: SchemaView): SchemaView {
  const properties = new Map(base.properties);
  for (const [name, place] of over.properties) properties.set(name, place);
  return {
    types: over.types ?? base.types,
    values: over.values ?? base.values,
    properties,
    required: new Set([...base.required, ...over.required]),
    additional: over.additional ?? base.additional,
    items: over.items ?? base.items,
    variants: [...base.variants, ...over.variants],
    words: { ...base.words, ...over.words },
  };
}

const empty: SchemaView = {
  types: undefined,
  values: undefined,
  properties: new Map(),
  required: new Set(),
  additional: undefined,
  items: undefined,
  variants: [],
  words: {},
};
