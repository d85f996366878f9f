import { join } from "node:path";
import { expect, test } from "vitest";
import { document, operation, problemsIn, repository, representationOf } from "../../test/documents.ts";
import { represent } from "../generate.ts";
import { checkIR } from "./check-ir.ts";

test.each<[string, { given: string; want: unknown }]>([
  [
    "the title makes the name",
    {
      given: "info: { title: harbour-master API, version: 1.0.0 }",
      want: { name: "HarbourMasterAPIClient", environment: {}, options: {} },
    },
  ],
  [
    "a document without a title has a name too",
    {
      given: "info: { title: ' ', version: 1.0.0 }",
      want: { name: "APIClient", environment: {}, options: {} },
    },
  ],
  [
    "an overlay names it",
    {
      given: "x-hawser-client: { name: harbour, environment: { apiKey: HARBOUR_KEY, baseURL: HARBOUR_URL } }",
      want: { name: "Harbour", environment: { apiKey: "HARBOUR_KEY", baseURL: "HARBOUR_URL" }, options: {} },
    },
  ],
  [
    "options of its own",
    {
      given:
        "x-hawser-client: { name: Harbour, options: { pier: { description: Which pier., variable: PIER }, quay: { description: Which quay. } } }",
      want: {
        name: "Harbour",
        environment: {},
        options: {
          pier: { description: "Which pier.", variable: "PIER" },
          quay: { description: "Which quay." },
        },
      },
    },
  ],
])("client: %s", (_name, { given, want }) => {
  expect(representationOf(document(given)).client).toEqual(want);
});

test("a version that YAML takes for a number is kept", () => {
  expect(representationOf(document("info: { title: T, version: 1.5, description: ' D. ' }")).info).toEqual({
    title: "T",
    version: "1.5",
    description: "D.",
  });
});

test("servers keep their variables, names and words", () => {
  const given = document(
    "servers: [{ url: 'https://{region}.example.com/{base}', name: main, description: ' Main. ', variables: { region: { default: eu, enum: [eu, us], description: ' Where. ' }, base: { default: 1 } } }]",
  );
  expect(representationOf(given).servers).toEqual([
    {
      url: "https://{region}.example.com/{base}",
      name: "main",
      description: "Main.",
      variables: {
        region: { default: "eu", enum: ["eu", "us"], description: "Where." },
        base: { default: "1" },
      },
    },
  ]);
});

test.each<[string, { given: string; want: unknown }]>([
  [
    "bearer",
    { given: "{ type: http, scheme: Bearer, description: x }", want: { type: "http", scheme: "bearer" } },
  ],
  ["basic", { given: "{ type: http, scheme: BASIC }", want: { type: "http", scheme: "basic" } }],
  [
    "a key in a header",
    {
      given: "{ type: apiKey, in: header, name: X-API-KEY }",
      want: { type: "apiKey", in: "header", name: "X-API-KEY" },
    },
  ],
  [
    "OAuth 2 by which a program gets tokens",
    {
      given: "{ type: oauth2, flows: { clientCredentials: { tokenUrl: /token, scopes: { a: A } } } }",
      want: { type: "oauth2", tokenUrl: "/token" },
    },
  ],
  ["OAuth 2", { given: "{ type: oauth2, flows: {} }", want: { type: "oauth2" } }],
  [
    "OpenID Connect",
    { given: "{ type: openIdConnect, openIdConnectUrl: /x }", want: { type: "openIdConnect" } },
  ],
  ["mutual TLS", { given: "{ type: mutualTLS }", want: { type: "mutualTLS" } }],
  [
    "a reference",
    { given: "{ $ref: '#/components/securitySchemes/other' }", want: { type: "http", scheme: "bearer" } },
  ],
])("security scheme: %s", (_name, { given, want }) => {
  const { schemes } = representationOf(
    document(`components: { securitySchemes: { key: ${given}, other: { type: http, scheme: bearer } } }`),
  ).security;
  expect(schemes.key).toEqual(want);
});

test("a value that has no place in the representation is a problem of the document", () => {
  const given = operation("parameters: [{ name: a, in: query, style: fancy, schema: {} }]");
  expect(problemsIn(() => representationOf(given))).toEqual([
    expect.stringMatching(/\/operations\/0\/parameters\/0\/style must be equal to one of the allowed values/),
  ]);
});

test("the representation is plain JSON", () => {
  const ir = representationOf(
    operation("responses: { 200: { content: { application/json: { schema: { type: object } } } } }"),
  );
  expect(JSON.parse(JSON.stringify(ir))).toEqual(ir);
});

test("the representation of the Runcrate API is sound", async () => {
  const { ir } = await represent({
    document: join(repository, "openapi/runcrate/inference.yaml"),
    overlays: [join(repository, "openapi/runcrate/inference.overlay.yaml")],
  });
  expect(() => checkIR(ir)).not.toThrow();
  const references = JSON.stringify(ir).matchAll(/"\$ref":"#\/schemas\/([^"]*)"/g);
  expect(
    [...references].map(([, name]) => name).filter((name) => !Object.hasOwn(ir.schemas, name ?? "")),
  ).toEqual([]);
});

test("a token is asked for with the scopes that operations need", () => {
  const given = document(`
security: [{ oauth: [read] }]
paths: { /a: { get: {}, post: { security: [{ oauth: [write, read] }, {}] } } }
components: { securitySchemes: { oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: /token } } } } }
`);
  expect(representationOf(given).security.schemes.oauth).toEqual({
    type: "oauth2",
    tokenUrl: "/token",
    scopes: ["read", "write"],
  });
});
