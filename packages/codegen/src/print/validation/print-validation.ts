import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { IR, Operation, Schema, Stream } from "../../ir/ir.ts";
import { asArray, asObject, isObject } from "../../json.ts";
import { camelCase, uniqueName } from "../../names.ts";
import { banner } from "../typescript/banner.ts";
import { Code, literal } from "../typescript/literal.ts";
import { isBinary } from "../typescript/print-schema.ts";
import type { GeneratedFile } from "../typescript/print-typescript.ts";
import { referencedName } from "../typescript/type-of.ts";

/** The keywords of JSON Schema that hold one schema, a list of schemas, schemas by name, and no schema. */
const keywords = {
  one: ["not", "if", "then", "else", "additionalProperties", "propertyNames", "items", "contains"],
  list: ["allOf", "anyOf", "oneOf", "prefixItems"],
  named: ["properties", "patternProperties", "dependentSchemas"],
  plain: [
    ...["type", "const", "enum", "required", "dependentRequired", "minProperties", "maxProperties"],
    ...["minItems", "maxItems", "uniqueItems", "minLength", "maxLength", "pattern"],
    ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ],
} as const;

/**
 * Prints `validation.ts`, a Standard Schema for each named schema and those of each operation, and `validate.ts`, which
 * checks values against them.
 *
 * @param ir a representation without names that TypeScript needs itself
 * @param extension what imports end in
 * @param runtime the module the runtime is imported from
 */
export async function printValidation(ir: IR, extension: string, runtime: string): Promise<GeneratedFile[]> {
  const constants = validationNames(ir);
  const named = Object.entries(ir.schemas).map(
    ([name, schema]) => `/** Checks that a value is a \`${name}\`. */
export const ${constants.get(name)}: StandardSchema<schema.${name}> = ${made(rulesOf(schema, constants))};
`,
  );
  const operations = ir.operations.flatMap((operation) => {
    const schemas = operationSchemas(operation, constants);
    return Object.keys(schemas).length === 0 ? [] : [[operation.id, schemas]];
  });
  const byOperation = `/** What operations are checked against: \`new ${ir.client.name}({ validate: createValidation(operationSchemas) })\`. */
export const operationSchemas: Readonly<Record<string, OperationSchemas>> = ${literal(Object.fromEntries(operations))};
`;
  const text = [...named, byOperation].join("\n");
  // The schemas of operations may be all there are, and need the function alone.
  const functions = text.includes("standardSchema(") ? ["standardSchema"] : [];
  const values = named.length === 0 ? functions : ["type StandardSchema", "standardSchema"];
  const imports = [
    `import type { OperationSchemas } from ${literal(runtime)};`,
    ...(named.length === 0 ? [] : [`import type * as schema from ${literal(`./schema${extension}`)};`]),
    ...(values.length === 0
      ? []
      : [`import { ${values.join(", ")} } from ${literal(`./validate${extension}`)};`]),
  ];
  return [
    { path: "validation.ts", content: `${banner(ir)}\n${imports.join("\n")}\n\n${text}` },
    { path: "validate.ts", content: `${banner(ir)}\n${await validatorSource()}` },
  ];
}

/** The constant of each schema: `Video` is checked by `videoSchema`. */
export function validationNames(ir: IR): ReadonlyMap<string, string> {
  const taken = new Set(["standardSchema"]);
  return new Map(
    Object.keys(ir.schemas).map((name) => [name, uniqueName(`${camelCase(name)}Schema`, taken)]),
  );
}

/** The source of the module that checks, which this package carries. */
function validatorSource(): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve("@hawser/codegen/package.json");
  return readFile(join(dirname(manifest), "src/print/validation/validate.ts"), "utf8");
}

/** What of a schema can be checked; all that only describes is left out. */
function rulesOf(schema: unknown, constants: ReadonlyMap<string, string>): unknown {
  if (!isObject(schema)) return schema;
  // Bytes are given in many forms, none of them JSON.
  if (isBinary(schema)) return true;
  const inside = (inner: unknown) => rulesOf(inner, constants);
  const rules: [string, unknown][] = [];
  const name = referencedName(schema);
  if (name !== undefined) rules.push(["$ref", new Code(constants.get(name) ?? "")]);
  for (const key of keywords.plain) if (schema[key] !== undefined) rules.push([key, schema[key]]);
  for (const key of keywords.one) if (schema[key] !== undefined) rules.push([key, inside(schema[key])]);
  for (const key of keywords.list)
    if (schema[key] !== undefined) rules.push([key, asArray(schema[key]).map(inside)]);
  for (const key of keywords.named) {
    const members = schema[key];
    if (!isObject(members)) continue;
    rules.push([
      key,
      Object.fromEntries(Object.entries(members).map(([member, inner]) => [member, inside(inner)])),
    ]);
  }
  return rules.length === 0 ? true : Object.fromEntries(rules);
}

/** A schema made of rules, in parentheses where an object would be read as a block. */
function made(rules: unknown): string {
  const text = literal(rules);
  return `/* @__PURE__ */ standardSchema(() => ${text.startsWith("{") ? `(${text})` : text})`;
}

/** What the values of an operation are checked against; what can be anything isn't. */
function operationSchemas(
  { body, params, outcomes, stream }: Operation,
  constants: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const checked = (rules: unknown): Code | undefined => {
    if (rules === true) return undefined;
    const { $ref, ...others } = asObject(rules);
    return $ref instanceof Code && Object.keys(others).length === 0 ? $ref : new Code(made(rules));
  };
  const schemaOf = (schema: Schema | undefined) =>
    schema === undefined ? undefined : checked(rulesOf(schema, constants));
  const answers: Record<string, unknown> = {};
  for (const status of new Set(outcomes.map((outcome) => outcome.status))) {
    const json = outcomes.filter((outcome) => outcome.status === status && outcome.kind === "json");
    const rules = json.map(({ schema = true }) => rulesOf(schema, constants));
    if (rules.length > 0) answers[status] = checked(anyOf(rules));
  }
  return said({
    body: schemaOf(body?.schema),
    params: schemaOf(params),
    answers: Object.keys(said(answers)).length === 0 ? undefined : said(answers),
    items: stream === undefined ? undefined : checked(itemRules(stream, constants)),
  });
}

/** What an item of a stream is: the data of one of its events, alone or beside the event's name. */
function itemRules({ item, events }: Stream, constants: ReadonlyMap<string, string>): unknown {
  // A part that is no JSON is headers and bytes, which no schema of the document is about.
  if (item === "text" || item === "part" || events.length === 0) return true;
  const rules = events.map(({ name, schema }) => {
    const data = rulesOf(schema, constants);
    if (item === "payload") return data;
    if (name === undefined) return { required: ["data"], properties: { data } };
    return { required: ["event", "data"], properties: { event: { const: name }, data } };
  });
  return anyOf(rules);
}

function anyOf(rules: readonly unknown[]): unknown {
  if (rules.includes(true)) return true;
  return rules.length === 1 ? rules[0] : { anyOf: rules };
}

function said(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
