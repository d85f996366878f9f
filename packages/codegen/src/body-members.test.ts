import { expect, test } from "vitest";
import { operation } from "../test/documents.ts";
import { bodyMembers } from "./body-members.ts";
import { operationsOf } from "./document.ts";

test("members of all parts and variants count, of JSON bodies alone", () => {
  const doc = operation(
    `
requestBody:
  content:
    application/json:
      schema: { allOf: [{ $ref: '#/components/schemas/Base' }], oneOf: [{ properties: { b: {} } }, { properties: { c: {}, a: {} } }] }
    multipart/form-data: { schema: { properties: { file: {} } } }
`,
    "{ schemas: { Base: { properties: { a: { type: string } }, anyOf: [{ $ref: '#/components/schemas/Base' }] } } }",
  );
  const [entry] = operationsOf(doc);
  expect([...bodyMembers(doc, entry?.operation ?? {})]).toEqual([
    ["a", { type: "string" }],
    ["b", {}],
    ["c", {}],
  ]);
});

test("an operation without a body has none", () => {
  const doc = operation("");
  const [entry] = operationsOf(doc);
  expect(bodyMembers(doc, entry?.operation ?? {}).size).toBe(0);
});
