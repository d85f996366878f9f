import { expect, test } from "vitest";
import { parse } from "yaml";
import { operation, runPass } from "../../test/documents.ts";
import { asObject, resolvePointer } from "../json.ts";
import { applyOverlay } from "../overlay/apply-overlay.ts";
import { streams } from "./streams.ts";

const chunk =
  "{ properties: { choices: { type: array, items: { properties: { delta: { type: object } } } } } }";
const components = `
schemas:
  Chunk: ${chunk}
  Request: { properties: { stream: { type: boolean } } }
  Delta: { properties: { text: { type: string } } }
  Done: { properties: { reason: { type: string } } }
`;
const body =
  "requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Request' } } } }";
const json = "application/json: { schema: { type: object } }";
const reference = (name: string) => `{ $ref: '#/components/schemas/${name}' }`;
const usual = "status: '200', mediaType: text/event-stream, framing: server-sent-events";

test.each<[string, { given: string; want: string }]>([
  [
    "1: JSON and events under one status, the schema is the payload, the flag stands in the body",
    {
      given: `${body}\nresponses: { 200: { content: { ${json}, text/event-stream: { schema: ${reference("Chunk")} } } } }`,
      want: `{ mode: flag, flag: stream, ${usual}, item: payload, events: [{ schema: ${reference("Chunk")} }], dialect: chat.completions }`,
    },
  ],
  [
    "2: an envelope, with the sentinel and the flag of another vendor's extensions",
    {
      given: `
x-speakeasy-stream-request-field: live
${body}
responses:
  200:
    content:
      ${json}
      text/event-stream: { x-speakeasy-sse-sentinel: '[DONE]', schema: { properties: { data: ${reference("Chunk")} } } }
`,
      want: `{ mode: flag, flag: live, ${usual}, item: payload, events: [{ schema: ${reference("Chunk")} }], sentinel: '[DONE]', dialect: chat.completions }`,
    },
  ],
  [
    "5: itemSchema with an envelope, a content schema and a constant marker",
    {
      given: `
responses:
  200:
    content:
      text/event-stream:
        itemSchema:
          oneOf:
            - properties: { data: { type: string, contentMediaType: application/json, contentSchema: ${reference("Chunk")} } }
            - properties: { data: { const: '[DONE]' } }
            - properties: { event: { const: error }, data: { type: string, contentMediaType: application/json, contentSchema: ${reference("Done")} } }
`,
      want: `{ mode: always, ${usual}, item: payload, events: [{ schema: ${reference("Chunk")} }], sentinel: '[DONE]', error: ${reference("Done")}, dialect: chat.completions }`,
    },
  ],
  [
    "7: itemSchema is the payload",
    {
      given: `responses: { 200: { content: { text/event-stream: { itemSchema: ${reference("Delta")} } } } }`,
      want: `{ mode: always, ${usual}, item: payload, events: [{ schema: ${reference("Delta")} }] }`,
    },
  ],
  [
    "8: JSON lines beside JSON",
    {
      given: `${body}\nresponses: { 200: { content: { ${json}, application/x-ndjson: { schema: ${reference("Delta")} } } } }`,
      want: `{ mode: flag, flag: stream, status: '200', mediaType: application/x-ndjson, framing: json-lines, item: payload, events: [{ schema: ${reference("Delta")} }] }`,
    },
  ],
  [
    "9: a string, its shape in prose",
    {
      given: "responses: { 200: { content: { text/event-stream: { schema: { type: string } } } } }",
      want: `{ mode: always, ${usual}, item: text, events: [] }`,
    },
  ],
  [
    "10: an envelope for each event name",
    {
      given: `
responses:
  200:
    content:
      text/event-stream:
        schema:
          oneOf:
            - properties: { event: { const: delta }, data: ${reference("Delta")} }
            - properties: { event: { const: done }, data: ${reference("Done")} }
`,
      want: `{ mode: always, ${usual}, item: envelope, events: [{ name: delta, schema: ${reference("Delta")} }, { name: done, schema: ${reference("Done")} }] }`,
    },
  ],
])("dialect %s", (_name, { given, want }) => {
  const doc = operation(given, components);
  const { changes, problems } = runPass(streams, doc);
  expect(problems).toEqual([]);
  expect(resolvePointer(doc, "#/paths/~1things/post/x-hawser-stream")).toEqual(parse(want));
  expect(changes).toEqual([
    {
      rule: "streams",
      pointer: "#/paths/~1things/post/x-hawser-stream",
      after: parse(want),
      reason: "A stream is described in one form, whichever form the document has.",
    },
  ]);
});

test.each<[string, { given: string; want: string }]>([
  [
    "a sequence of JSON texts, its schema an array, and never a dialect",
    {
      given: `{ application/json-seq: { schema: { type: array, items: ${reference("Chunk")} } } }`,
      want: `{ mediaType: application/json-seq, framing: json-sequence, item: payload, events: [{ schema: ${reference("Chunk")} }] }`,
    },
  ],
  [
    "JSON lines whose schema is an array",
    {
      given: `{ application/jsonl: { schema: { type: array, items: ${reference("Delta")} } } }`,
      want: `{ mediaType: application/jsonl, framing: json-lines, item: payload, events: [{ schema: ${reference("Delta")} }] }`,
    },
  ],
  [
    "parts of JSON",
    {
      given: `{ multipart/mixed: { itemSchema: ${reference("Delta")} } }`,
      want: `{ mediaType: multipart/mixed, framing: multipart-mixed, item: payload, events: [{ schema: ${reference("Delta")} }] }`,
    },
  ],
])("an answer can be %s", (_name, { given, want }) => {
  const document = operation(`responses: { 200: { content: ${given} } }`, components);
  expect(runPass(streams, document).problems).toEqual([]);
  expect(asObject(resolvePointer(document, "#/paths/~1things/post"))["x-hawser-stream"]).toEqual({
    mode: "always",
    status: "200",
    ...(parse(want) as object),
  });
});

test.each(["dialect: messages", "item: envelope"])("no %s is chosen where items are values", (key) => {
  const document = operation(
    `x-hawser-stream: { ${key} }\nresponses: { 200: { content: { application/json-seq: {} } } }`,
    components,
  );
  expect(runPass(streams, document).problems).toEqual([
    expect.stringContaining("a stream of application/json-seq has no"),
  ]);
});

test("dialect 6: itemSchema counts in a 3.1 document too", () => {
  const doc = operation(
    `responses: { 200: { content: { text/event-stream: { itemSchema: ${reference("Delta")}, schema: { type: string } } } } }`,
    components,
  );
  doc.openapi = "3.1.0";
  runPass(streams, doc);
  expect(resolvePointer(doc, "#/paths/~1things/post/x-hawser-stream")).toMatchObject({
    item: "payload",
    events: [{ schema: parse(reference("Delta")) }],
  });
});

test("dialect 3: a stream the document says nothing of comes from an overlay", () => {
  const bare = operation(`${body}\nresponses: { 200: { content: { ${json} } } }`, components);
  const doc = applyOverlay(bare, {
    source: "o.yaml",
    actions: [
      { target: "$.paths['/things'].post.responses['200'].content", update: { "text/event-stream": {} } },
      {
        target: "$.paths['/things'].post",
        update: { "x-hawser-stream": { itemSchema: parse(reference("Chunk")), sentinel: "[DONE]" } },
      },
    ],
  });
  const [change] = runPass(streams, doc).changes;
  expect(change?.before).toEqual({ itemSchema: parse(reference("Chunk")), sentinel: "[DONE]" });
  expect(change?.after).toEqual(
    parse(
      `{ mode: flag, flag: stream, ${usual}, item: payload, events: [{ schema: ${reference("Chunk")} }], sentinel: '[DONE]', dialect: chat.completions }`,
    ),
  );
});

test.each<[string, { given: string; want: Record<string, unknown> }]>([
  ["the flag", { given: "{ flag: live }", want: { flag: "live" } }],
  ["the sentinel", { given: "{ sentinel: END }", want: { sentinel: "END" } }],
  ["envelope or payload", { given: "{ item: envelope }", want: { item: "envelope" } }],
  ["the dialect", { given: "{ dialect: responses }", want: { dialect: "responses" } }],
  [
    "the schema of an item",
    {
      given: `{ itemSchema: ${reference("Done")} }`,
      want: { events: [{ schema: parse(reference("Done")) }] },
    },
  ],
])("what an overlay says goes before what the document says: %s", (_name, { given, want }) => {
  const doc = operation(
    `x-hawser-stream: ${given}\n${body}\nresponses: { 200: { content: { ${json}, text/event-stream: { x-speakeasy-sse-sentinel: X, schema: ${reference("Chunk")} } } } }`,
    components,
  );
  runPass(streams, doc);
  expect(resolvePointer(doc, "#/paths/~1things/post/x-hawser-stream")).toMatchObject(want);
});

test("schemas of events that have no name get one, made from the operation and the event", () => {
  const doc = operation(
    `responses: { 200: { content: { text/event-stream: { schema: { oneOf: [{ properties: { event: { const: run.step }, data: { type: object } } }, { properties: { data: { type: number } } }, { properties: { event: { const: error }, data: { type: array } } }] } } } } }`,
  );
  runPass(streams, doc);
  expect(asObject(doc.components).schemas).toEqual({
    RunRunStepEvent: { type: "object" },
    RunEvent: { type: "number" },
    RunStreamError: { type: "array" },
  });
  expect(resolvePointer(doc, "#/paths/~1things/post/x-hawser-stream")).toMatchObject({
    events: [
      { name: "run.step", schema: parse(reference("RunRunStepEvent")) },
      { schema: parse(reference("RunEvent")) },
    ],
    error: parse(reference("RunStreamError")),
  });
});

test("a stream in the default answer is found when no 2xx answer is named", () => {
  const doc = operation(
    `responses: { default: { content: { text/event-stream: { schema: ${reference("Delta")} } } } }`,
    components,
  );
  runPass(streams, doc);
  expect(resolvePointer(doc, "#/paths/~1things/post/x-hawser-stream")).toMatchObject({
    mode: "always",
    status: "default",
  });
});

test("a shared answer is followed", () => {
  const doc = operation(
    "responses: { 200: { $ref: '#/components/responses/Events' } }",
    `${components}\nresponses: { Events: { content: { text/event-stream: { schema: ${reference("Delta")} } } } }`,
  );
  runPass(streams, doc);
  expect(resolvePointer(doc, "#/paths/~1things/post/x-hawser-stream/events")).toEqual([
    { schema: parse(reference("Delta")) },
  ]);
});

const both = `responses: { 200: { content: { ${json}, text/event-stream: {} } } }`;
const taking = (schema: string) =>
  `requestBody: { content: { application/json: { schema: ${schema} } } }\n${both}`;
const parameter = (name: string, schema: string) =>
  `parameters: [{ name: ${name}, in: query, schema: ${schema} }]\n${both}`;

test.each<[string, string, object]>([
  ["Accept, of a request without a flag", both, { mode: "accept" }],
  ["Accept, whatever else the query holds", parameter("live", "{ type: boolean }"), { mode: "accept" }],
  ["Accept, where nobody describes the body", taking("{ type: object }"), { mode: "accept" }],
  ["the body", taking("{ properties: { stream: { type: boolean } } }"), { mode: "flag", flag: "stream" }],
  [
    "a member of the body that may be null",
    taking("{ properties: { stream: { anyOf: [{ type: boolean }, { type: 'null' }] } } }"),
    { mode: "flag", flag: "stream" },
  ],
  [
    "a member that one variant of the body has",
    taking("{ anyOf: [{ type: string }, { allOf: [{ properties: { stream: { type: boolean } } }] }] }"),
    { mode: "flag", flag: "stream" },
  ],
  [
    "a query parameter",
    parameter("stream", "{ type: boolean }"),
    { mode: "flag", flag: "stream", in: "query" },
  ],
  [
    "a query parameter that a key names",
    `x-hawser-stream: { flag: live, explicit: true }\n${parameter("live", "{ type: boolean }")}`,
    { mode: "flag", flag: "live", in: "query", explicit: true },
  ],
  [
    "a query parameter beside a body without such a member",
    `x-hawser-stream: { flag: live }\nparameters: [{ name: live, in: query, schema: { type: boolean } }]\n${taking("{ type: object }")}`,
    { mode: "flag", flag: "live", in: "query" },
  ],
  [
    "a member of the body nobody describes that a key names",
    `x-hawser-stream: { flag: live }\n${taking("{ type: object }")}`,
    { mode: "flag", flag: "live" },
  ],
])("what chooses between stream and JSON: %s", (_name, given, want) => {
  const doc = operation(given);
  expect(runPass(streams, doc).problems).toEqual([]);
  const found = resolvePointer(doc, "#/paths/~1things/post/x-hawser-stream") as Record<string, unknown>;
  const { mode, flag, in: place, explicit } = found;
  expect({ mode, flag, in: place, explicit }).toEqual({
    flag: undefined,
    in: undefined,
    explicit: undefined,
    ...want,
  });
});

const unclear = (why: string) =>
  `#/paths/~1things/post: it answers text/event-stream or JSON, and nothing says which request asks for which: ${why} or remove one of the two answers, in an overlay if need be.`;
const set =
  "Set x-hawser-stream.flag to the boolean member of the request body, or the boolean query parameter, that does,";

test.each<[string, { given: string; want: string[] }]>([
  [
    "a member stream that is no boolean",
    {
      given: taking("{ properties: { stream: { type: string } } }"),
      want: [unclear(`"stream" of the request is no boolean. ${set}`)],
    },
  ],
  [
    "a parameter stream that is no boolean",
    {
      given: parameter("stream", "{ type: string }"),
      want: [unclear(`"stream" of the request is no boolean. ${set}`)],
    },
  ],
  [
    "a flag without a body to hold it",
    {
      given: `x-hawser-stream: { flag: live }\n${both}`,
      want: [
        unclear(
          'it has no body, and no query parameter "live". Set x-hawser-stream.flag to a boolean query parameter, leave it out if the Accept header chooses,',
        ),
      ],
    },
  ],
  [
    "a stream beside JSON of another status",
    {
      given: `responses: { 200: { content: { text/event-stream: {} } }, 202: { content: { ${json} } } }`,
      want: [unclear(`they have different statuses. ${set}`)],
    },
  ],
  [
    "a flag that is always sent where Accept chooses",
    {
      given: `x-hawser-stream: { explicit: true }\n${both}`,
      want: [
        "#/paths/~1things/post/x-hawser-stream/explicit: the Accept header asks for the stream, so that there is no flag to send.",
      ],
    },
  ],
  [
    "a stream where nothing streams",
    {
      given: `x-hawser-stream: { sentinel: END }\nresponses: { 200: { content: { ${json} } } }`,
      want: [
        "#/paths/~1things/post: x-hawser-stream is set, but no 2xx answer has a sequential media type such as text/event-stream.",
      ],
    },
  ],
])("%s is a problem", (_name, { given, want }) => {
  expect(runPass(streams, operation(given)).problems).toEqual(want);
});

test("an operation that does not stream is left alone", () => {
  expect(runPass(streams, operation(`responses: { 200: { content: { ${json} } } }`)).changes).toEqual([]);
});
