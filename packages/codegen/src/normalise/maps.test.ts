import { expect, test } from "vitest";
import { operation, runPass } from "../../test/documents.ts";
import { resolvePointer } from "../json.ts";
import { maps } from "./maps.ts";

const pairs =
  "type: array, items: { type: object, properties: { key: { type: string }, value: { type: string, description: V. } } }";
const body =
  "requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Request' } } } }";
const components = (member: string) =>
  `{ schemas: { Request: { type: object, properties: { env: ${member} } } } }`;
const place = "#/components/schemas/Request/properties/env";

test("a list of pairs takes a map too, and stays a list for those who give one", () => {
  const doc = operation(
    body,
    components(`{ description: D., x-hawser-map: { key: key, value: value }, ${pairs} }`),
  );
  const { changes, problems } = runPass(maps, doc);
  const after = {
    description: "D.",
    "x-hawser-map": { key: "key", value: "value" },
    anyOf: [
      {
        type: "array",
        items: {
          type: "object",
          properties: { key: { type: "string" }, value: { type: "string", description: "V." } },
        },
      },
      { type: "object", additionalProperties: { type: "string" } },
    ],
  };
  expect(problems).toEqual([]);
  expect(resolvePointer(doc, place)).toEqual(after);
  expect(changes).toEqual([
    { rule: "maps", pointer: place, after, reason: "A map can stand for the list; it is sent as the list." },
  ]);
  expect(runPass(maps, doc)).toEqual({ changes: [], problems: [] });
});

test("the list may be a component", () => {
  const doc = operation(
    body,
    `{ schemas: { Pairs: { ${pairs} }, Request: { properties: { env: { $ref: '#/components/schemas/Pairs', x-hawser-map: { key: key, value: value } } } } } }`,
  );
  expect(runPass(maps, doc).problems).toEqual([]);
  expect(resolvePointer(doc, `${place}/anyOf/0`)).toEqual({ $ref: "#/components/schemas/Pairs" });
});

test.each<[string, { given: string; components: string; want: string[] }]>([
  [
    "a name that a pair doesn't have",
    {
      given: body,
      components: components(`{ x-hawser-map: { key: name, value: value }, ${pairs} }`),
      want: [`${place}/x-hawser-map/key: it is no list of objects with "name".`],
    },
  ],
  [
    "a member that is no list",
    {
      given: body,
      components: components("{ x-hawser-map: { key: key, value: value }, type: string }"),
      want: [`${place}/x-hawser-map/key: it is no list of objects with "key".`],
    },
  ],
  [
    "a member of something else than a body",
    {
      given: "",
      components: components(`{ x-hawser-map: { key: key, value: value }, ${pairs} }`),
      want: [`${place}/x-hawser-map: it belongs to a member of a JSON request body, at its top.`],
    },
  ],
  [
    "a member that answers have too",
    {
      given: `${body}\nresponses: { 200: { content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Request' } } } } } }`,
      components: components(`{ x-hawser-map: { key: key, value: value }, ${pairs} }`),
      want: [
        `${place}/x-hawser-map: an answer has the same member, always as a list: describe requests by a schema of their own.`,
      ],
    },
  ],
])("%s is a problem", (_name, { given, components: schemas, want }) => {
  expect(runPass(maps, operation(given, schemas)).problems).toEqual(want);
});
