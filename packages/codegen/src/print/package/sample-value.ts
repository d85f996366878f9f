import type { IR, Schema } from "../../ir/ir.ts";
import { asArray, asObject, isObject } from "../../json.ts";
import { Code } from "../typescript/literal.ts";
import { isBinary } from "../typescript/print-schema.ts";
import { referencedName } from "../typescript/type-of.ts";

/**
 * A value that has the type a schema is printed as, with the members that are needed and those of `given` that fit.
 *
 * @param given an example to keep to where it fits the schema
 * @param name what the value is called, for texts nobody gave an example of
 * @returns `undefined` when no such value can be told, as of a schema that needs itself
 */
export function sampleValue(ir: IR, schema: Schema | undefined, given: unknown, name: string): unknown {
  return sample({ ir, above: new Set() }, schema, given, name);
}

interface Context {
  readonly ir: IR;
  /** The named schemas this one stands in. */
  readonly above: ReadonlySet<string>;
}

function sample(context: Context, schema: unknown, given: unknown, name: string): unknown {
  const reference = referencedName(schema);
  if (reference !== undefined) {
    if (context.above.has(reference)) return undefined;
    const above = new Set([...context.above, reference]);
    return sample({ ...context, above }, context.ir.schemas[reference], given, name);
  }
  if (!isObject(schema)) return schema === false ? undefined : (given ?? {});
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) {
    return schema.enum.includes(given) ? given : schema.enum.find((value) => value !== null);
  }
  if (isBinary(schema)) return new Code('new Blob(["…"])');
  const variants = [...asArray(schema.anyOf), ...asArray(schema.oneOf)];
  if (schema.allOf !== undefined || (variants.length > 0 && schema.properties !== undefined))
    return sampleWhole(context, schema, given, name);
  if (variants.length > 0) return sampleVariant(context, variants, given, name);
  return samplePlain(context, schema, given, name);
}

/** Everything an intersection of types has. */
function sampleWhole(
  context: Context,
  schema: Record<string, unknown>,
  given: unknown,
  name: string,
): unknown {
  const { allOf, anyOf, oneOf, ...own } = schema;
  const parts = [...asArray(allOf), ...(isObject(own.properties) || isObject(own.items) ? [own] : [])];
  const required = parts.concat(own).flatMap((part) => asArray(resolved(context.ir, part).required));
  const values = parts.map((part) => {
    const target = resolved(context.ir, part);
    // What one part requires may be described in another.
    return isObject(target.properties)
      ? sampleObject(context, { ...target, required }, given)
      : sample(context, part, given, name);
  });
  const variants = [...asArray(anyOf), ...asArray(oneOf)];
  if (variants.length > 0) values.push(sampleVariant(context, variants, given, name));
  if (values.length === 0 || values.includes(undefined)) return undefined;
  if (values.every(isPlainObject))
    return Object.fromEntries(values.flatMap((value) => Object.entries(asObject(value))));
  return values.length === 1 ? values[0] : undefined;
}

/** The variant the example is of, or else the first that can be told. */
function sampleVariant(
  context: Context,
  variants: readonly unknown[],
  given: unknown,
  name: string,
): unknown {
  const known = variants.filter((variant) => saysItsType(resolved(context.ir, variant)));
  const fitting = given === undefined ? [] : known.filter((variant) => fits(context.ir, variant, given));
  for (const variant of [...fitting, ...known]) {
    const value = sample(context, variant, given, name);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

function saysItsType(schema: Record<string, unknown>): boolean {
  return ["type", "const", "enum", "allOf", "anyOf", "oneOf"].some((key) => schema[key] !== undefined);
}

/** Whether an example looks like being of a schema: its type, its constants, and that it has what is needed. */
function fits(ir: IR, given: unknown, value: unknown): boolean {
  const schema = resolved(ir, given);
  if (schema.const !== undefined) return schema.const === value;
  if (Array.isArray(schema.enum)) return schema.enum.includes(value);
  const types = [schema.type].flat().filter((type) => type !== undefined);
  if (types.length > 0 && !types.some((type) => isOfType(type, value))) return false;
  if (!isObject(value)) return true;
  const constants = Object.entries(asObject(schema.properties)).every(([key, member]) => {
    const target = resolved(ir, member);
    const only = target.const ?? (asArray(target.enum).length > 0 ? target.enum : undefined);
    return only === undefined || value[key] === undefined || [only].flat().includes(value[key]);
  });
  return constants && asArray(schema.required).every((key) => value[String(key)] !== undefined);
}

function isOfType(type: unknown, value: unknown): boolean {
  if (type === "object") return isObject(value);
  if (type === "array") return Array.isArray(value);
  if (type === "null") return value === null;
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type;
}

/** The schema itself, however many names lead to it. */
function resolved(ir: IR, schema: unknown): Record<string, unknown> {
  let target = schema;
  for (let steps = 0; steps < 100; steps += 1) {
    const name = referencedName(target);
    if (name === undefined) return asObject(target);
    target = ir.schemas[name];
  }
  return {};
}

function samplePlain(
  context: Context,
  schema: Record<string, unknown>,
  given: unknown,
  name: string,
): unknown {
  const types = [schema.type].flat().filter((type) => type !== undefined);
  const suggestions = [given, schema.default, schema.example, ...asArray(schema.examples)];
  const type =
    types.find((candidate) => isOfType(candidate, given)) ?? types.find((one) => one !== "null") ?? types[0];
  if (type === "object" || (type === undefined && isObject(schema.properties)))
    return sampleObject(context, schema, given);
  if (type === "array") return sampleArray(context, schema, given, name);
  if (type === undefined) return given ?? {};
  const suggested = suggestions.find((value) => isOfType(type, value));
  if (suggested !== undefined) return suggested;
  if (type === "boolean") return true;
  if (type === "string") return formats[String(schema.format)] ?? (name === "" ? "…" : name);
  if (type === "null") return null;
  return typeof schema.minimum === "number" ? schema.minimum : 1;
}

const formats: Readonly<Record<string, string>> = {
  "date-time": "2026-01-31T12:00:00Z",
  date: "2026-01-31",
  email: "someone@example.com",
  uri: "https://example.com/",
  uuid: "7f3c1a52-0b6e-4d57-9f0a-2f7f0a6f2d11",
};

function sampleArray(
  context: Context,
  schema: Record<string, unknown>,
  given: unknown,
  name: string,
): unknown {
  const tuple = asArray(schema.prefixItems);
  const items = Array.isArray(given) && tuple.length === 0 ? given.slice(0, 3) : [undefined];
  const values =
    tuple.length > 0
      ? tuple.map((item, index) => sample(context, item, asArray(given)[index], name))
      : items.map((item) => sample(context, schema.items ?? true, item, name));
  return values.includes(undefined) ? (tuple.length > 0 ? undefined : []) : values;
}

function sampleObject(context: Context, schema: Record<string, unknown>, given: unknown): unknown {
  const properties = asObject(schema.properties);
  const example = asObject(given);
  const needed = new Set(asArray(schema.required).filter((name) => Object.hasOwn(properties, String(name))));
  const entries: [string, unknown][] = [];
  for (const [name, property] of Object.entries(properties)) {
    const wanted = Object.hasOwn(example, name) ? example[name] : undefined;
    if (!needed.has(name) && wanted === undefined) {
      // Every object has it, of another type.
      if (name in Object.prototype) return undefined;
      continue;
    }
    const value = sample(context, property, wanted, name);
    if (value !== undefined) entries.push([name, value]);
    else if (needed.has(name)) return undefined;
  }
  if (isObject(schema.additionalProperties) || schema.properties === undefined) {
    for (const [name, value] of Object.entries(example)) {
      if (Object.hasOwn(properties, name) || schema.additionalProperties === false) continue;
      const member = sample(context, schema.additionalProperties ?? true, value, name);
      if (member !== undefined) entries.push([name, member]);
    }
  }
  return Object.fromEntries(entries);
}

function isPlainObject(value: unknown): boolean {
  return isObject(value) && !(value instanceof Code);
}
