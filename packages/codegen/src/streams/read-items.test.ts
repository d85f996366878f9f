import { expect, test } from "vitest";
import { parse } from "yaml";
import { document } from "../../test/documents.ts";
import { readItems } from "./read-items.ts";

const components = document(`
components:
  schemas:
    Chunk: { properties: { id: { type: string }, data: { type: object }, model: { type: string } } }
    Event: { properties: { data: { $ref: '#/components/schemas/Chunk' } } }
    Text: { type: string }
`);
const chunk = "{ $ref: '#/components/schemas/Chunk' }";

test.each<[string, { given: string; want: string }]>([
  [
    "an object with other members than an event is the payload",
    { given: chunk, want: `{ item: payload, events: [{ schema: ${chunk} }] }` },
  ],
  [
    "an object with members of an event but no data is the payload",
    {
      given: "{ properties: { id: {}, event: {} } }",
      want: "{ item: payload, events: [{ schema: { properties: { id: {}, event: {} } } }] }",
    },
  ],
  [
    "an object with members of an event is the envelope, by reference too",
    {
      given: "{ $ref: '#/components/schemas/Event' }",
      want: `{ item: payload, events: [{ schema: ${chunk} }] }`,
    },
  ],
  [
    "an envelope is put together from allOf",
    {
      given: `{ allOf: [{ properties: { id: { type: string } } }, { properties: { data: ${chunk} } }] }`,
      want: `{ item: payload, events: [{ schema: ${chunk} }] }`,
    },
  ],
  [
    "a content schema is the payload",
    {
      given: `{ properties: { data: { type: string, contentMediaType: application/json, contentSchema: ${chunk} } } }`,
      want: `{ item: payload, events: [{ schema: ${chunk} }] }`,
    },
  ],
  [
    "JSON of which nothing is said can be anything",
    {
      given: "{ properties: { data: { type: string, contentMediaType: application/json } } }",
      want: "{ item: payload, events: [{ schema: {} }] }",
    },
  ],
  [
    "data that is text stays text",
    {
      given: "{ properties: { id: { type: integer }, data: { $ref: '#/components/schemas/Text' } } }",
      want: "{ item: text, events: [] }",
    },
  ],
  ["a string is text", { given: "{ type: string }", want: "{ item: text, events: [] }" }],
  ["no schema is text", { given: "{}", want: "{ item: text, events: [] }" }],
  [
    "a union of payloads is one payload",
    {
      given: `{ oneOf: [${chunk}, { type: number }] }`,
      want: `{ item: payload, events: [{ schema: { oneOf: [${chunk}, { type: number }] } }] }`,
    },
  ],
  [
    "a constant is the marker of the end",
    {
      given: `{ anyOf: [{ properties: { data: ${chunk} } }, { properties: { data: { const: END } } }] }`,
      want: `{ item: payload, events: [{ schema: ${chunk} }], sentinel: END }`,
    },
  ],
  [
    "an enum of one value is the marker of the end, with a name too",
    {
      given: `{ anyOf: [{ properties: { event: { const: a }, data: ${chunk} } }, { properties: { event: { enum: [done] }, data: { enum: ['[DONE]'] } } }] }`,
      want: `{ item: envelope, events: [{ name: a, schema: ${chunk} }], sentinel: '[DONE]' }`,
    },
  ],
  [
    "an enum of several values is data",
    {
      given: "{ properties: { data: { type: string, enum: [on, off] } } }",
      want: "{ item: payload, events: [{ schema: { type: string, enum: [on, off] } }] }",
    },
  ],
  [
    "names of events make envelopes",
    {
      given: `{ oneOf: [{ properties: { event: { const: a }, data: ${chunk} } }, { properties: { event: { enum: [b] }, data: { type: number } } }] }`,
      want: `{ item: envelope, events: [{ name: a, schema: ${chunk} }, { name: b, schema: { type: number } }] }`,
    },
  ],
  [
    "an envelope of several names is one kind of event for each",
    {
      given: `{ properties: { event: { enum: [a, b] }, data: ${chunk} } }`,
      want: `{ item: envelope, events: [{ name: a, schema: ${chunk} }, { name: b, schema: ${chunk} }] }`,
    },
  ],
  [
    "an event called error is the error",
    {
      given: `{ oneOf: [{ properties: { data: ${chunk} } }, { properties: { event: { const: error }, data: { type: object } } }] }`,
      want: `{ item: payload, events: [{ schema: ${chunk} }], error: { type: object } }`,
    },
  ],
  [
    "a bare payload beside envelopes is kept",
    {
      given: `{ oneOf: [{ properties: { data: { const: END } } }, ${chunk}] }`,
      want: `{ item: payload, events: [{ schema: ${chunk} }], sentinel: END }`,
    },
  ],
])("server-sent events: %s", (_name, { given, want }) => {
  expect(readItems(components, parse(given), "server-sent-events")).toEqual(parse(want));
});

test.each<[string, { given: string; want: string }]>([
  [
    "an object with members of an event is no envelope",
    {
      given: "{ properties: { data: { type: object } } }",
      want: "{ item: payload, events: [{ schema: { properties: { data: { type: object } } } }] }",
    },
  ],
  [
    "a string says nothing of the lines",
    { given: "{ type: string }", want: "{ item: payload, events: [] }" },
  ],
])("JSON lines: %s", (_name, { given, want }) => {
  expect(readItems(components, parse(given), "json-lines")).toEqual(parse(want));
});
