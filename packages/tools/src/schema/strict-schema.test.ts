import { type } from "arktype";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { InvalidSchemaError } from "../errors.ts";
import { readJsonSchema } from "./read-json-schema.ts";
import type { JsonSchema, StandardSchema } from "./standard-schema.ts";
import { toStrictSchema } from "./strict-schema.ts";

function strictOf(schema: StandardSchema) {
  return toStrictSchema(readJsonSchema(schema, "The schema"), "The schema");
}

function problemsOf(schema: JsonSchema): readonly string[] {
  try {
    toStrictSchema(schema, "The schema");
  } catch (error) {
    if (error instanceof InvalidSchemaError) return error.problems;
    throw error;
  }
  return [];
}

it("requires every member, forbids others, and lets null stand for those that may be left out", () => {
  const schema = z.object({ city: z.string(), unit: z.enum(["C", "F"]).optional().describe("Unit") });
  expect(strictOf(schema).schema).toEqual({
    type: "object",
    properties: {
      city: { type: "string" },
      unit: { description: "Unit", anyOf: [{ type: "string", enum: ["C", "F"] }, { type: "null" }] },
    },
    required: ["city", "unit"],
    additionalProperties: false,
  });
});

it("leaves out what only forbids, and keeps what strict mode knows", () => {
  const schema = z.object({
    name: z.string().min(2).max(9).default("Bo"),
    mail: z.email(),
    tags: z.array(z.string()).min(1),
    age: z.number().int().min(0),
  });
  const { properties } = strictOf(schema).schema as { properties: Record<string, JsonSchema> };
  expect(properties.name).toEqual({ anyOf: [{ type: "string" }, { type: "null" }] });
  expect(properties.mail).toMatchObject({ type: "string", format: "email" });
  expect(properties.tags).toEqual({ type: "array", items: { type: "string" }, minItems: 1 });
  expect(properties.age).toMatchObject({ type: "integer", minimum: 0 });
});

it("says unions as anyOf, and follows them into definitions", () => {
  const schema = {
    type: "object",
    properties: {
      shape: { oneOf: [{ $ref: "#/$defs/circle" }, { type: "null" }] },
      only: { allOf: [{ type: "string" }] },
    },
    required: ["shape", "only"],
    $defs: { circle: { type: "object", properties: { radius: { type: "number" } } } },
  };
  expect(toStrictSchema(schema, "It").schema).toEqual({
    type: "object",
    properties: {
      shape: { anyOf: [{ $ref: "#/$defs/circle" }, { type: "null" }] },
      only: { type: "string" },
    },
    required: ["shape", "only"],
    additionalProperties: false,
    $defs: {
      circle: {
        type: "object",
        properties: { radius: { anyOf: [{ type: "number" }, { type: "null" }] } },
        required: ["radius"],
        additionalProperties: false,
      },
    },
  });
});

it("takes the schemas of arktype, and objects that let other members through", () => {
  expect(strictOf(type({ city: "string", "days?": "number" })).schema).toMatchObject({
    required: ["city", "days"],
  });
  expect(strictOf(z.looseObject({ city: z.string() })).schema).toMatchObject({ additionalProperties: false });
});

it("says the type of fixed values, without which strict mode refuses them", () => {
  const schema = {
    type: "object",
    properties: { unit: { enum: ["C", "F"] }, kind: { const: 1 }, any: { enum: ["a", null] } },
    required: ["unit", "kind", "any"],
  };
  expect(toStrictSchema(schema, "It").schema.properties).toEqual({
    unit: { type: "string", enum: ["C", "F"] },
    kind: { type: "number", const: 1 },
    any: { type: ["string", "null"], enum: ["a", null] },
  });
});

describe("names what can't be said", () => {
  const object = (member: JsonSchema): JsonSchema => ({
    type: "object",
    properties: { a: member },
    required: ["a"],
  });
  it.each([
    [
      "a map",
      object({ type: "object", additionalProperties: { type: "string" } }),
      ["/properties/a/additionalProperties: members whose names aren't known"],
    ],
    [
      "an object without members",
      object({ type: "object" }),
      ["/properties/a/additionalProperties: members whose names aren't known"],
    ],
    ["any value", object({}), ["/properties/a: any value at all"]],
    [
      "a tuple",
      object({ type: "array", prefixItems: [{ type: "string" }] }),
      ["/properties/a/prefixItems: strict mode has no prefixItems"],
    ],
    [
      "one schema on top of an object's own",
      object({ type: "object", properties: {}, allOf: [{ type: "object", properties: {} }] }),
      ["/properties/a/allOf: strict mode has no allOf"],
    ],
    [
      "patterns of names",
      object({ type: "object", properties: {}, patternProperties: { "^x": {} } }),
      ["/properties/a/patternProperties: strict mode has no patternProperties"],
    ],
    [
      "several at once",
      object({ allOf: [{ type: "object" }, { type: "object" }], if: {} }),
      ["/properties/a/allOf: strict mode has no allOf", "/properties/a/if: strict mode has no if"],
    ],
    [
      "a root that is none",
      { type: "array", items: { type: "string" } },
      ["/: strict mode wants an object here"],
    ],
  ] as const)("%s", (_, schema, problems) => {
    expect(problemsOf(schema)).toEqual(problems);
  });

  it("escapes names in pointers", () => {
    expect(problemsOf({ type: "object", properties: { "a/b~c": {} } })).toEqual([
      "/properties/a~1b~0c: any value at all",
    ]);
  });
});

describe("what stands for nothing", () => {
  it("is left out of objects, lists, references and branches, but not where null is a value", () => {
    const item = z.object({ name: z.string().optional(), note: z.string().nullable().optional() });
    const schema = z.object({
      list: z.array(item),
      one: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("a"), x: z.number().optional() }),
        z.object({ kind: z.literal("b"), x: z.null() }),
      ]),
    });
    const { restore } = strictOf(schema);
    expect(restore({ list: [{ name: null, note: null }], one: { kind: "a", x: null } })).toEqual({
      list: [{ note: null }],
      one: { kind: "a" },
    });
    expect(restore({ list: [], one: { kind: "b", x: null } })).toEqual({
      list: [],
      one: { kind: "b", x: null },
    });
  });

  it("is left out of objects that may be left out themselves", () => {
    const inner = z.object({ b: z.string().optional() });
    const { restore } = strictOf(z.object({ a: inner.optional(), c: inner.describe("C").optional() }));
    expect(restore({ a: { b: null }, c: { b: null } })).toEqual({ a: {}, c: {} });
    expect(restore({ a: null, c: null })).toEqual({});
  });

  it("is left out of an object that is said as the only one of allOf", () => {
    const inner = { type: "object", properties: { b: { type: "string" } } };
    const schema = { type: "object", properties: { a: { allOf: [inner] } }, required: ["a"] };
    expect(toStrictSchema(schema, "It").restore({ a: { b: null } })).toEqual({ a: {} });
  });

  it("is left out of schemas that contain themselves", () => {
    const tree = z.object({
      name: z.string().optional(),
      get children() {
        return z.array(tree).optional();
      },
    });
    const { restore } = strictOf(tree);
    const written = { name: null, children: [{ name: "a", children: [{ name: null, children: null }] }] };
    expect(tree.parse(restore(written))).toEqual({ children: [{ name: "a", children: [{}] }] });
  });
});
