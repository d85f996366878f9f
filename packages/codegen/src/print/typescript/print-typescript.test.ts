import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { typeErrors } from "../../../test/check-types.ts";
import {
  clientOf,
  document,
  fixtures,
  operation,
  repository,
  representationOf,
  textOf,
} from "../../../test/documents.ts";
import { attacks, hostileDocument } from "../../../test/hostile.ts";
import { generate } from "../../generate.ts";
import { printTypeScript } from "./print-typescript.ts";

const schemas = `
schemas:
  Body: { type: object, required: [model], properties: { model: { type: string }, stream: { type: boolean }, format: { type: string, enum: [json, text] } } }
  Thing: { type: object, required: [id], properties: { id: { type: string } } }
  Chunk:
    type: object
    required: [id, object, created, model, choices]
    properties:
      id: { type: string }
      object: { const: chat.completion.chunk }
      created: { type: integer }
      model: { type: string }
      choices: { type: array, items: { type: object, required: [index, delta], properties: { index: { type: integer }, delta: { type: object, properties: { content: { type: [string, "null"] } } } } } }
`;
const body =
  "requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Body' } } } }";
const thing = "{ schema: { $ref: '#/components/schemas/Thing' } }";

test.each<[string, { given: string; use?: string }]>([
  [
    "that says almost nothing",
    { given: "", use: "const nothing: undefined = await client.things.create();\nvoid nothing;" },
  ],
  [
    "with every kind of parameter",
    {
      given:
        "parameters: [{ name: page, in: query, required: true, schema: { type: integer } }, { name: X-Trace, in: header, schema: { type: string } }, { name: c, in: cookie, schema: { type: boolean } }]",
      use: 'await client.things.create({ page: 1, "X-Trace": "t", c: true });\n// @ts-expect-error page is required\nawait client.things.create({});\n// @ts-expect-error page is a number\nawait client.things.create({ page: "1" });',
    },
  ],
  [
    "with JSON in and out",
    {
      given: `${body}\nresponses: { 200: { content: { application/json: ${thing} } } }`,
      use: 'const { id }: Thing = await client.things.create({ model: "m" });\nid.at(0);\n// @ts-expect-error model is required\nawait client.things.create({});',
    },
  ],
  [
    "that streams by a flag",
    {
      given: `${body}\nresponses: { 200: { content: { application/json: ${thing}, text/event-stream: { schema: { $ref: '#/components/schemas/Thing' } } } } }`,
      use: 'const stream = await client.things.create({ model: "m", stream: true });\nfor await (const item of stream) item.id.at(0);\nconst whole: Thing = await client.things.create({ model: "m" });\nconst same: Thing = await client.things.create({ model: "m", stream: false });\n// @ts-expect-error a stream is no thing\nconst wrong: Thing = await client.things.create({ model: "m", stream: true });\nvoid [whole, same, wrong];',
    },
  ],
  [
    "that streams when Accept asks for it",
    {
      given: `parameters: [{ name: page, in: query, schema: { type: integer } }]\nresponses: { 200: { content: { application/json: ${thing}, text/event-stream: { itemSchema: { type: object, required: [text], properties: { text: { type: string } } } } } } }`,
      use: "const stream = await client.things.create({ page: 1 }, { stream: true, maxRetries: 0 });\nfor await (const item of stream) item.text.at(0);\nfor await (const item of await client.things.create(undefined, { stream: true })) item.text.at(0);\nconst whole: Thing = await client.things.create();\nconst same: Thing = await client.things.create({ page: 1 }, { stream: false, maxRetries: 0 });\n// @ts-expect-error a stream is no thing\nconst wrong: Thing = await client.things.create({}, { stream: true });\n// @ts-expect-error it is no parameter\nvoid client.things.create({ stream: true });\nvoid [whole, same, wrong];",
    },
  ],
  [
    "that streams when a query parameter asks for it",
    {
      given: `parameters: [{ name: stream, in: query, schema: { type: boolean } }]\nresponses: { 200: { content: { application/json: ${thing}, application/jsonl: { itemSchema: { type: object, required: [text], properties: { text: { type: string } } } } } } }`,
      use: "for await (const item of await client.things.create({ stream: true })) item.text.at(0);\nconst whole: Thing = await client.things.create();\nconst same: Thing = await client.things.create({ stream: false });\n// @ts-expect-error a stream is no thing\nconst wrong: Thing = await client.things.create({ stream: true });\n// @ts-expect-error it is no option\nvoid client.things.create({}, { stream: true });\nvoid [whole, same, wrong];",
    },
  ],
  [
    "that streams chat completions",
    {
      given: `${body}\nresponses: { 200: { content: { application/json: ${thing}, text/event-stream: { schema: { $ref: '#/components/schemas/Chunk' } } } } }`,
      use: 'const stream = await client.things.create({ model: "m", stream: true });\nfor await (const { choices } of stream) choices[0]?.delta.content?.at(0);\nconst final: Thing = await stream.finalCompletion();\nvoid final;',
    },
  ],
  [
    "that streams named events",
    {
      given: `responses: { 200: { content: { text/event-stream: { schema: { oneOf: [{ properties: { event: { const: a }, data: { $ref: '#/components/schemas/Thing' } } }, { properties: { event: { const: b }, data: { type: number } } }] } } } } }`,
      use: 'for await (const item of await client.things.create()) {\n  if (item.event === "a") item.data.id.at(0);\n  else item.data.toFixed();\n}',
    },
  ],
  [
    "that streams text",
    {
      given: "responses: { 200: { content: { text/event-stream: { schema: { type: string } } } } }",
      use: "for await (const event of await client.things.create()) event.data.at(0);",
    },
  ],
  [
    "that streams JSON lines of any kind",
    {
      given: "responses: { 200: { content: { application/x-ndjson: {} } } }",
      use: "for await (const item of await client.things.create()) void item;",
    },
  ],
  [
    "whose answer a member of the body chooses",
    {
      given: `${body}\nresponses: { 200: { content: { application/json: ${thing}, text/plain: { schema: { type: string }, x-hawser-when: { property: format, values: [text] } } } } }`,
      use: 'const text: string = await client.things.create({ model: "m", format: "text" });\nconst json: Thing = await client.things.create({ model: "m", format: "json" });\nconst usual: Thing = await client.things.create({ model: "m" });\nvoid [text, json, usual];',
    },
  ],
  [
    "with a form and bytes",
    {
      given:
        "requestBody: { required: true, content: { multipart/form-data: { schema: { type: object, required: [file], properties: { file: { type: string, format: binary } } } } } }\nresponses: { 200: { content: { audio/mpeg: {} } } }",
      use: 'const answer = await client.things.create({ file: new Blob(["x"]) });\nconst bytes: Uint8Array = await answer.bytes();\nvoid bytes;',
    },
  ],
  [
    "with errors",
    {
      given:
        "responses: { 204: {}, 404: { content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }, 5XX: {}, default: {} }",
      use: "const result = await client.things.create().result();\nif (!result.ok && result.status === 404) result.error.body?.id.at(0);",
    },
  ],
  ["with security of every kind", { given: "security: [{ key: [] }, { oauth: [read] }, {}]" }],
])("the client of an operation %s compiles, and is used as meant", async (_name, { given, use = "" }) => {
  const components = `${schemas}securitySchemes: { key: { type: apiKey, in: header, name: K }, basic: { type: http, scheme: basic }, oauth: { type: oauth2 } }`;
  const files = await clientOf(operation(given, components));
  const head = 'import { TestClient, type Thing } from "./index.js";\nconst client = new TestClient();\n';
  expect(
    typeErrors(files, `${head}${use}\nexport type Used = Thing;\nexport const used = client;\n`),
  ).toEqual([]);
});

test("members are required of a schema that can be null, and it compiles", async () => {
  const doc = document(`
openapi: 3.0.3
paths: { /things: { post: { operationId: run, responses: { 200: { content: { application/json: { schema: { $ref: '#/components/schemas/Later' } } } } } } } }
components:
  schemas:
    Base: { type: object, nullable: true, properties: { start: { type: string }, end: { type: string } }, additionalProperties: true }
    Later: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object }], required: [start] }
`);
  const use =
    'import type { Later } from "./index.js";\nexport const text = (later: NonNullable<Later>): string => later.start;\n// @ts-expect-error: start is required\nexport const none: Later = {};\n';
  expect(typeErrors(await clientOf(doc), use)).toEqual([]);
});

test("a document of names that are taken compiles", async () => {
  const names = [
    "Error",
    "Record",
    "Client",
    "Promise",
    "Operation",
    "Service",
    "Uploadable",
    "Omit",
    "WithRequired",
    "DeleteErrors",
    "ThingsResource",
  ];
  const doc = document(`
x-hawser-client: { name: Client }
paths:
  '/things/{class}':
    parameters: [{ name: class, in: path, required: true, schema: { type: string } }]
    delete: { operationId: delete, responses: { 200: { content: { application/json: { schema: { $ref: '#/components/schemas/Error' } } } } } }
  /chat/completions: { post: { operationId: service } }
  /chat-completions: { post: { operationId: createClient } }
  /then: { get: { operationId: serviceOperation } }
components: { schemas: { ${names.map((name) => `${name}: { type: object, properties: { map: { type: object, additionalProperties: { $ref: '#/components/schemas/Record' } } } }`).join(", ")} } }
`);
  expect(typeErrors(await clientOf(doc))).toEqual([]);
});

test.each(attacks)("a document full of %j compiles, and its strings stay strings", async (attack) => {
  const files = await clientOf(hostileDocument(attack));
  expect(typeErrors(files)).toEqual([]);
  for (const { path, content } of files) {
    const { statements } = ts.createSourceFile(path, content, ts.ScriptTarget.ES2022);
    const kinds = statements.map((statement) => ts.SyntaxKind[statement.kind]);
    expect(
      kinds.filter(
        (kind) =>
          !/^(Import|Export|Interface|TypeAlias|Class|Function)Declaration$|^VariableStatement$|^FirstStatement$/.test(
            kind,
          ),
      ),
    ).toEqual([]);
  }
});

test.each<[string, { document: string; overlays?: string[] }]>([
  ["of several files", { document: join(fixtures, "harbour", "openapi.yaml") }],
  [
    "Runcrate",
    {
      document: join(repository, "openapi/runcrate/inference.yaml"),
      overlays: [join(repository, "openapi/runcrate/inference.overlay.yaml")],
    },
  ],
  ["Runcrate, without an overlay,", { document: join(repository, "openapi/runcrate/inference.yaml") }],
])("the document %s compiles", async (_name, options) => {
  expect(typeErrors((await generate(options)).files)).toEqual([]);
});

test.each<[string, { given: Parameters<typeof printTypeScript>[1]; want: string[] }]>([
  ["by default as for compiled code", { given: {}, want: ["@hawser/runtime", "./schema.js"] }],
  [
    "as asked for",
    { given: { runtime: "../runtime.ts", importExtension: ".ts" }, want: ["../runtime.ts", "./schema.ts"] },
  ],
  ["without extensions", { given: { importExtension: "" }, want: ["@hawser/runtime", "./schema"] }],
])("modules are imported %s", async (_name, { given, want }) => {
  const ir = representationOf(
    operation("responses: { 200: { content: { application/json: { schema: { type: object } } } } }"),
  );
  const text = textOf(await printTypeScript(ir, given), "operations.ts");
  expect([...text.matchAll(/from "([^"]*)";$/gm)].map(([, module]) => module)).toEqual(want);
});

test("every file says in its first line that it is generated", async () => {
  for (const { content } of await clientOf(document('info: { title: "A\\nB */", version: 1.0.0 }'))) {
    expect(content.split("\n")[0]).toBe(
      '// Generated by Hawser from "A B *\\/" 1.0.0. Do not edit: change the document or its overlay and generate again.',
    );
  }
});

test("paths that differ by their query are methods of their own, and the query is sent", async () => {
  const doc = document(`
paths:
  /models: { get: { operationId: listModels, responses: { 204: {} } } }
  /models?type=chat&page={page}: { get: { operationId: listChatModels, parameters: [{ name: page, in: path, required: true, schema: { type: integer } }], responses: { 204: {} } } }
  /models?type=image: { get: { operationId: listImageModels, responses: { 204: {} } } }
`);
  const files = await clientOf(doc);
  const use = `import { createClient, listChatModels, listImageModels } from "./operations.js";
const client = createClient();
await listImageModels(client);
await listChatModels(client, { page: 2 });
`;
  expect(typeErrors(files, use)).toEqual([]);
  const text = textOf(files, "operations.ts");
  expect(text).toContain('{ params: { type: "chat", ...params } }');
  expect(text).toContain('{ params: { type: "image" } }');
});
