import { expect, test } from "vitest";
import { document, operation, runPass } from "../../test/documents.ts";
import { representable } from "./representable.ts";

const here = "#/paths/~1things/post";
const retries = "x-hawser-retry is one of safe, idempotent, costly";
const clocks = "x-hawser-timeouts takes milliseconds for response, firstEvent, idle, total.";
const when = 'x-hawser-when takes a "property" of the request body and the list of its "values".';

test.each<[string, { given: string; want: string[] }]>([
  [
    "a retry safety that is none",
    { given: "x-hawser-retry: never", want: [`${here}: ${retries}, not "never".`] },
  ],
  [
    "a key with a typing mistake",
    {
      given: "x-hawser-methd: things.make",
      want: [
        `${here}: there is no x-hawser-methd; there are x-hawser-client, x-hawser-method, x-hawser-path, x-hawser-retry, x-hawser-scenes, x-hawser-stream, x-hawser-timeouts, x-hawser-when.`,
      ],
    },
  ],
  ["a clock that is none", { given: "x-hawser-timeouts: { responce: 5 }", want: [`${here}: ${clocks}`] }],
  ["a time that is none", { given: "x-hawser-timeouts: { total: 0 }", want: [`${here}: ${clocks}`] }],
  ["a time without a clock", { given: "x-hawser-timeouts: 5", want: [`${here}: ${clocks}`] }],
  [
    "a method that is no name",
    {
      given: "x-hawser-method: videos..create",
      want: [
        `${here}: x-hawser-method is names with dots between them, such as videos.create, not "videos..create".`,
      ],
    },
  ],
  [
    "a condition without values",
    {
      given: "responses: { 200: { content: { text/plain: { x-hawser-when: { property: format } } } } }",
      want: [`${here}/responses/200/content/text~1plain: ${when}`],
    },
  ],
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
  [
    "servers of its own",
    {
      given: "servers: [{ url: https://other.example }]",
      want: [
        `${here}: it has servers of its own, but a client has one base URL: give it a document of its own, or remove them with an overlay.`,
      ],
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
    "servers of a path",
    {
      given: "paths: { /a: { servers: [{ url: /b }] } }",
      want: [
        "#/paths/~1a: it has servers of its own, but a client has one base URL: give it a document of its own, or remove them with an overlay.",
      ],
    },
  ],
  [
    "a scheme that can't be sent",
    {
      given: "components: { securitySchemes: { a: { type: http, scheme: Digest } } }",
      want: [
        '#/components/securitySchemes/a: the scheme "Digest" can\'t be sent, only "bearer" and "basic" can: remove it with an overlay.',
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
        "components: { schemas: { A: { properties: { f: { type: file } } }, B: { type: [string, any] } } }",
      want: [
        '#/components/schemas/A/properties/f: "file" is no type of JSON Schema, which has string, number, integer, boolean, object, array, null; without a type, a value can be anything.',
        '#/components/schemas/B: "any" is no type of JSON Schema, which has string, number, integer, boolean, object, array, null; without a type, a value can be anything.',
      ],
    },
  ],
])("%s are a problem of the document", (_name, { given, want }) => {
  expect(runPass(representable, document(given)).problems).toEqual(want);
});

test("what can be represented is no problem, and nothing is changed", () => {
  const doc = operation(
    `
servers: [{ url: https://example.com }]
security: [{ key: [] }, { bearer: [] }, {}]
parameters: [{ $ref: '#/components/parameters/Page' }, { name: b, in: cookie }]
x-hawser-retry: safe
x-hawser-method: chat.completions.create_all
x-hawser-timeouts: { response: 1, total: 60000 }
responses: { 200: { content: { text/plain: { x-hawser-when: { property: format, values: [text] } } } } }
`,
    "{ parameters: { Page: { name: page, in: query } }, securitySchemes: { key: { type: apiKey, in: header, name: K }, bearer: { $ref: '#/components/securitySchemes/other' }, other: { type: http, scheme: Bearer } } }",
  );
  doc.servers = [{ url: "https://example.com", description: "The same." }];
  const before = structuredClone(doc);
  expect(runPass(representable, doc)).toEqual({ changes: [], problems: [] });
  expect(doc).toEqual(before);
});
