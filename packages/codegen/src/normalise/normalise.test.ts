import { join } from "node:path";
import { expect, test } from "vitest";
import { document, fixtures, operation, problemsIn, repository } from "../../test/documents.ts";
import { hostileDocument } from "../../test/hostile.ts";
import type { OpenAPIDocument } from "../document.ts";
import { loadDocument } from "../load/load-document.ts";
import { normalise } from "./normalise.ts";

const old = document(`
openapi: 3.0.3
paths:
  '/pets/{id}#events': { $ref: '#/components/pathItems/Pets' }
  '/pets/{id}': { $ref: '#/components/pathItems/Pets' }
components:
  pathItems:
    Pets:
      parameters: [{ $ref: '#/components/parameters/Id' }]
      post:
        requestBody: { content: { application/json: { schema: { properties: { stream: { type: boolean, nullable: true } } } } } }
        responses:
          200:
            content:
              application/json: { schema: { $ref: '#/components/schemas/pet' } }
              text/event-stream: { schema: { oneOf: [{ properties: { data: { type: object } } }, { properties: { event: { const: error }, data: { type: object } } }] } }
          default: { $ref: '#/components/responses/Failure' }
  parameters: { Id: { name: id, in: path, required: true, schema: { $ref: '#/components/schemas/cat/properties/name' } } }
  responses: { Failure: { description: No., content: { application/json: { schema: { type: object } } } } }
  schemas:
    pet: { oneOf: [{ $ref: '#/components/schemas/cat' }, { $ref: '#/components/schemas/dog' }], discriminator: { propertyName: kind } }
    cat: { properties: { name: { type: string, nullable: true } } }
    dog: { properties: { kind: { type: string, enum: [dog] } } }
`);

test.each<[string, () => OpenAPIDocument | Promise<OpenAPIDocument>]>([
  ["of every pass", () => old],
  ["with hostile names", () => hostileDocument("*/ a~b/c%d")],
  ["of several files", async () => (await loadDocument(join(fixtures, "harbour", "openapi.yaml"))).document],
  [
    "of the Runcrate API",
    async () => (await loadDocument(join(repository, "openapi/runcrate/inference.yaml"))).document,
  ],
])("a document %s that was normalised is not changed by normalising it again", async (_name, given) => {
  const first = normalise(await given(), "test.yaml");
  expect(first.changes.length).toBeGreaterThan(0);
  const second = normalise(first.document, "test.yaml");
  expect(second.changes).toEqual([]);
  expect(JSON.stringify(second.document)).toBe(JSON.stringify(first.document));
});

test("every pass leaves its mark in the report", () => {
  const rules = new Set(normalise(old, "test.yaml").changes.map(({ rule }) => rule));
  expect([...rules].sort()).toEqual([
    "discriminators",
    "inline-schemas",
    "nullable",
    "operation-ids",
    "path-parameters",
    "path-suffixes",
    "references",
    "schema-names",
    "stream-schemas",
    "streams",
  ]);
});

test("every change says why, in a sentence", () => {
  for (const { reason } of normalise(old, "test.yaml").changes) expect(reason).toMatch(/^[A-Zx].*\.$/);
});

test("the document it is given stays as it is", () => {
  const before = structuredClone(old);
  normalise(old, "test.yaml");
  expect(old).toEqual(before);
});

test("the problems of several passes are told together", () => {
  const doc = operation(
    "x-hawser-retry: never\nresponses: { 200: { content: { application/json: {} } }, 201: { content: { text/event-stream: {} } } }",
  );
  expect(problemsIn(() => normalise(doc, "test.yaml"))).toEqual([
    expect.stringContaining("x-hawser-retry: it takes one of safe, idempotent, costly"),
    expect.stringContaining("nothing says which request asks for which"),
  ]);
});

test("a reference that leads nowhere is told once, not by every pass that follows it", () => {
  const doc = operation(
    "requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Gone' } } } }",
  );
  expect(problemsIn(() => normalise(doc, "test.yaml"))).toHaveLength(1);
});
