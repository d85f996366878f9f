import { expect, test } from "vitest";
import { parse } from "yaml";
import { document } from "../../test/documents.ts";
import { dialectOf, misfitOf } from "./dialect-of.ts";

const event = (type: string, required = "[type]") =>
  `{ type: object, required: ${required}, properties: { type: { ${type} } } }`;
const responses = [
  event("enum: [response.created, response.completed]"),
  event("const: response.output_text.delta"),
  event("type: string"),
];
const messages = [
  event("const: message_start"),
  event("enum: [content_block_delta, ping]"),
  `{ allOf: [{ $ref: '#/components/schemas/Typed' }, { properties: { type: { const: message_stop } } }] }`,
];
const chunk = "{ properties: { choices: { items: { properties: { delta: {} } } } } }";
const doc = document(`
components: { schemas: { Typed: { required: [type] }, Event: { oneOf: [${responses.join(", ")}] }, Loop: { oneOf: [{ $ref: '#/components/schemas/Loop' }] } } }
`);
const schemas = (given: readonly string[]) => given.map((schema) => parse(schema));

test.each<[string, { given: readonly string[]; want: string | undefined }]>([
  ["choices with a delta", { given: [chunk], want: "chat.completions" }],
  ["all types of the Responses API that matter", { given: responses, want: "responses" }],
  ["a union by reference", { given: ["{ $ref: '#/components/schemas/Event' }"], want: "responses" }],
  ["all types of the Messages API that matter", { given: messages, want: "messages" }],
  ["only some of its types", { given: responses.slice(0, 1), want: undefined }],
  [
    "an event that need not say its type",
    { given: [...responses, event("type: string", "[]")], want: undefined },
  ],
  ["a type that is no text", { given: [...responses, event("const: 1")], want: undefined }],
  ["chunks and something else", { given: [chunk, event("type: string")], want: undefined }],
  ["nothing", { given: [], want: undefined }],
  ["a union that is only itself", { given: ["{ $ref: '#/components/schemas/Loop' }"], want: undefined }],
])("%s tells the dialect, or leaves it open", (_name, { given, want }) => {
  expect(dialectOf(doc, schemas(given))).toBe(want);
});

test.each<
  [
    string,
    { dialect: "chat.completions" | "responses" | "messages"; given: readonly string[]; want?: string },
  ]
>([
  ["chunks for chat completions", { dialect: "chat.completions", given: [chunk] }],
  [
    "events for chat completions",
    { dialect: "chat.completions", given: responses, want: 'its items need "choices", each with a "delta"' },
  ],
  ["some typed events for messages", { dialect: "messages", given: [event("type: string")] }],
  ["nothing for responses", { dialect: "responses", given: [] }],
  [
    "chunks for responses",
    { dialect: "responses", given: [chunk], want: 'each of its events needs "type", a required string' },
  ],
])("declared: %s", (_name, { dialect, given, want }) => {
  expect(misfitOf(doc, dialect, schemas(given))).toBe(want);
});
