import { expect, test } from "vitest";
import { parse } from "yaml";
import { document, runPass } from "../../test/documents.ts";
import { asObject } from "../json.ts";
import { nullable } from "./nullable.ts";

function thing(schema: string) {
  return document(`
openapi: 3.0.3
components: { schemas: { Thing: ${schema} } }
`);
}

test.each<[string, { given: string; want: string }]>([
  [
    "a type that may be null becomes a list of types",
    { given: "{ type: string, nullable: true }", want: '{ type: [string, "null"] }' },
  ],
  [
    "an enum that may be null gets null",
    {
      given: "{ type: string, nullable: true, enum: [a] }",
      want: '{ type: [string, "null"], enum: [a, null] }',
    },
  ],
  [
    "an enum that has null keeps it once",
    {
      given: "{ type: string, nullable: true, enum: [a, null] }",
      want: '{ type: [string, "null"], enum: [a, null] }',
    },
  ],
  [
    "a reference that may be null becomes a union, its description outside",
    {
      given: "{ $ref: '#/components/schemas/Thing', nullable: true, description: One. }",
      want: '{ description: One., anyOf: [{ $ref: "#/components/schemas/Thing" }, { type: "null" }] }',
    },
  ],
  [
    "a composition that may be null becomes a union",
    {
      given: "{ allOf: [{ type: object }], nullable: true }",
      want: '{ anyOf: [{ allOf: [{ type: object }] }, { type: "null" }] }',
    },
  ],
  [
    "a composition with a type that may be null becomes a union too",
    {
      given: "{ type: object, allOf: [{ $ref: '#/components/schemas/Thing' }], nullable: true }",
      want: '{ anyOf: [{ type: object, allOf: [{ $ref: "#/components/schemas/Thing" }] }, { type: "null" }] }',
    },
  ],
  [
    "a type that may not be null loses the word",
    { given: "{ type: string, nullable: false }", want: "{ type: string }" },
  ],
  [
    "an excluded bound becomes the bound",
    {
      given: "{ type: number, minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: true }",
      want: "{ type: number, exclusiveMinimum: 0, exclusiveMaximum: 1 }",
    },
  ],
  [
    "a bound that is not excluded stays",
    { given: "{ type: number, minimum: 0, exclusiveMinimum: false }", want: "{ type: number, minimum: 0 }" },
  ],
  [
    "an excluded bound without a bound is left out",
    { given: "{ type: number, exclusiveMaximum: true }", want: "{ type: number }" },
  ],
  [
    "schemas inside are changed too",
    {
      given: "{ type: object, properties: { nullable: { type: number, nullable: true } } }",
      want: '{ type: object, properties: { nullable: { type: [number, "null"] } } }',
    },
  ],
  [
    "data that looks like a schema stays",
    {
      given: "{ type: object, example: { type: string, nullable: true }, default: { nullable: true } }",
      want: "{ type: object, example: { type: string, nullable: true }, default: { nullable: true } }",
    },
  ],
])("%s", (_name, { given, want }) => {
  const doc = thing(given);
  runPass(nullable, doc);
  expect(asObject(asObject(doc.components).schemas)).toEqual({ Thing: parse(want) });
});

test("each change is reported with its place, what stood there and what stands there now", () => {
  const doc = thing("{ type: string, nullable: true, minimum: 1 }");
  expect(runPass(nullable, doc).changes).toEqual([
    {
      rule: "nullable",
      pointer: "#/components/schemas/Thing",
      before: { type: "string", nullable: true },
      after: { type: ["string", "null"], minimum: 1 },
      reason: "JSON Schema writes null as a type.",
    },
    {
      rule: "nullable",
      pointer: "#/openapi",
      before: "3.0.3",
      after: "3.1.1",
      reason: "Its schemas are JSON Schemas now.",
    },
  ]);
});

test("a document of a later version is left alone", () => {
  const doc = document("components: { schemas: { Thing: { type: string, nullable: true } } }");
  expect(runPass(nullable, doc).changes).toEqual([]);
});
