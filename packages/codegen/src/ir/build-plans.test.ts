import { expect, test } from "vitest";
import { operation, representationOf } from "../../test/documents.ts";
import { unionFrom } from "./build-plans.ts";

test("an envelope is opened for each JSON answer, and for no other", () => {
  const built = representationOf(
    operation(
      `
x-hawser-envelope: { data: /data, success: { pointer: /code, values: [0, ok] }, status: /code }
responses:
  200:
    content:
      application/json: { schema: { $ref: '#/components/schemas/A' } }
      text/plain: { schema: { type: string } }
  202: { content: { application/json: { schema: { oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] } } } }
`,
      "{ schemas: { A: { properties: { code: {}, data: { type: string } } }, B: { properties: { code: {}, data: { type: number } } } } }",
    ),
  ).operations[0];
  expect(built?.envelope).toEqual({
    data: "/data",
    success: { pointer: "/code", values: [0, "ok"] },
    status: "/code",
  });
  expect(built?.outcomes.map(({ status, kind, data }) => [status, kind, data])).toEqual([
    ["200", "json", { type: "string" }],
    ["200", "text", undefined],
    ["202", "json", { anyOf: [{ type: "string" }, { type: "number" }] }],
  ]);
});

test("the envelope of the document is that of its operations, unless they have none", () => {
  const doc = operation("responses: { 200: { content: { application/json: {} } } }");
  doc["x-hawser-envelope"] = { data: "/data" };
  expect(representationOf(doc).operations[0]?.envelope).toEqual({ data: "/data" });
  const empty = operation("");
  empty["x-hawser-envelope"] = { data: "/data" };
  expect(representationOf(empty).operations[0]?.envelope).toBeUndefined();
});

test("pages, cost, maps and hints are kept, with operations by the ids they have now", () => {
  const doc = operation(
    `
x-hawser-when-unknown: ' Look. '
x-hawser-pages: { scheme: page, items: /data, page: p, firstPage: 0 }
x-hawser-cost: { perHour: /cost, prices: { operation: list-prices, perHour: /rate, match: { env: /id } } }
parameters: [{ name: p, in: query, schema: { type: integer } }]
requestBody: { content: { application/json: { schema: { properties: { env: { x-hawser-map: { key: k, value: v }, type: array, items: { properties: { k: {}, v: {} } } } } } } } }
responses: { 200: { content: { application/json: { schema: { properties: { cost: {}, data: { type: array, items: { type: string } } } } } } } }
`,
  );
  (doc.paths as Record<string, unknown>)["/prices"] = {
    get: { operationId: "list-prices", responses: { 200: { content: { "application/json": {} } } } },
  };
  expect(representationOf(doc).operations[0]).toMatchObject({
    whenUnknown: "Look.",
    pages: { scheme: "page", items: "/data", item: { type: "string" }, page: "p", firstPage: 0 },
    cost: { perHour: "/cost", prices: { operation: "listPrices", perHour: "/rate", match: { env: "/id" } } },
    body: { maps: { env: { key: "k", value: "v" } } },
  });
});

test("schemas of one form are one schema, of several a union", () => {
  const place = (schema: unknown) => ({ schema, path: [] });
  expect(unionFrom([])).toEqual({});
  expect(unionFrom([place({ type: "string" }), place({ type: "string" })])).toEqual({ type: "string" });
  expect(unionFrom([place({ type: "string" }), place({ type: "number" })])).toEqual({
    anyOf: [{ type: "string" }, { type: "number" }],
  });
});
