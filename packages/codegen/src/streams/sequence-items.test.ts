import { expect, test } from "vitest";
import { parse } from "yaml";
import { document } from "../../test/documents.ts";
import { asObject } from "../json.ts";
import { itemSchemaFrom, readParts } from "./sequence-items.ts";
import { streamFramingOf } from "./stream-framing-of.ts";

const components = document(`
components:
  schemas:
    Ship: { type: object, properties: { name: { type: string } } }
    Fleet: { type: array, items: { $ref: '#/components/schemas/Ship' } }
    Text: { type: string }
`);
const ship = "{ $ref: '#/components/schemas/Ship' }";
const text = "{ $ref: '#/components/schemas/Text' }";

test.each<[string, string, string]>([
  ["an item, as documents before 3.2 have it", ship, ship],
  ["an array, as 3.2 describes a sequence", `{ type: array, items: ${ship} }`, ship],
  ["an array by reference", "{ $ref: '#/components/schemas/Fleet' }", ship],
  ["an array of anything", "{ type: array }", "{}"],
  [
    "an array with other items at its beginning",
    `{ type: [array, 'null'], prefixItems: [{ type: string }], items: ${ship} }`,
    `{ anyOf: [{ type: string }, ${ship}] }`,
  ],
  ["an array of so many items", `{ prefixItems: [${ship}], items: false }`, ship],
])("the schema of a sequence of JSON texts can be %s", (_name, given, want) => {
  expect(itemSchemaFrom(components, parse(given))).toEqual(parse(want));
});

test.each<[string, string, string]>([
  ["objects are JSON", `{ itemSchema: ${ship} }`, `{ item: payload, events: [{ schema: ${ship} }] }`],
  [
    "so are the items of an array",
    "{ schema: { $ref: '#/components/schemas/Fleet' } }",
    `{ item: payload, events: [{ schema: ${ship} }] }`,
  ],
  ["texts are not", `{ itemSchema: ${text} }`, "{ item: part, events: [] }"],
  ["what nothing is said of is not", "{ itemSchema: {} }", "{ item: part, events: [] }"],
  ["nor is an array of anything", "{ schema: { type: array } }", "{ item: part, events: [] }"],
  [
    "the encoding's type goes before that",
    `{ itemSchema: ${ship}, itemEncoding: { contentType: application/xml } }`,
    "{ item: part, events: [] }",
  ],
  [
    "text can be sent as JSON",
    `{ itemSchema: ${text}, itemEncoding: { contentType: application/problem+json } }`,
    `{ item: payload, events: [{ schema: ${text} }] }`,
  ],
  [
    "there can be both",
    `{ itemSchema: ${ship}, itemEncoding: { contentType: 'application/json, image/*' } }`,
    `{ item: part, events: [{ schema: ${ship} }] }`,
  ],
  [
    "a union can have both",
    `{ itemSchema: { oneOf: [${ship}, { type: string, contentEncoding: binary }] } }`,
    `{ item: part, events: [{ schema: ${ship} }] }`,
  ],
  [
    "a union of objects stays one",
    `{ itemSchema: { oneOf: [${ship}, { properties: { a: {} } }] } }`,
    `{ item: payload, events: [{ schema: { oneOf: [${ship}, { properties: { a: {} } }] } }] }`,
  ],
  [
    "a union within one counts with its kinds",
    `{ itemSchema: { oneOf: [{ anyOf: [${ship}, { oneOf: [${text}] }] }, { type: array }] } }`,
    `{ item: part, events: [{ schema: ${ship} }, { schema: { type: array } }] }`,
  ],
  [
    "unions of objects within one stay one",
    `{ itemSchema: { oneOf: [{ anyOf: [${ship}] }, { type: array }] } }`,
    `{ item: payload, events: [{ schema: { oneOf: [{ anyOf: [${ship}] }, { type: array }] } }] }`,
  ],
  [
    "places have encodings of their own",
    `{ schema: { prefixItems: [${ship}, {}], items: ${ship} }, prefixEncoding: [{}, { contentType: image/png }] }`,
    `{ item: part, events: [{ schema: ${ship} }] }`,
  ],
  [
    "there may be no others",
    `{ schema: { prefixItems: [${ship}] } }`,
    `{ item: payload, events: [{ schema: ${ship} }] }`,
  ],
])("parts: %s", (_name, given, want) => {
  const media = asObject(parse(given));
  expect(readParts(components, media, media.itemSchema)).toEqual(parse(want));
});

test.each<[string, string, string | undefined]>([
  ["multipart/mixed", `{ itemSchema: ${ship} }`, "multipart-mixed"],
  ["Multipart/Related; boundary=x", "{ schema: { type: array } }", "multipart-mixed"],
  ["multipart/byteranges", "{ itemEncoding: { contentType: image/png } }", "multipart-mixed"],
  ["multipart/mixed", "{ schema: {}, prefixEncoding: [] }", "multipart-mixed"],
  ["multipart/mixed", `{ schema: ${ship} }`, undefined],
  ["multipart/mixed", "{}", undefined],
  ["multipart/form-data", `{ itemSchema: ${ship} }`, undefined],
  ["application/json", `{ itemSchema: ${ship} }`, undefined],
  ["application/json-seq", "{}", "json-sequence"],
])("%s with %s is framed as %s", (mediaType, given, want) => {
  expect(streamFramingOf(components, mediaType, parse(given))).toBe(want);
});
