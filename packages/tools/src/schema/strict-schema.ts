import { InvalidSchemaError } from "../errors.ts";
import { isObject, type JsonObject } from "../json.ts";
import type { JsonSchema } from "./standard-schema.ts";

/** A schema of strict mode, and the way back from what the model writes under it. */
export interface StrictSchema {
  readonly schema: JsonSchema;
  /** Leaves out, in place, what stands for nothing: `null` in members the original schema lets one leave out. */
  readonly restore: (value: unknown) => unknown;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

/**
 * Keywords that only forbid some values, or say nothing of them. Strict mode doesn't know them; leaving them out lets
 * the model write more than is right, which the validation that follows finds.
 */
const leftOut = /* @__PURE__ */ words(
  `$schema $id $comment title default examples deprecated readOnly writeOnly contentEncoding contentMediaType
  minLength maxLength uniqueItems contains minContains maxContains minProperties maxProperties propertyNames not
  dependentRequired`,
);

/** Keywords that are taken over as they are. */
const known = /* @__PURE__ */ words(
  `type description enum const pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems
  $ref`,
);

const formats = /* @__PURE__ */ words("date-time time date duration email hostname ipv4 ipv6 uuid");

const nothing = { type: "null" };

function pointerTo(pointer: string, name: string): string {
  return `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function isOfObject(schema: JsonObject): boolean {
  return schema.type === "object" || "properties" in schema;
}

function typeOfValue(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** The type that fixed values have: strict mode refuses a schema that doesn't say it. */
function typeOf(schema: JsonObject): unknown {
  const values = Array.isArray(schema.enum) ? schema.enum : "const" in schema ? [schema.const] : [];
  const types = [...new Set(values.map(typeOfValue))];
  return types.length > 1 ? types : types[0];
}

/** Whether an object that lists no members is there to have some. At the root it is that of a tool without arguments. */
function isFree(others: unknown, pointer: string): boolean {
  return others !== false && (others !== undefined || pointer !== "");
}

/** Whether `null` fits already, as far as that can be seen without following references. */
function takesNull(schema: unknown): boolean {
  if (!isObject(schema)) return schema === true;
  const { type, anyOf, oneOf } = schema;
  if (schema.enum !== undefined) return (schema.enum as unknown[]).includes(null);
  if (type === "null" || (Array.isArray(type) && type.includes("null"))) return true;
  return [anyOf, oneOf].some((list) => Array.isArray(list) && list.some(takesNull));
}

/**
 * Makes a JSON Schema one of strict mode: every object has all its members required and no others, members that may be
 * left out take `null` instead, `oneOf` becomes `anyOf`, and what strict mode doesn't know is left out where the
 * validation after the answer stands in for it.
 *
 * Throws an `InvalidSchemaError` that begins with `what` and names every place that can't be said in strict mode.
 *
 * @see https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
 */
export function toStrictSchema(schema: JsonSchema, what: string): StrictSchema {
  const problems: string[] = [];
  /** The members of each strict object that `null` stands for the absence of. */
  const optional = new Map<JsonObject, Set<string>>();

  function convertObject(source: JsonObject, target: JsonObject, pointer: string): void {
    const { properties = {}, required = [], additionalProperties: others } = source;
    if (
      "properties" in source ? isObject(others) && Object.keys(others).length > 0 : isFree(others, pointer)
    ) {
      problems.push(`${pointerTo(pointer, "additionalProperties")}: members whose names aren't known`);
    }
    const names = Object.keys(properties as JsonObject);
    const absent = new Set<string>();
    const members = names.map((name) => {
      const member = (properties as JsonObject)[name];
      const converted = convert(member, pointerTo(pointerTo(pointer, "properties"), name));
      if ((required as string[]).includes(name) || takesNull(member)) return [name, converted];
      absent.add(name);
      const { description } = converted;
      // What stands for nothing in it is known by its identity, so it can't be copied.
      delete converted.description;
      return [name, { ...(description !== undefined && { description }), anyOf: [converted, nothing] }];
    });
    target.properties = Object.fromEntries(members);
    target.required = names;
    target.additionalProperties = false;
    if (absent.size > 0) optional.set(target, absent);
  }

  function convertKeyword(source: JsonObject, name: string, target: JsonObject, pointer: string): void {
    const value = source[name];
    const place = pointerTo(pointer, name);
    const list = Array.isArray(value) ? value : [];
    if (known.has(name)) target[name] = value;
    else if (name === "format") {
      if (formats.has(value as string)) target.format = value;
    } else if (name === "items" && isObject(value)) target.items = convert(value, place);
    else if (name === "anyOf" || name === "oneOf") {
      target.anyOf = list.map((branch, at) => convert(branch, `${place}/${at}`));
    } else if (name === "allOf" && list.length === 1 && !isOfObject(source)) {
      const only = convert(list[0], `${place}/0`);
      Object.assign(target, only);
      const absent = optional.get(only);
      if (absent !== undefined) optional.set(target, absent);
    } else if (name === "$defs" || name === "definitions") {
      const entries = Object.entries(value as JsonObject);
      target[name] = Object.fromEntries(
        entries.map(([key, entry]) => [key, convert(entry, pointerTo(place, key))]),
      );
    } else if (!leftOut.has(name)) problems.push(`${place}: strict mode has no ${name}`);
  }

  function convert(source: unknown, pointer: string): JsonObject {
    if (
      !isObject(source) ||
      Object.keys(source).every((name) => leftOut.has(name) || name === "description")
    ) {
      problems.push(`${pointer || "/"}: any value at all`);
      return {};
    }
    const target: JsonObject = {};
    const isObjectSchema = isOfObject(source);
    for (const name of Object.keys(source)) {
      if (isObjectSchema && ["properties", "required", "additionalProperties"].includes(name)) continue;
      convertKeyword(source, name, target, pointer);
    }
    if (isObjectSchema) convertObject(source, target, pointer);
    target.type ??= typeOf(target);
    if (target.type === undefined) delete target.type;
    return target;
  }

  const strict = convert(schema, "");
  if (strict.type !== "object") problems.unshift("/: strict mode wants an object here");
  if (problems.length > 0) throw new InvalidSchemaError(`${what} can't be said in strict mode`, problems);
  return { schema: strict, restore: (value) => restore(strict, strict, optional, value) };
}

/** The schema a local reference means. */
function follow(root: JsonObject, schema: unknown): JsonObject | undefined {
  let target = schema;
  for (let hops = 0; isObject(target) && typeof target.$ref === "string" && hops < 64; hops += 1) {
    target = target.$ref
      .split("/")
      .slice(1)
      .reduce<unknown>(
        (place, name) =>
          isObject(place) ? place[name.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined,
        root,
      );
  }
  return isObject(target) ? target : undefined;
}

/** Whether an object may be meant by a branch: it has the branch's members, and its fixed values. */
function mayBe(root: JsonObject, branch: unknown, value: JsonObject): boolean {
  const members = follow(root, branch)?.properties;
  if (!isObject(members)) return false;
  const fits = (member: unknown, part: unknown): boolean => {
    if (!isObject(member)) return true;
    return !("const" in member) || member.const === part;
  };
  return (
    Object.keys(value).every((name) => name in members) &&
    Object.entries(members).every(([name, member]) => name in value && fits(member, value[name]))
  );
}

function restore(
  root: JsonObject,
  schema: unknown,
  optional: ReadonlyMap<JsonObject, ReadonlySet<string>>,
  value: unknown,
): unknown {
  const target = follow(root, schema);
  if (target === undefined) return value;
  if (Array.isArray(value)) {
    const list = value as unknown[];
    const branches = Array.isArray(target.anyOf) ? target.anyOf : [target];
    const items = branches.map((branch) => follow(root, branch)?.items).find((entry) => entry !== undefined);
    for (const item of list) restore(root, items, optional, item);
  } else if (isObject(value)) {
    if (Array.isArray(target.anyOf)) {
      const branch = target.anyOf.find((each) => mayBe(root, each, value));
      return restore(root, branch, optional, value);
    }
    const members = isObject(target.properties) ? target.properties : {};
    for (const name of Object.keys(value)) {
      if (value[name] === null && optional.get(target)?.has(name)) delete value[name];
      else restore(root, members[name], optional, value[name]);
    }
  }
  return value;
}
