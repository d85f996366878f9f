import { expect, test } from "vitest";
import { parse } from "yaml";
import { document, runPass } from "../../test/documents.ts";
import { asObject } from "../json.ts";
import { schemaNames } from "./schema-names.ts";

test.each<[string, { given: string; want: string }]>([
  [
    "a name in another style becomes a type name",
    { given: "{ chat-completion.list: {} }", want: "{ ChatCompletionList: {} }" },
  ],
  [
    "a name that is taken gets a number",
    { given: "{ chat: {}, Chat: { type: string } }", want: "{ Chat2: {}, Chat: { type: string } }" },
  ],
  ["a name without letters gets an underscore", { given: "{ '404': {} }", want: "{ _404: {} }" }],
  ["the order stays", { given: "{ B: {}, a: {}, C: {} }", want: "{ B: {}, A: {}, C: {} }" }],
  [
    "references follow, however they are escaped",
    {
      given:
        "{ 'a b/c': {}, B: { anyOf: [{ $ref: '#/components/schemas/a b~1c' }, { $ref: '#/components/schemas/a%20b~1c' }, { $ref: '#/components/schemas/a%20b%2Fc' }] } }",
      want: "{ ABC: {}, B: { anyOf: [{ $ref: '#/components/schemas/ABC' }, { $ref: '#/components/schemas/ABC' }, { $ref: '#/components/schemas/ABC' }] } }",
    },
  ],
  [
    "mappings of discriminators follow",
    {
      given:
        "{ dog: {}, Pet: { discriminator: { propertyName: kind, mapping: { dog: '#/components/schemas/dog' } } } }",
      want: "{ Dog: {}, Pet: { discriminator: { propertyName: kind, mapping: { dog: '#/components/schemas/Dog' } } } }",
    },
  ],
  [
    "data that looks like a reference stays",
    {
      given: "{ dog: { default: { $ref: '#/components/schemas/dog' } } }",
      want: "{ Dog: { default: { $ref: '#/components/schemas/dog' } } }",
    },
  ],
])("%s", (_name, { given, want }) => {
  const doc = document(`components: { schemas: ${given} }`);
  runPass(schemaNames, doc);
  expect(JSON.stringify(asObject(doc.components).schemas)).toBe(JSON.stringify(parse(want)));
});

test("references outside of schemas follow, streams among them", () => {
  const doc = document(`
paths: { /a: { get: { x-hawser-stream: { events: [{ schema: { $ref: '#/components/schemas/dog' } }], error: { $ref: '#/components/schemas/dog' } } } } }
components: { schemas: { dog: {} } }
`);
  runPass(schemaNames, doc);
  expect(JSON.stringify(doc.paths)).not.toContain("schemas/dog");
});

test("each new name is reported", () => {
  const doc = document("components: { schemas: { dog: {}, Cat: {} } }");
  expect(runPass(schemaNames, doc).changes).toEqual([
    {
      rule: "schema-names",
      pointer: "#/components/schemas/dog",
      before: "dog",
      after: "Dog",
      reason: "The name is no type name.",
    },
  ]);
});
