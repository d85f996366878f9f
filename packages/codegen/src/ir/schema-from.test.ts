import { expect, test } from "vitest";
import { parse } from "yaml";
import { schemaFrom } from "./schema-from.ts";

test.each<[string, { given: string; want: string }]>([
  [
    "references are those of the representation",
    { given: "{ items: { $ref: '#/components/schemas/A' } }", want: "{ items: { $ref: '#/schemas/A' } }" },
  ],
  [
    "vendor extensions and examples are left out",
    {
      given: "{ type: string, x-note: 1, example: a, examples: [b], externalDocs: {}, xml: {} }",
      want: "{ type: string }",
    },
  ],
  [
    "members whose names look like words of a schema stay",
    {
      given:
        "{ properties: { x-note: { type: string }, example: { $ref: '#/components/schemas/A' }, discriminator: {} } }",
      want: "{ properties: { x-note: { type: string }, example: { $ref: '#/schemas/A' }, discriminator: {} } }",
    },
  ],
  [
    "data stays as it is",
    {
      given:
        "{ const: { $ref: '#/components/schemas/A' }, default: { x-a: 1 }, enum: [{ example: 1 }], dependentRequired: { example: [a] } }",
      want: "{ const: { $ref: '#/components/schemas/A' }, default: { x-a: 1 }, enum: [{ example: 1 }], dependentRequired: { example: [a] } }",
    },
  ],
  [
    "mappings of discriminators are references too",
    {
      given: "{ discriminator: { propertyName: kind, mapping: { a: '#/components/schemas/A' }, x-note: 1 } }",
      want: "{ discriminator: { propertyName: kind, mapping: { a: '#/schemas/A' } } }",
    },
  ],
  [
    "a discriminator without a mapping has an empty one",
    {
      given: "{ discriminator: { propertyName: kind } }",
      want: "{ discriminator: { propertyName: kind, mapping: {} } }",
    },
  ],
  [
    "schemas inside a schema that nothing refers to are left out",
    { given: "{ $defs: { A: {} }, type: object }", want: "{ type: object }" },
  ],
  ["a boolean is a schema", { given: "true", want: "true" }],
  [
    "null stays null",
    {
      given: "{ default: null, enum: [null], const: null }",
      want: "{ default: null, enum: [null], const: null }",
    },
  ],
])("%s", (_name, { given, want }) => {
  expect(schemaFrom(parse(given))).toEqual(parse(want));
});

test("a member called __proto__ stays a member", () => {
  const given = JSON.parse('{ "properties": { "__proto__": { "type": "string" } } }');
  expect(JSON.stringify(schemaFrom(given))).toBe(JSON.stringify(given));
});
