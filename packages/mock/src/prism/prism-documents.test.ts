import { expect, test } from "vitest";
import { documentForAnswers, documentForChecks } from "./prism-documents.ts";

const operation = {
  requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
  parameters: [{ name: "limit", in: "query" }],
  security: [{ Key: [] }],
  responses: { 200: { description: "A pet" } },
};

const document = (pet: unknown) => ({
  openapi: "3.1.0",
  security: [{ Key: [] }],
  paths: { "/pets": { post: operation } },
  components: {
    schemas: {
      Pet: pet,
      Cat: { properties: { kind: { const: "cat" } } },
      Dog: { allOf: [{ properties: { kind: { enum: ["dog", "wolf"] } } }] },
      Fish: { properties: { fins: { type: "integer" } } },
    },
  },
});

const union = (...names: string[]) => ({
  oneOf: names.map((name) => ({ $ref: `#/components/schemas/${name}` })),
  discriminator: { propertyName: "kind" },
});

test("a discriminated union becomes a choice by the value", () => {
  const { components } = documentForChecks(document(union("Cat", "Dog"))) as ReturnType<typeof document>;
  const named = { type: "object", required: ["kind"] };
  expect(components.schemas.Pet).toEqual({
    allOf: [
      { ...named, properties: { kind: { enum: ["cat", "dog", "wolf"] } } },
      {
        if: { ...named, properties: { kind: { enum: ["cat"] } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { $ref: "#/components/schemas/Cat" },
      },
      {
        if: { ...named, properties: { kind: { enum: ["dog", "wolf"] } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { $ref: "#/components/schemas/Dog" },
      },
    ],
  });
});

test("a mapping says the values of a variant that doesn't", () => {
  const pet = union("Cat", "Fish");
  const mapped = {
    ...pet,
    discriminator: { ...pet.discriminator, mapping: { fish: "#/components/schemas/Fish" } },
  };
  const { components } = documentForChecks(document(mapped)) as ReturnType<typeof document>;
  expect(components.schemas.Pet).toHaveProperty("allOf.0.properties.kind.enum", ["cat", "fish"]);
});

test("a union whose variants don't say their values stays as it is", () => {
  const { components } = documentForChecks(document(union("Cat", "Fish"))) as ReturnType<typeof document>;
  expect(components.schemas.Pet).toEqual(union("Cat", "Fish"));
});

test("each document holds what it is for", () => {
  const checks = documentForChecks(document({})).paths as { "/pets": { post: object } };
  expect(checks["/pets"].post).toEqual({ ...operation, responses: {} });
  const answers = documentForAnswers(document({}));
  expect(answers.paths).toEqual({ "/pets": { post: { responses: operation.responses } } });
  expect(answers).not.toHaveProperty("security");
});
