import { expect, test } from "vitest";
import { operation, runPass } from "../../test/documents.ts";
import { asObject } from "../json.ts";
import { pages } from "./pages.ts";

const here = "#/paths/~1things/post/x-hawser-pages";
const listed = (given: string, schema = "{ $ref: '#/components/schemas/List' }") =>
  operation(
    `
x-hawser-pages: ${given}
parameters: [{ name: offset, in: query }, { name: limit, in: query }, { name: X-Page, in: header }]
responses: { 200: { content: { application/json: { schema: ${schema} } } } }
`,
    "{ schemas: { List: { type: object, properties: { data: { type: array, items: { type: object, properties: { id: {} } } }, meta: { type: object, properties: { more: { type: boolean } } } } } } }",
  );

test("an item described in place gets a name", () => {
  const doc = listed("{ scheme: offset, items: /data, offset: offset, limit: limit, hasMore: /meta/more }");
  const { changes, problems } = runPass(pages, doc);
  expect(problems).toEqual([]);
  expect(changes.map(({ rule, pointer }) => [rule, pointer])).toEqual([
    ["pages", "#/components/schemas/ListDataItem"],
  ]);
  expect(asObject(asObject(doc.components).schemas).ListDataItem).toEqual({
    type: "object",
    properties: { id: {} },
  });
});

test("the next cursor can be in the last item", () => {
  const given = (place: string) =>
    runPass(pages, listed(`{ scheme: cursor, items: /data, cursor: offset, nextCursor: ${place} }`)).problems;
  expect(given("/data/-/id")).toEqual([]);
  expect(given("/data/-/name")).toEqual([
    `${here}/nextCursor: the answer has no /data/0/name: correct the pointer or the schema.`,
  ]);
});

test.each<[string, { given: string; schema?: string; want: string[] }]>([
  [
    "a parameter that isn't there",
    {
      given: "{ scheme: offset, items: /data, offset: skip, limit: X-Page }",
      want: [
        `${here}/offset: the operation has no query parameter "skip": it has offset, limit.`,
        `${here}/limit: the operation has no query parameter "X-Page": it has offset, limit.`,
      ],
    },
  ],
  [
    "a place that isn't there",
    {
      given: "{ scheme: none, items: /list, total: /meta/total, hasMore: /more }",
      want: [
        `${here}/items: the answer has no /list: correct the pointer or the schema.`,
        `${here}/hasMore: the answer has no /more: correct the pointer or the schema.`,
        `${here}/total: the answer has no /meta/total: correct the pointer or the schema.`,
      ],
    },
  ],
  [
    "items that are no list",
    {
      given: "{ scheme: none, items: /meta }",
      want: [`${here}/items: what is at /meta is no list.`],
    },
  ],
  [
    "an answer that is no list",
    {
      given: "{ scheme: none, items: '' }",
      want: [`${here}/items: what is at the top of the answer is no list.`],
    },
  ],
  [
    "a scheme without what it needs",
    {
      given: "{ scheme: cursor, items: /data }",
      want: [
        `${here}: the scheme "cursor" needs "cursor".`,
        `${here}: the scheme "cursor" needs "nextCursor".`,
      ],
    },
  ],
  [
    "what belongs to another scheme",
    {
      given: "{ scheme: offset, items: /data, offset: offset, firstPage: 0, nextCursor: /meta/more }",
      want: [
        `${here}/firstPage: "firstPage" belongs to the scheme "page", and this one is "offset".`,
        `${here}/nextCursor: "nextCursor" belongs to the scheme "cursor", and this one is "offset".`,
      ],
    },
  ],
])("%s is a problem", (_name, { given, schema, want }) => {
  expect(runPass(pages, listed(given, schema)).problems).toEqual(want);
});

test("pages need an operation that never streams", () => {
  const doc = operation(`
x-hawser-pages: { scheme: none, items: /data }
responses: { 200: { content: { application/json: { schema: { properties: { data: { type: array, items: { type: string } } } } }, text/event-stream: {} } } }
`);
  expect(runPass(pages, doc).problems).toEqual([
    `${here}: it takes an operation that never streams: a list is gone through page by page.`,
  ]);
});

test("pages need one JSON answer", () => {
  const doc = operation(
    "x-hawser-pages: { scheme: none, items: /data }\nresponses: { 200: { content: { text/plain: {} } } }",
  );
  expect(runPass(pages, doc).problems).toEqual([
    `${here}: it takes an operation with one JSON answer, this one has 0.`,
  ]);
});

test("a list may be the whole answer, or anything at all", () => {
  expect(
    runPass(pages, listed("{ scheme: none, items: '' }", "{ type: array, items: { type: string } }"))
      .problems,
  ).toEqual([]);
  expect(runPass(pages, listed("{ scheme: none, items: /data }", "{}")).problems).toEqual([]);
});
