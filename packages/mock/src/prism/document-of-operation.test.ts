import { expect, test } from "vitest";
import { documentOfOperation } from "./document-of-operation.ts";

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const components = {
  schemas: {
    Ship: { properties: { "a/b": reference("Has~1slash"), next: reference("Ship") } },
    "Has/slash": { type: "string" },
    Harbour: { type: "object" },
  },
  parameters: { Page: { name: "page", in: "query" } },
  securitySchemes: { key: { type: "http", scheme: "bearer" } },
};

test("an operation is left with its path and the components it leads to", () => {
  const document = {
    openapi: "3.1.0",
    security: [{ key: [] }],
    paths: {
      "/ships": {
        parameters: [{ $ref: "#/components/parameters/Page" }],
        get: { responses: { 200: { content: { "application/json": { schema: reference("Ship") } } } } },
        post: { requestBody: reference("Harbour") },
      },
      "/harbours": { get: {} },
    },
    // Nothing of a webhook is answered, and what it refers to may be left out.
    webhooks: { arrived: { post: { requestBody: reference("Harbour") } } },
    components,
  };
  const { schemas, parameters, securitySchemes } = components;
  expect(documentOfOperation(document, "/ships", "GET")).toEqual({
    openapi: "3.1.0",
    security: document.security,
    paths: {
      "/ships": { parameters: document.paths["/ships"].parameters, get: document.paths["/ships"].get },
    },
    components: {
      schemas: { Ship: schemas.Ship, "Has/slash": schemas["Has/slash"] },
      parameters,
      securitySchemes,
    },
  });
});

test("a reference to something else keeps the whole document", () => {
  const document = {
    openapi: "3.1.0",
    paths: { "/a": { get: { $ref: "#/paths/~1b/get" } }, "/b": { get: {} } },
    components,
  };
  expect(documentOfOperation(document, "/a", "get")).toBe(document);
});
