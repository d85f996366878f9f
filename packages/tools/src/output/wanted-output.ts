import { isObject } from "../json.ts";
import { readJsonSchema } from "../schema/read-json-schema.ts";
import type { JsonSchema, StandardSchema } from "../schema/standard-schema.ts";
import { toStrictSchema } from "../schema/strict-schema.ts";
import { type Validated, validate } from "../schema/validate.ts";

/** What the model is to write, and how it is read. */
export interface WantedOutput<Value> {
  readonly name: string;
  readonly description: string | undefined;
  /** The JSON Schema the model is told: always of an object. */
  readonly schema: JsonSchema;
  readonly strict: boolean;
  /** Reads what the model wrote. */
  readonly read: (value: unknown) => Promise<Validated<Value>>;
  /** What has come so far, out of its envelope. */
  readonly unwrap: (value: unknown) => unknown;
}

/** References into a schema, moved to where the schema goes; its `$defs` stay at the root. */
function moveReferences(schema: unknown, root: string): unknown {
  if (Array.isArray(schema)) return schema.map((each) => moveReferences(each, root));
  if (!isObject(schema)) return schema;
  const move = (name: string, value: unknown): unknown =>
    name === "$ref" && typeof value === "string" && /^#(?!\/\$defs\/)/.test(value)
      ? `${root}${value.slice(1)}`
      : moveReferences(value, root);
  return Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, move(name, value)]));
}

/** Puts a schema into an object, which is what servers take: `{ value: … }`. */
function wrap({ $defs, ...schema }: JsonSchema): JsonSchema {
  const others = isObject($defs) ? $defs : {};
  let name = "value";
  while (name in others) name += "_";
  const root = `#/$defs/${name}`;
  const definitions = moveReferences({ ...others, [name]: schema }, root);
  return {
    type: "object",
    properties: { value: { $ref: root } },
    required: ["value"],
    additionalProperties: false,
    $defs: definitions,
  };
}

/** Takes a schema for what the model is to write. Throws an `InvalidSchemaError` when it can't be said, or not strictly. */
export function toWantedOutput<Value>(
  schema: StandardSchema<unknown, Value>,
  options: {
    readonly name: string;
    readonly description: string | undefined;
    readonly strict: boolean;
  },
): WantedOutput<Value> {
  const what = `The schema of ${options.name}`;
  const read = readJsonSchema(schema, what);
  const isWrapped = read.type !== "object";
  const whole = isWrapped ? wrap(read) : read;
  const strict = options.strict ? toStrictSchema(whole, what) : undefined;
  const unwrap = (value: unknown): unknown => (isWrapped && isObject(value) ? value.value : value);
  return {
    ...options,
    schema: strict?.schema ?? whole,
    unwrap,
    read: (value) => validate(schema, unwrap(strict === undefined ? value : strict.restore(value))),
  };
}
