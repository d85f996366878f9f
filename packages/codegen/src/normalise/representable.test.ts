import { expect, test } from "vitest";
import { document, operation, runPass } from "../../test/documents.ts";
import { representable } from "./representable.ts";

const here = "#/paths/~1things/post";

test.each<[string, { given: string; want: string[] }]>([
  [
    "a parameter in the query string as a whole",
    {
      given: "parameters: [{ name: q, in: querystring }]",
      want: [
        `${here}/parameters/0: a parameter in "querystring" can't be sent: describe it in path, query, header or cookie.`,
      ],
    },
  ],
  [
    "a security scheme that is not described",
    {
      given: "security: [{ key: [] }]",
      want: [`${here}: its security names "key", which components.securitySchemes doesn't describe.`],
    },
  ],
])("%s is a problem of the operation", (_name, { given, want }) => {
  expect(runPass(representable, operation(given)).problems).toEqual(want);
});

test.each<[string, { given: string; want: string[] }]>([
  [
    "methods that OpenAPI doesn't know",
    {
      given: "paths: { /a: { additionalOperations: { COPY: {} } } }",
      want: [
        "#/paths/~1a: additionalOperations has methods of its own, which no client can be generated for: remove it with an overlay.",
      ],
    },
  ],
  [
    "a key in a place that is none",
    {
      given: "components: { securitySchemes: { a: { type: apiKey, in: body, name: key } } }",
      want: [
        '#/components/securitySchemes/a: an API key stands in a header, a query parameter or a cookie, not in "body".',
      ],
    },
  ],
  [
    "a type of security scheme that is none",
    {
      given: "components: { securitySchemes: { a: { type: basic } } }",
      want: ['#/components/securitySchemes/a: "basic" is no type of a security scheme.'],
    },
  ],
  [
    "a type of schema that is none",
    {
      given:
        "components: { schemas: { A: { properties: { f: { type: file } } }, B: { type: [string, any] }, C: { definitions: { D: { type: { type: string } } } } } }",
      want: [
        '#/components/schemas/A/properties/f: "file" is no type of JSON Schema, which has string, number, integer, boolean, object, array, null; without a type, a value can be anything.',
        '#/components/schemas/B: "any" is no type of JSON Schema, which has string, number, integer, boolean, object, array, null; without a type, a value can be anything.',
        '#/components/schemas/C/definitions/D: {"type":"string"}… is no type of JSON Schema, which has string, number, integer, boolean, object, array, null; without a type, a value can be anything.',
      ],
    },
  ],
])("%s are a problem of the document", (_name, { given, want }) => {
  expect(runPass(representable, document(given)).problems).toEqual(want);
});

test("what can be represented is no problem, and nothing is changed", () => {
  const doc = operation(
    `
security: [{ key: [] }, { bearer: [] }, {}]
parameters: [{ $ref: '#/components/parameters/Page' }, { name: b, in: cookie }]
`,
    "{ parameters: { Page: { name: page, in: query } }, securitySchemes: { key: { type: apiKey, in: header, name: K }, bearer: { $ref: '#/components/securitySchemes/other' }, other: { type: http, scheme: Bearer } } }",
  );
  const before = structuredClone(doc);
  expect(runPass(representable, doc)).toEqual({ changes: [], problems: [] });
  expect(doc).toEqual(before);
});
