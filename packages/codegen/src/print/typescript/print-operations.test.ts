import { expect, test } from "vitest";
import { typeErrors } from "../../../test/check-types.ts";
import { clientOf, document, operation, textOf } from "../../../test/documents.ts";

async function printed(...given: Parameters<typeof operation>): Promise<string> {
  return textOf(await clientOf(operation(...given)), "operations.ts");
}
/** One declaration of the text, from its name to the end. */
function declaration(text: string, start: string): string {
  return text.slice(text.indexOf(start)).split("\n}")[0] ?? "";
}

test("the service tells servers, security and environment", async () => {
  const doc = document(`
info: { title: Harbour, version: 2.0.0 }
x-hawser-client: { name: Harbour, environment: { apiKey: HARBOUR_KEY } }
servers: [{ url: https://harbour.example }]
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-KEY } } }
`);
  const text = textOf(await clientOf(doc), "operations.ts");
  expect(declaration(text, "export const service")).toBe(
    `export const service = {
  name: "Harbour",
  version: "2.0.0",
  servers: [{ url: "https://harbour.example" }],
  security: { key: { type: "apiKey", in: "header", name: "X-KEY" } },
  environment: { apiKey: "HARBOUR_KEY" },`,
  );
  expect(text.replaceAll("\n * ", " ")).toContain(
    "the environment variable `HARBOUR_KEY`; the base URL is the option `baseURL` or `https://harbour.example`.",
  );
});

test("a document without servers names no URL", async () => {
  expect(await printed("")).toContain("the base URL is the option `baseURL`.");
});

test("all that comes from the runtime is one import", async () => {
  const text = await printed(
    "responses: { 200: { content: { text/event-stream: { schema: { type: object } } } } }",
  );
  expect(text.match(/from "@hawser\/runtime"/g)).toHaveLength(1);
  expect(text).toContain("  EventStream,\n");
  expect(text).toContain("  createClient as createServiceClient,\n");
});

test("an operation holds only what differs from what the runtime takes for granted", async () => {
  expect(
    declaration(
      await printed(
        "security: [{ key: [] }]",
        "{ securitySchemes: { key: { type: http, scheme: bearer }, other: { type: oauth2 } } }",
      ),
      "export const runOperation",
    ),
  ).toBe(
    `export const runOperation = {
  id: "run",
  method: "POST",
  path: "/things",
  retry: "costly",
  outcomes: [{ status: "204", kind: "empty" }],`,
  );
});

test.each<[string, { given: string; want: string }]>([
  ["no key at all", { given: "security: []", want: "  security: [],\n" }],
  [
    "another key than the first",
    { given: "security: [{ other: [read] }]", want: '  security: [{ other: ["read"] }],\n' },
  ],
  ["a choice of keys", { given: "security: [{ key: [] }, {}]", want: "  security: [{ key: [] }, {}],\n" }],
  [
    "parameters",
    {
      given:
        "parameters: [{ name: q, in: query, schema: {} }, { name: d, in: query, style: deepObject, explode: true, required: true, schema: {} }, { name: h, in: header, explode: true, schema: {} }, { name: c, in: cookie, explode: false, allowReserved: true, content: { application/json: {} } }]",
      want: `  parameters: [
    { name: "q", in: "query" },
    { name: "d", in: "query", required: true, style: "deepObject", explode: true },
    { name: "h", in: "header", explode: true },
    { name: "c", in: "cookie", explode: false, allowReserved: true, content: "application/json" },
  ],
`,
    },
  ],
  [
    "a form with parts",
    {
      given:
        "requestBody: { content: { multipart/form-data: { schema: {}, encoding: { meta: { contentType: application/json } } } } }",
      want: `  body: {
    encoding: "multipart",
    write: multipartBody,
    mediaType: "multipart/form-data",
    required: false,
    parts: { meta: { contentType: "application/json" } },
  },
`,
    },
  ],
  ["timeouts", { given: "x-hawser-timeouts: { total: 5000 }", want: "  timeouts: { total: 5000 }," }],
  [
    "a stream of text, whose items are events",
    {
      given: "responses: { 200: { content: { text/event-stream: {} } } }",
      want: '  stream: { mode: "always", framing: "server-sent-events", item: "envelope", type: EventStream },',
    },
  ],
  [
    "a sequence of JSON texts, whose framing is a value",
    {
      given: "responses: { 200: { content: { application/json-seq: {} } } }",
      want: '  stream: { mode: "always", framing: jsonSequence, item: "payload", type: EventStream },',
    },
  ],
  [
    "parts, whose framing is a value",
    {
      given: "responses: { 200: { content: { multipart/mixed: { itemSchema: {} } } } }",
      want: '  outcomes: [{ status: "200", kind: "stream", mediaType: "multipart/mixed" }],\n  stream: { mode: "always", framing: multipartMixed, item: "payload", type: EventStream },',
    },
  ],
])("an operation with %s says so", async (_name, { given, want }) => {
  const text = await printed(
    given,
    "{ securitySchemes: { key: { type: http, scheme: bearer }, other: { type: oauth2 } } }",
  );
  expect(declaration(text, "export const runOperation")).toContain(want);
});

test("outcomes keep the condition the runtime asks by, and leave out the schema only the types need", async () => {
  const text = await printed(
    "requestBody: { content: { application/json: { schema: { type: object } } } }\nresponses: { 200: { content: { application/json: {}, text/plain: { x-hawser-when: { property: format, values: [text] } } } } }",
  );
  expect(declaration(text, "export const runOperation")).toContain(
    'outcomes: [\n    { status: "200", kind: "json", mediaType: "application/json" },\n    {\n      status: "200",\n      kind: "text",\n      mediaType: "text/plain",\n      when: { property: "format", values: ["text"] },\n    },\n  ],',
  );
});

test("errors are types by status", async () => {
  const text = await printed(
    "responses: { 204: {}, 404: { description: Not there., content: { application/json: { schema: { type: object } } } }, 5XX: {}, default: {} }",
  );
  expect(declaration(text, "export interface RunErrors")).toBe(
    'export interface RunErrors {\n  /** Not there. */\n  404: RunError404;\n  "5XX": unknown;\n  default: unknown;',
  );
});

test("a function is one statement", async () => {
  expect(declaration(await printed(""), "export function run(")).toBe(
    "export function run(client: Client, options?: RequestOptions): APIPromise<undefined, RunErrors> {\n  return client.request(runOperation, {}, options);",
  );
});

test("a scheme that tokens can be asked for names the function that asks", async () => {
  const doc = document(`
x-hawser-client: { name: Harbour, environment: { clientId: HARBOUR_ID, clientSecret: HARBOUR_SECRET } }
servers: [{ url: https://harbour.example }]
components: { securitySchemes: { oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: /token, scopes: {} } } } } }
`);
  const files = await clientOf(doc);
  expect(textOf(files, "operations.ts")).toContain(
    'security: { oauth: { type: "oauth2", tokenUrl: "/token", grant: clientCredentials } },\n  environment: { clientId: "HARBOUR_ID", clientSecret: "HARBOUR_SECRET" },',
  );
  expect(typeErrors(files)).toEqual([]);
});
