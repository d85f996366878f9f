import type { Json, JsonObject, Operation, Parameter } from "@hawser/codegen";

type Schemas = Readonly<Record<string, Json>>;

/** The arguments of an operation's generated function, between the client and the options. */
export function argumentsOf(
  operation: Operation,
  schemas: Schemas,
  body: unknown,
  every: boolean,
): unknown[] {
  const given = operation.parameters.filter(({ required }) => required || every);
  const rest = given.filter((parameter) => parameter.in !== "path" && parameter.option === undefined);
  return [
    ...operation.parameters
      .filter((parameter) => parameter.in === "path")
      .map((each) => sampleOf(each, schemas)),
    ...(operation.body === undefined ? [] : [body]),
    ...(operation.params === undefined
      ? []
      : [
          rest.length === 0
            ? undefined
            : Object.fromEntries(rest.map((each) => [each.name, sampleOf(each, schemas)])),
        ]),
  ];
}

/** Options of the client that give parameters of an operation their values. */
export function optionsOf(operation: Operation, schemas: Schemas): Record<string, unknown> {
  return Object.fromEntries(
    operation.parameters.flatMap((each) =>
      each.option === undefined ? [] : [[each.option, sampleOf(each, schemas)]],
    ),
  );
}

/** A value the parameter's schema allows. */
function sampleOf({ name, schema }: Parameter, schemas: Schemas): unknown {
  const target = resolve(schema, schemas);
  const [first] = Array.isArray(target.enum) ? target.enum : [];
  if (first !== undefined) return first;
  if (target.default !== undefined) return target.default;
  const type = [target.type].flat().find((each) => each !== "null");
  if (type === "integer" || type === "number") return target.minimum ?? 1;
  if (type === "boolean") return true;
  if (type === "array") return ["one"];
  return `a-${name.toLowerCase()}`;
}

/** The example of a request as a program would give it: files are bytes. */
export function bodyOf({ body, examples }: Operation, schemas: Schemas, name?: string): unknown {
  if (body === undefined) return undefined;
  const example = examples.find((each) => each.name === name) ?? examples[0];
  if (body.encoding !== "multipart" || example === undefined) return example?.value;
  const { properties } = resolve(body.schema, schemas) as { properties?: Record<string, Json> };
  const entries = Object.entries(example.value as JsonObject).map(([key, value]) => {
    const isFile = resolve(properties?.[key] ?? {}, schemas).format === "binary";
    return [key, isFile ? new Blob([String(value)], { type: "audio/mpeg" }) : value] as const;
  });
  return Object.fromEntries(entries);
}

function resolve(schema: Json, schemas: Schemas): JsonObject {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return {};
  const { $ref: reference } = schema as JsonObject;
  if (typeof reference === "string")
    return resolve(schemas[reference.slice("#/schemas/".length)] ?? {}, schemas);
  const variant = [(schema as JsonObject).anyOf].flat()[0] as Json | undefined;
  return variant === undefined ? (schema as JsonObject) : resolve(variant, schemas);
}
