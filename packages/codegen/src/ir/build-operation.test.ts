import { expect, test } from "vitest";
import { document, operation, representationOf } from "../../test/documents.ts";
import type { Operation } from "./ir.ts";

function built(yaml: string, components?: string): Operation {
  return representationOf(operation(yaml, components)).operations[0] as Operation;
}
const reference = (name: string) => ({ $ref: `#/schemas/${name}` });

test("an operation of which little is said has its defaults", () => {
  expect(built("")).toEqual({
    id: "run",
    method: "POST",
    path: "/things",
    deprecated: false,
    retry: "costly",
    security: [],
    parameters: [],
    outcomes: [{ status: "204", kind: "empty" }],
    errors: [],
    examples: [],
  });
});

test("texts are trimmed and deprecation is told", () => {
  expect(built("{ summary: ' Runs. ', description: \" It runs.\\n\", deprecated: true }")).toMatchObject({
    summary: "Runs.",
    description: "It runs.",
    deprecated: true,
  });
});

test.each([
  ["get", "safe"],
  ["head", "safe"],
  ["query", "safe"],
  ["put", "idempotent"],
  ["delete", "idempotent"],
  ["post", "costly"],
  ["patch", "costly"],
])("%s is %s to repeat", (method, want) => {
  const doc = operation("");
  doc.paths = { "/things": { [method]: { operationId: "run" } } };
  expect(representationOf(doc).operations[0]?.retry).toBe(want);
});

test("what x-hawser-retry says goes before the method", () => {
  expect(built("x-hawser-retry: idempotent").retry).toBe("idempotent");
});

test.each<[string, { given: string; usual?: unknown[]; want: unknown }]>([
  ["no security at all is no key", { given: "", want: [] }],
  ["the security of the document counts", { given: "", usual: [{ key: [] }], want: [{ key: [] }] }],
  [
    "that of the operation goes before it",
    { given: "security: [{ oauth: [read] }, {}]", usual: [{ key: [] }], want: [{ oauth: ["read"] }, {}] },
  ],
  ["an empty list is no key", { given: "security: []", usual: [{ key: [] }], want: [] }],
])("%s", (_name, { given, usual, want }) => {
  const doc = operation(
    given,
    "{ securitySchemes: { key: { type: apiKey, in: header, name: K }, oauth: { type: oauth2 } } }",
  );
  doc.security = usual;
  expect(representationOf(doc).operations[0]?.security).toEqual(want);
});

test("styles of parameters are spelled out", () => {
  const { parameters } = built(`
parameters:
  - { name: q, in: query, schema: { type: string } }
  - { name: h, in: header, schema: { type: string } }
  - { name: c, in: cookie, schema: { type: string }, required: true, deprecated: true, description: ' C. ' }
  - { name: d, in: query, style: deepObject, schema: { type: object } }
  - { name: s, in: query, style: spaceDelimited, explode: false, allowReserved: true, schema: { type: array } }
  - { name: j, in: query, content: { application/json: { schema: { type: object } } } }
`);
  const usual = { required: false, deprecated: false, allowReserved: false };
  expect(parameters).toEqual([
    { name: "q", in: "query", ...usual, style: "form", explode: true, schema: { type: "string" } },
    { name: "h", in: "header", ...usual, style: "simple", explode: false, schema: { type: "string" } },
    {
      name: "c",
      in: "cookie",
      description: "C.",
      ...usual,
      required: true,
      deprecated: true,
      style: "form",
      explode: true,
      schema: { type: "string" },
    },
    { name: "d", in: "query", ...usual, style: "deepObject", explode: false, schema: { type: "object" } },
    {
      name: "s",
      in: "query",
      ...usual,
      allowReserved: true,
      style: "spaceDelimited",
      explode: false,
      schema: { type: "array" },
    },
    {
      name: "j",
      in: "query",
      ...usual,
      style: "form",
      explode: true,
      content: "application/json",
      schema: { type: "object" },
    },
  ]);
});

test("path parameters follow one another as in the path, however they are listed", () => {
  const given = document(`
paths:
  '/branches/{branch}/files/{name}':
    delete:
      operationId: remove
      parameters:
        - { name: dry, in: query }
        - { name: name, in: path, required: true }
        - { name: branch, in: path, required: true }
        - { name: force, in: query }
`);
  const { parameters } = representationOf(given).operations[0] as Operation;
  expect(parameters.map(({ name }) => name)).toEqual(["branch", "name", "dry", "force"]);
});

test("parameters that are not in the path become one schema, which never takes the name of another", () => {
  const ir = representationOf(
    operation(
      "parameters: [{ name: page, in: query, required: true, description: Which., deprecated: true, schema: { type: integer } }, { name: X-Trace, in: header, schema: { $ref: '#/components/schemas/Trace' } }]",
      "{ schemas: { Trace: { type: string }, RunParams: { type: boolean } } }",
    ),
  );
  expect(ir.operations[0]?.params).toEqual(reference("RunParams2"));
  expect(ir.schemas.RunParams).toEqual({ type: "boolean" });
  expect(ir.schemas.RunParams2).toEqual({
    type: "object",
    required: ["page"],
    properties: {
      page: { type: "integer", description: "Which.", deprecated: true },
      "X-Trace": reference("Trace"),
    },
  });
});

const any = "{ schema: { $ref: '#/components/schemas/A' } }";
const schemas = "{ schemas: { A: { type: object } } }";

test.each<[string, { given: string; want: unknown }]>([
  [
    "JSON is sent rather than a form",
    {
      given: `requestBody: { content: { multipart/form-data: ${any}, application/json: ${any} } }`,
      want: {
        required: false,
        mediaType: "application/json",
        encoding: "json",
        schema: reference("A"),
        parts: {},
        maps: {},
      },
    },
  ],
  [
    "a form is sent rather than bytes",
    {
      given: `requestBody: { required: true, content: { image/png: {}, application/x-www-form-urlencoded: ${any} } }`,
      want: {
        required: true,
        mediaType: "application/x-www-form-urlencoded",
        encoding: "urlencoded",
        schema: reference("A"),
        parts: {},
        maps: {},
      },
    },
  ],
  [
    "parts are described",
    {
      given: `requestBody: { content: { multipart/form-data: { schema: { $ref: '#/components/schemas/A' }, encoding: { meta: { contentType: application/json }, tags: { style: form, explode: false, allowReserved: true } } } } }`,
      want: {
        required: false,
        mediaType: "multipart/form-data",
        encoding: "multipart",
        schema: reference("A"),
        parts: {
          meta: { contentType: "application/json" },
          tags: { style: "form", explode: false, allowReserved: true },
        },
        maps: {},
      },
    },
  ],
  [
    "bytes need no schema",
    {
      given: "requestBody: { content: { application/octet-stream: {} } }",
      want: {
        required: false,
        mediaType: "application/octet-stream",
        encoding: "binary",
        schema: {},
        parts: {},
        maps: {},
      },
    },
  ],
])("body: %s", (_name, { given, want }) => {
  expect(built(given, schemas).body).toEqual(want);
});

test.each<[string, { given: string; want: unknown }]>([
  [
    "an answer without content is empty",
    { given: "responses: { 204: { description: x } }", want: [{ status: "204", kind: "empty" }] },
  ],
  [
    "each media type is one",
    {
      given: `responses: { 200: { content: { application/json: ${any}, text/plain: { schema: { type: string } }, audio/mpeg: {} } } }`,
      want: [
        { status: "200", kind: "json", mediaType: "application/json", schema: reference("A") },
        { status: "200", kind: "text", mediaType: "text/plain", schema: { type: "string" } },
        { status: "200", kind: "binary", mediaType: "audio/mpeg" },
      ],
    },
  ],
  [
    "a stream has no schema here",
    {
      given: "responses: { 200: { content: { text/event-stream: { schema: { type: object } } } } }",
      want: [{ status: "200", kind: "stream", mediaType: "text/event-stream" }],
    },
  ],
  [
    "a condition is kept",
    {
      given:
        "responses: { 200: { content: { text/plain: { x-hawser-when: { property: format, values: [text, null] } } } } }",
      want: [
        {
          status: "200",
          kind: "text",
          mediaType: "text/plain",
          when: { property: "format", values: ["text", null] },
        },
      ],
    },
  ],
  [
    "the default answer is one when no other is named",
    {
      given: `responses: { default: { content: { application/json: ${any} } } }`,
      want: [{ status: "default", kind: "json", mediaType: "application/json", schema: reference("A") }],
    },
  ],
  [
    "without any success an empty answer is expected",
    { given: "responses: { 404: {} }", want: [{ status: "2XX", kind: "empty" }] },
  ],
])("outcomes: %s", (_name, { given, want }) => {
  expect(built(given, schemas).outcomes).toEqual(want);
});

test("errors are kept by status, with the schema of their JSON", () => {
  const { errors } = built(
    `responses: { 200: {}, 302: {}, 404: { description: ' Not there. ', content: { text/html: {}, application/problem+json: ${any} } }, 5XX: {}, default: { $ref: '#/components/responses/E' } }`,
    "{ responses: { E: { description: No., content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } }, schemas: { A: { type: object } } }",
  );
  expect(errors).toEqual([
    { status: "404", description: "Not there.", schema: reference("A") },
    { status: "5XX" },
    { status: "default", description: "No.", schema: reference("A") },
  ]);
});

test("a stream is taken over without what belongs to the document", () => {
  const { stream } = built(
    "x-hawser-stream: { sentinel: END }\nresponses: { 200: { content: { text/event-stream: { schema: { oneOf: [{ properties: { event: { const: a }, data: { $ref: '#/components/schemas/A' } } }, { properties: { event: { const: error }, data: { $ref: '#/components/schemas/A' } } }] } } } } }",
    schemas,
  );
  expect(stream).toEqual({
    mode: "always",
    framing: "server-sent-events",
    item: "envelope",
    events: [{ name: "a", schema: reference("A") }],
    sentinel: "END",
    error: reference("A"),
  });
});

test.each<[string, { given: string; want: unknown }]>([
  [
    "examples keep their names, and those outside of the document are left out",
    {
      given:
        "examples: { one: { summary: One., value: { a: 1 } }, two: { dataValue: { a: 2 } }, far: { externalValue: 'file:///x.bin' }, shared: { $ref: '#/components/examples/S' } }",
      want: [
        { name: "one", summary: "One.", value: { a: 1 } },
        { name: "two", value: { a: 2 } },
        { name: "shared", value: { a: 3 } },
      ],
    },
  ],
  [
    "a single example has no name",
    { given: "example: { a: 1 }", want: [{ name: "example", value: { a: 1 } }] },
  ],
])("%s", (_name, { given, want }) => {
  const body = `requestBody: { content: { text/plain: { example: other }, application/json: { schema: { $ref: '#/components/schemas/A' }, ${given} } } }`;
  expect(
    built(body, "{ examples: { S: { value: { a: 3 } } }, schemas: { A: { type: object } } }").examples,
  ).toEqual(want);
});

test("timeouts are kept, and a fragment is not sent", () => {
  const doc = operation("");
  doc.paths = { "/a#stream": { post: { operationId: "run", "x-hawser-timeouts": { total: 5 } } } };
  expect(representationOf(doc).operations[0]).toMatchObject({ path: "/a", timeouts: { total: 5 } });
});

test("a parameter that an option of the client gives is not given by a call", () => {
  const doc = operation(
    "parameters: [{ name: zone, in: query, required: true, x-hawser-option: zone, schema: { type: string } }, { name: at, in: header, schema: { type: string } }]",
  );
  doc["x-hawser-client"] = { name: "C", options: { zone: { description: "Z." } } };
  const ir = representationOf(doc);
  expect(ir.operations[0]?.parameters[0]).toMatchObject({ required: true, option: "zone" });
  expect(ir.schemas.RunParams).toEqual({ type: "object", properties: { at: { type: "string" } } });
});

test("a path parameter keeps its slashes where the document says so", () => {
  const doc = operation("");
  doc.paths = {
    "/models/{model}": {
      get: {
        operationId: "run",
        parameters: [{ name: "model", in: "path", required: true, allowReserved: true, schema: {} }],
      },
    },
  };
  expect(representationOf(doc).operations[0]?.parameters[0]).toMatchObject({
    in: "path",
    allowReserved: true,
  });
});

test("an answer to HEAD is empty, whatever is described", () => {
  const doc = operation("");
  const content = { "application/json": { schema: { type: "object" } } };
  doc.paths = { "/things": { head: { operationId: "run", responses: { 200: { content } } } } };
  expect(representationOf(doc).operations[0]?.outcomes).toEqual([{ status: "200", kind: "empty" }]);
});
