import { expect, test } from "vitest";
import { parse } from "yaml";
import { operation, runPass } from "../../test/documents.ts";
import { asObject } from "../json.ts";
import { envelopes } from "./envelopes.ts";

const here = "#/paths/~1things/post";
const answer = (schema: string) =>
  `responses: { 200: { content: { application/json: { schema: ${schema} } } } }`;
const components = `
schemas:
  Thing: { type: object }
  ThingAnswer: { type: object, properties: { code: { type: integer }, data: { type: object, properties: { id: { type: string } } } } }
  ThingList: { type: object, properties: { data: { type: array, items: { type: object, properties: { id: {} } } } } }
  Maybe: { type: object, properties: { data: { anyOf: [{ type: object, properties: { a: {} } }, { type: 'null' }] } } }
`;
const reference = (name: string) => `{ $ref: '#/components/schemas/${name}' }`;

test.each<[string, { schema: string; name: string; want: string }]>([
  [
    "an object",
    {
      schema: "ThingAnswer",
      name: "ThingAnswerData",
      want: "{ type: object, properties: { id: { type: string } } }",
    },
  ],
  [
    "the objects of a list",
    { schema: "ThingList", name: "ThingListDataItem", want: "{ type: object, properties: { id: {} } }" },
  ],
  [
    "an object that can be null",
    { schema: "Maybe", name: "MaybeData", want: "{ type: object, properties: { a: {} } }" },
  ],
])("data described in place gets a name: %s", (_name, { schema, name, want }) => {
  const doc = operation(`x-hawser-envelope: { data: /data }\n${answer(reference(schema))}`, components);
  const { changes, problems } = runPass(envelopes, doc);
  expect(problems).toEqual([]);
  expect(asObject(asObject(doc.components).schemas)[name]).toEqual(parse(want));
  expect(changes).toEqual([
    {
      rule: "envelopes",
      pointer: `#/components/schemas/${name}`,
      after: parse(want),
      reason: "What a call returns needs a type with a name.",
    },
  ]);
  expect(runPass(envelopes, doc).changes).toEqual([]);
});

test("data that has a name keeps it, and so does a list of such", () => {
  const schema = `{ properties: { data: { type: array, items: ${reference("Thing")} } } }`;
  const doc = operation(`x-hawser-envelope: { data: /data }\n${answer(schema)}`, components);
  const before = structuredClone(doc);
  expect(runPass(envelopes, doc)).toEqual({ changes: [], problems: [] });
  expect(doc).toEqual(before);
});

test.each<[string, { given: string; root?: string; want: string[] }]>([
  [
    "data that isn't there",
    {
      given: `x-hawser-envelope: { data: /result }\n${answer(reference("ThingAnswer"))}`,
      want: [
        `${here}/x-hawser-envelope/data: the answer at ${here}/responses/200/content/application~1json has no /result, where x-hawser-envelope says its data is: correct the pointer or the schema.`,
      ],
    },
  ],
  [
    "a sign of success and a status that aren't there",
    {
      given: `x-hawser-envelope: { data: /data, success: { pointer: /ok, values: [true] }, status: /status }\n${answer(reference("ThingAnswer"))}`,
      want: [
        `${here}/x-hawser-envelope/success/pointer: the answer at ${here}/responses/200/content/application~1json has no /ok, where x-hawser-envelope says its success is: correct the pointer or the schema.`,
        `${here}/x-hawser-envelope/status: the answer at ${here}/responses/200/content/application~1json has no /status, where x-hawser-envelope says its status is: correct the pointer or the schema.`,
      ],
    },
  ],
  [
    "an answer without the envelope of the document",
    {
      root: "{ data: /data }",
      given: answer("{ type: object, properties: { id: {} } }"),
      want: [
        `${here}: the answer at ${here}/responses/200/content/application~1json has no /data, where x-hawser-envelope says its data is: correct the pointer or the schema, or set x-hawser-envelope: false here.`,
      ],
    },
  ],
  [
    "an envelope of an answer that is no JSON",
    {
      given: "x-hawser-envelope: { data: /data }\nresponses: { 200: { content: { text/plain: {} } } }",
      want: [`${here}/x-hawser-envelope: no 2xx answer of the operation is JSON: take it out.`],
    },
  ],
])("%s is a problem", (_name, { given, root, want }) => {
  const doc = operation(given, components);
  if (root !== undefined) doc["x-hawser-envelope"] = parse(root);
  expect(runPass(envelopes, doc).problems).toEqual(want);
});

test("the envelope of the document is off where an operation says so, and for answers that are no JSON", () => {
  for (const given of [
    `x-hawser-envelope: false\n${answer(reference("Thing"))}`,
    "responses: { 200: { content: { text/event-stream: {}, audio/mpeg: {} } } }",
    "responses: { 204: {} }",
  ]) {
    const doc = operation(given, components);
    doc["x-hawser-envelope"] = { data: "/data" };
    expect(runPass(envelopes, doc)).toEqual({ changes: [], problems: [] });
  }
});
