import type { IR, Schema } from "../../ir/ir.ts";
import { asArray, isObject, type Json, resolvePointer } from "../../json.ts";
import { pascalCase } from "../../names.ts";
import { className } from "./names.ts";
import { literalOf } from "./text.ts";

/** A class of the generated models: what its members are called on the wire, and their types. */
export interface Model {
  readonly name: string;
  readonly description: string | undefined;
  readonly members: readonly {
    readonly name: string;
    readonly type: string;
    readonly required: boolean;
    readonly description: string | undefined;
  }[];
}

/** Another name for a type. */
export interface Alias {
  readonly name: string;
  readonly description: string | undefined;
  readonly type: string;
}

/** Turns schemas into types of Python, and collects the classes that takes. */
export class Types {
  readonly definitions: (Model | Alias)[] = [];
  readonly names: ReadonlyMap<string, string>;
  readonly #ir: IR;
  readonly #used = new Set<string>();
  /** Classes of schemas without names. */
  readonly #classes = new Map<object, string>();

  constructor(ir: IR) {
    this.#ir = ir;
    this.names = new Map(Object.keys(ir.schemas).map((name) => [name, className(name, this.#used)]));
    for (const [name, schema] of Object.entries(ir.schemas))
      this.#define(this.names.get(name) ?? name, schema);
  }

  /** A name for a class that no other has. */
  ownName(wanted: string): string {
    return className(wanted, this.#used);
  }

  /** Adds a class for an object that no schema of the representation describes. */
  add(model: Model): void {
    this.definitions.push(model);
  }

  /**
   * The type of a schema.
   *
   * @param context what a class is named for, when the schema needs one of its own
   */
  of(schema: Schema, context: string): string {
    if (!isObject(schema)) return "Any";
    if (typeof schema.$ref === "string")
      return this.names.get(schema.$ref.replace("#/schemas/", "")) ?? "Any";
    const values =
      schema.const !== undefined ? [schema.const as Json] : (schema.enum as readonly Json[] | undefined);
    if (values !== undefined) return literals(values);
    const variants = [...asArray(schema.oneOf), ...asArray(schema.anyOf)] as readonly Schema[];
    if (variants.length > 0)
      return union(variants.map((variant, index) => this.of(variant, `${context}Variant${index + 1}`)));
    const types = Array.isArray(schema.type)
      ? (schema.type as string[])
      : [schema.type as string | undefined];
    return union(
      types.map(
        (type) =>
          (type === undefined || type === "object" ? this.#object(schema, context) : undefined) ??
          this.#plain({ ...schema, type }, context),
      ),
    );
  }

  /** The class of an object with members; `undefined` when it has none. */
  #object(schema: Record<string, unknown>, context: string): string | undefined {
    const [part, ...others] = asArray(schema.allOf) as readonly Schema[];
    if (part !== undefined && others.length === 0 && schema.properties === undefined)
      return this.of(part, context);
    // With allOf, an object can hold one that holds it again.
    const known = this.#classes.get(schema);
    if (known !== undefined) return known;
    const members = membersOf(this.#ir, schema as Schema);
    if (members.properties.size === 0) return undefined;
    const name = this.ownName(context);
    this.#classes.set(schema, name);
    this.#defineModel(name, schema, members);
    return name;
  }

  #plain(schema: Record<string, unknown>, context: string): string {
    const { type, format, items, prefixItems, additionalProperties, allOf } = schema;
    if (type === "string") return format === "binary" ? "bytes" : "str";
    if (type === "integer") return "int";
    if (type === "number") return "float";
    if (type === "boolean") return "bool";
    if (type === "null") return "None";
    if (Array.isArray(prefixItems) && items === false)
      return `Tuple[${prefixItems.map((item, index) => this.of(item as Schema, `${context}Item${index + 1}`)).join(", ")}]`;
    if (type === "array" || items !== undefined)
      return `List[${this.of((items ?? true) as Schema, `${context}Item`)}]`;
    if (isObject(additionalProperties))
      return `Dict[str, ${this.of(additionalProperties as Schema, `${context}Value`)}]`;
    if (type === "object") return "Dict[str, Any]";
    const [part] = asArray(allOf) as readonly Schema[];
    return part === undefined ? "Any" : this.of(part, context);
  }

  #define(name: string, schema: Schema): void {
    const description = descriptionOf(schema);
    const members = membersOf(this.#ir, schema);
    const isUnion = isObject(schema) && (schema.oneOf !== undefined || schema.anyOf !== undefined);
    const isReference = isObject(schema) && typeof schema.$ref === "string";
    if (
      isObject(schema) &&
      members.properties.size > 0 &&
      !isUnion &&
      !isReference &&
      !Array.isArray(schema.type)
    )
      this.#defineModel(name, schema, members);
    else this.definitions.push({ name, description, type: this.of(schema, `${name}Value`) });
  }

  #defineModel(name: string, schema: Record<string, unknown>, { properties, required }: Members): void {
    const members = [...properties].map(([member, property]) => ({
      name: member,
      type: this.of(property, name + pascalCase(member)),
      required: required.has(member),
      description: descriptionOf(property),
    }));
    this.definitions.push({ name, description: descriptionOf(schema), members });
  }
}

/** One of several types; each is named once. */
export function union(types: readonly string[]): string {
  const known = [...new Set(types.flatMap((type) => (type === "" ? [] : [type])))];
  if (known.includes("Any") || known.length === 0) return "Any";
  const [only = "Any"] = known;
  return known.length === 1 ? only : `Union[${known.join(", ")}]`;
}

function literals(values: readonly Json[]): string {
  const printed = values.map(literalOf);
  const types = new Set<string>();
  const listed = printed.filter((literal) => literal !== undefined);
  if (listed.length > 0) types.add(`Literal[${[...new Set(listed)].join(", ")}]`);
  for (const [index, value] of values.entries()) {
    if (value === null) types.add("None");
    else if (printed[index] === undefined)
      types.add(typeof value === "number" ? "float" : Array.isArray(value) ? "List[Any]" : "Dict[str, Any]");
  }
  return union([...types]);
}

interface Members {
  readonly properties: ReadonlyMap<string, Schema>;
  readonly required: ReadonlySet<string>;
}

/** The members of an object, with those of everything `allOf` holds. */
function membersOf(ir: IR, schema: Schema, seen: ReadonlySet<unknown> = new Set()): Members {
  if (!isObject(schema) || seen.has(schema)) return { properties: new Map(), required: new Set() };
  const known = new Set([...seen, schema]);
  const parts = asArray(schema.allOf).map((part) => membersOf(ir, target(ir, part as Schema), known));
  const own = Object.entries(isObject(schema.properties) ? schema.properties : {}) as [string, Schema][];
  return {
    properties: new Map([...parts.flatMap((part) => [...part.properties]), ...own]),
    required: new Set([
      ...parts.flatMap((part) => [...part.required]),
      ...(asArray(schema.required) as string[]),
    ]),
  };
}

function target(ir: IR, schema: Schema): Schema {
  return isObject(schema) && typeof schema.$ref === "string"
    ? ((resolvePointer(ir, schema.$ref) as Schema | undefined) ?? true)
    : schema;
}

function descriptionOf(schema: Schema | Record<string, unknown>): string | undefined {
  const description = isObject(schema) ? schema.description : undefined;
  return typeof description === "string" && description.trim() !== "" ? description : undefined;
}
