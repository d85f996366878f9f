import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { IR } from "../../ir/ir.ts";
import { asArray, isObject } from "../../json.ts";
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
 * Prints `validation.ts`, a Standard Schema for each named schema, and `validate.ts`, which checks values against them.
 *
 * @param ir a representation without names that TypeScript needs itself
 * @param extension what imports end in
 */
export async function printValidation(ir: IR, extension: string): Promise<GeneratedFile[]> {
  const constants = validationNames(ir);
  const printed = Object.entries(ir.schemas).map(([name, schema]) => {
    const rules = rulesOf(schema, constants);
    const text = literal(rules);
    const given = text.startsWith("{") ? `(${text})` : text;
    return `/** Checks that a value is a \`${name}\`. */
export const ${constants.get(name)}: StandardSchema<schema.${name}> = /* @__PURE__ */ standardSchema(() => ${given});
`;
  });
  const imports =
    printed.length === 0
      ? "export {};\n"
      : `import type * as schema from ${literal(`./schema${extension}`)};\nimport { type StandardSchema, standardSchema } from ${literal(`./validate${extension}`)};\n`;
  return [
    { path: "validation.ts", content: `${banner(ir)}\n${imports}\n${printed.join("\n")}` },
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
