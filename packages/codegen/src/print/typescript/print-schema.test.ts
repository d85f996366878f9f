import { expect, test } from "vitest";
import { typeErrors } from "../../../test/check-types.ts";
import { document, representationOf } from "../../../test/documents.ts";
import { printSchema } from "./print-schema.ts";

async function printed(schemas: string): Promise<string> {
  const text = await printSchema(
    representationOf(document(`components: { schemas: ${schemas} }`)),
    "@hawser/runtime",
  );
  expect(typeErrors([{ path: "schema.ts", content: text }])).toEqual([]);
  return text.split("\n").slice(2).join("\n").trim();
}

test.each<[string, { given: string; want: string }]>([
  [
    "an object is an interface, references are names",
    {
      given:
        "{ A: { type: object, required: [b], properties: { b: { $ref: '#/components/schemas/B' }, c: { type: array, items: { $ref: '#/components/schemas/B' } } } }, B: { type: string } }",
      want: "export interface A {\n  b: B;\n  c?: B[];\n}\n\nexport type B = string;",
    },
  ],
  [
    "a member with a default may be left out, unless it is required",
    {
      given:
        "{ A: { type: object, required: [b], properties: { a: { type: integer, default: 1 }, b: { type: integer, default: 2 } } } }",
      want: "export interface A {\n  /** @default 1 */\n  a?: number;\n  /** @default 2 */\n  b: number;\n}",
    },
  ],
  [
    "an enum that may grow keeps its known values",
    {
      given: "{ A: { anyOf: [{ type: string, enum: [a, b] }, { type: string }] } }",
      want: 'export type A = ("a" | "b") | (string & {});',
    },
  ],
  [
    "bytes are uploads",
    {
      given:
        "{ A: { type: object, properties: { f: { type: string, format: binary }, g: { contentMediaType: image/png, type: string } } } }",
      want: 'import type { Uploadable } from "@hawser/runtime";\n\nexport interface A {\n  /** Format: binary */\n  f?: Uploadable;\n  g?: Uploadable;\n}',
    },
  ],
  [
    "bytes written as text are text",
    {
      given:
        "{ A: { type: string, contentMediaType: image/png, contentEncoding: base64 }, B: { type: string, contentMediaType: application/json } }",
      want: "export type A = string;\n\nexport type B = string;",
    },
  ],
  [
    "an object of which nothing is said can hold anything",
    {
      given: "{ A: { type: object }, B: { type: object, additionalProperties: true } }",
      want: "export type A = Record<string, unknown>;\n\nexport interface B {\n  [key: string]: unknown;\n}",
    },
  ],
  [
    "named members beside others of another type can be given and read",
    {
      given:
        "{ A: { type: object, properties: { a: { type: string }, b: { $ref: '#/components/schemas/B' } }, additionalProperties: { type: integer } }, B: { type: object, properties: { c: { type: array, items: { type: string } } }, patternProperties: { ^x-: { type: string } } }, C: { type: object, properties: { a: { type: string, description: d } }, additionalProperties: { type: string } } }",
      want: "export type A = {\n  a?: string;\n  b?: B;\n} & {\n  [key: string]: number | string | B;\n};\n\nexport type B = {\n  c?: string[];\n} & {\n  [key: string]: unknown;\n};\n\nexport type C = {\n  /** d */\n  a?: string;\n} & {\n  [key: string]: string;\n};",
    },
  ],
  [
    "an object that may hold nothing holds nothing",
    {
      given: "{ A: { type: object, additionalProperties: false } }",
      want: "export type A = Record<string, never>;",
    },
  ],
  [
    "null as a constant is null",
    {
      given: "{ A: { oneOf: [{ const: null }, { type: string }] } }",
      want: "export type A = null | string;",
    },
  ],
  [
    "members that allOf makes required are required",
    {
      given:
        "{ A: { type: object, properties: { a: { type: string } } }, B: { allOf: [{ $ref: '#/components/schemas/A' }], required: [a] } }",
      want: 'export interface A {\n  a?: string;\n}\n\nexport type B = WithRequired<A, "a">;\n\ntype WithRequired<T, K extends PropertyKey> = T &\n  Required<Pick<NonNullable<T>, K & keyof NonNullable<T>>>;',
    },
  ],
  [
    "values of an object's enum are no schemas",
    {
      given: "{ A: { type: object, enum: [a], properties: { b: { type: string } } } }",
      want: "export interface A {\n  b?: string;\n}",
    },
  ],
  [
    "a discriminator leaves the variants as they are",
    {
      given:
        "{ Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }], discriminator: { propertyName: kind } }, Cat: { type: object, required: [kind], properties: { kind: { const: cat } } } }",
      want: 'export type Pet = Cat;\n\nexport interface Cat {\n  kind: "cat";\n}',
    },
  ],
  [
    "schemas inside a schema are no members",
    {
      given:
        "{ A: { type: object, properties: { x: { $ref: '#/components/schemas/A/$defs/X' } }, $defs: { X: { type: string } } } }",
      want: "export interface A {\n  x?: AX;\n}\n\nexport type AX = string;",
    },
  ],
  [
    "booleans are schemas",
    { given: "{ A: true, B: false }", want: "export type A = unknown;\n\nexport type B = never;" },
  ],
  [
    "descriptions stand above",
    {
      given:
        '{ A: { type: object, description: One., properties: { b: { type: string, description: "Two.\\nThree." } } } }',
      want: "/** One. */\nexport interface A {\n  /**\n   * Two.\n   * Three.\n   */\n  b?: string;\n}",
    },
  ],
  [
    "a member that has the name of a type of the runtime is no import",
    {
      given: "{ A: { type: object, description: Uploadable., properties: { x: { const: Uploadable } } } }",
      want: '/** Uploadable. */\nexport interface A {\n  x?: "Uploadable";\n}',
    },
  ],
])("%s", async (_name, { given, want }) => {
  expect(await printed(given)).toBe(want);
});

test("a member whose name holds a percent sign can be a union", async () => {
  const given =
    "{ A: { required: ['100%'], properties: { '100%': { anyOf: [{ type: string }, { type: number }] } } } }";
  expect(await printed(given)).toContain('  "100%": string | number;');
});

test("a document without a schema gives a module all the same", async () => {
  expect(await printed("{}")).toBe("export {};");
});
