import { expect, test } from "vitest";
import { parse } from "yaml";
import { operation, runPass } from "../../test/documents.ts";
import { resolvePointer } from "../json.ts";
import { foreignPages } from "./foreign-pages.ts";

const here = "#/paths/~1things/post";
const listed = (key: string) =>
  operation(`
${key}
parameters: [{ name: page, in: query }, { name: offset, in: query }, { name: limit, in: query }, { name: after, in: query }]
responses: { 200: { content: { application/json: { schema: { type: object, properties: { data: { type: array, items: {} }, meta: { type: object, properties: { next: {}, more: {} } } } } } } } }
`);
const speakeasy = (type: string, inputs: string, outputs: string) =>
  `x-speakeasy-pagination: { type: ${type}, inputs: [${inputs}], outputs: { ${outputs} } }`;
const input = (name: string, role = name, place = "parameters") =>
  `{ name: ${name}, in: ${place}, type: ${role} }`;

const stainless = (parameters: string, schema: string) =>
  operation(`
parameters: [${parameters}]
responses: { 200: { content: { application/json: { schema: ${schema} } } } }
`);
const mark = (purpose: string) => `x-stainless-pagination-property: { purpose: ${purpose} }`;

test.each<[string, { parameters: string; schema: string; want: string }]>([
  [
    "a cursor",
    {
      parameters: `{ name: after, in: query, schema: { type: string, ${mark("next_cursor_param")} } }, { name: limit, in: query }`,
      schema: `{ allOf: [{ type: object, properties: { data: { type: array, items: {}, ${mark("items")} } } }, { type: object, properties: { meta: { type: object, properties: { next: { type: string, ${mark("next_cursor_field")} }, more: { type: boolean, ${mark("has_next_page")} } } } } }] }`,
      want: "{ scheme: cursor, cursor: after, nextCursor: /meta/next, items: /data, limit: limit, hasMore: /meta/more }",
    },
  ],
  [
    "the id of the last item",
    {
      parameters: `{ name: after, in: query, ${mark("next_cursor_id_param")} }`,
      schema: `{ type: object, properties: { data: { type: array, ${mark("items")}, items: { type: object, properties: { id: { type: string, ${mark("cursor_item_id")} } } } } } }`,
      want: "{ scheme: cursor, cursor: after, nextCursor: /data/-/id, items: /data }",
    },
  ],
  [
    "pages from 0 of an answer that is the list",
    {
      parameters: `{ name: page, in: query, schema: { type: integer, default: 0, ${mark("page_number_param")} } }`,
      schema: "{ type: array, items: {}, x-stainless-pagination-property: { is_top_level_array: true } }",
      want: "{ scheme: page, page: page, firstPage: 0, items: '' }",
    },
  ],
])("x-stainless-pagination-property says %s", (_what, { parameters, schema, want }) => {
  const doc = stainless(parameters, schema);
  const { changes } = runPass(foreignPages, doc);
  expect(changes.map(({ after, reason }) => ({ after, reason }))).toEqual([
    { after: parse(want), reason: "x-stainless-pagination-property says it." },
  ]);
  expect(resolvePointer(doc, here)).toMatchObject({ "x-hawser-pages": parse(want) });
});

test("a next cursor in a header is told, and is no pages", () => {
  const doc = stainless(
    `{ name: after, in: query, schema: { ${mark("next_cursor_param")} } }`,
    `{ type: object, properties: { data: { type: array, items: {}, ${mark("items")} }, next: { x-stainless-pagination-property: { purpose: next_cursor_field, from_header: X-Next } } } }`,
  );
  expect(runPass(foreignPages, doc).changes).toEqual([
    {
      rule: "foreign-pages",
      pointer: here,
      before: { after: "next_cursor_param", "/data": "items" },
      reason:
        "It is not read as pages: nothing says where the next cursor is: mark it with the purpose next_cursor_field.",
    },
  ]);
  expect(resolvePointer(doc, `${here}/x-hawser-pages`)).toBeUndefined();
});

test("marks of an answer alone are left alone, and so are other keys of Stainless", () => {
  const doc = stainless(
    "{ name: page, in: query, x-stainless-skip: [go], x-stainless-param: p }",
    `{ type: object, x-stainless-empty-object: true, properties: { data: { type: array, items: {}, ${mark("items")} } } }`,
  );
  expect(runPass(foreignPages, doc).changes).toEqual([]);
});

test.each<[string, { given: string; want: string }]>([
  [
    "Speakeasy's offset",
    {
      given: speakeasy(
        "offsetLimit",
        `${input("offset")}, ${input("limit")}`,
        "results: $.data, numPages: $.meta.pages",
      ),
      want: "{ scheme: offset, items: /data, offset: offset, limit: limit }",
    },
  ],
  [
    "Speakeasy's page",
    {
      given: speakeasy("offsetLimit", input("page"), "results: $.data"),
      want: "{ scheme: page, items: /data, page: page }",
    },
  ],
  [
    "Speakeasy's cursor",
    {
      given: speakeasy("cursor", input("after", "cursor"), "results: $.data, nextCursor: $.meta.next"),
      want: "{ scheme: cursor, items: /data, cursor: after, nextCursor: /meta/next }",
    },
  ],
  [
    "Fern's cursor",
    {
      given:
        "x-fern-pagination: { cursor: $request.after, next_cursor: $response.meta.next, results: $response.data }",
      want: "{ scheme: cursor, items: /data, cursor: after, nextCursor: /meta/next }",
    },
  ],
  [
    "Fern's offset without a step, which counts pages",
    {
      given:
        "x-fern-pagination: { offset: $request.page, results: $response.data, has-next-page: $response.meta.more }",
      want: "{ scheme: page, items: /data, page: page, hasMore: /meta/more }",
    },
  ],
  [
    "Fern's offset with a step, which counts items",
    {
      given: "x-fern-pagination: { offset: $request.offset, step: $request.limit, results: $response.data }",
      want: "{ scheme: offset, items: /data, offset: offset, limit: limit }",
    },
  ],
])("%s is read", (_name, { given, want }) => {
  const doc = listed(given);
  const { changes, problems } = runPass(foreignPages, doc);
  expect(problems).toEqual([]);
  expect(resolvePointer(doc, `${here}/x-hawser-pages`)).toEqual(parse(want));
  expect(changes).toMatchObject([
    {
      rule: "foreign-pages",
      pointer: `${here}/x-hawser-pages`,
      after: parse(want),
      reason: expect.stringMatching(/^x-\w+-pagination says it\.$/),
    },
  ]);
  expect(runPass(foreignPages, doc).changes).toEqual([]);
});

test("Fern's true stands for what is said at the top", () => {
  const doc = listed("x-fern-pagination: true");
  doc["x-fern-pagination"] = { offset: "$request.page", results: "$response.data" };
  runPass(foreignPages, doc);
  expect(resolvePointer(doc, `${here}/x-hawser-pages`)).toEqual({
    scheme: "page",
    items: "/data",
    page: "page",
  });
});

test.each<[string, { given: string; why: string }]>([
  [
    "a next URL",
    { given: speakeasy("url", "", "nextUrl: $.next"), why: 'the type "url" has no scheme here.' },
  ],
  [
    "a cursor in the body",
    {
      given: speakeasy(
        "cursor",
        input("after", "cursor", "requestBody"),
        "results: $.data, nextCursor: $.meta.next",
      ),
      why: '"after" stands in the request body.',
    },
  ],
  [
    "a place that is no plain name",
    {
      given: speakeasy("cursor", input("after", "cursor"), "results: $.data, nextCursor: '$.data[-1].id'"),
      why: "it doesn't say by plain names where the next cursor is.",
    },
  ],
  [
    "no word of the items",
    {
      given: speakeasy("offsetLimit", input("page"), "numPages: $.meta.pages"),
      why: "it doesn't say by plain names where the items are.",
    },
  ],
  [
    "no cursor",
    { given: speakeasy("cursor", "", "results: $.data"), why: "it names no parameter for the cursor." },
  ],
  [
    "no page",
    {
      given: speakeasy("offsetLimit", input("limit"), "results: $.data"),
      why: "it names no parameter for the page or the offset.",
    },
  ],
  [
    "a parameter that isn't there",
    {
      given: "x-fern-pagination: { offset: $request.skip, results: $response.data }",
      why: 'the operation has no query parameter "skip": it has page, offset, limit, after.',
    },
  ],
  [
    "a member of a member of the body",
    {
      given:
        "x-fern-pagination: { cursor: $request.query.after, next_cursor: $response.meta.next, results: $response.data }",
      why: "it doesn't say by plain names where the cursors are.",
    },
  ],
  [
    "nothing",
    {
      given: "x-fern-pagination: { results: $response.data }",
      why: "it has neither a cursor nor an offset.",
    },
  ],
  [
    "an offset that is no plain name",
    {
      given: "x-fern-pagination: { offset: page, results: $response.data }",
      why: "it doesn't say by a plain name what the offset is.",
    },
  ],
  [
    "no items",
    {
      given: "x-fern-pagination: { offset: $request.page }",
      why: "it doesn't say by plain names where the items are.",
    },
  ],
  [
    "true, with nothing at the top",
    { given: "x-fern-pagination: true", why: "nothing is said about it at the top of the document." },
  ],
])("what can't be read is told and left alone: %s", (_name, { given, why }) => {
  const doc = listed(given);
  const { changes, problems } = runPass(foreignPages, doc);
  expect(problems).toEqual([]);
  expect(changes.map(({ reason, after }) => [reason, after])).toEqual([
    [`It is not read as pages: ${why}`, undefined],
  ]);
  expect(resolvePointer(doc, `${here}/x-hawser-pages`)).toBeUndefined();
});

test("what is said in our own words goes before, and false says nothing", () => {
  const own = "x-hawser-pages: { scheme: none, items: /data }";
  expect(
    runPass(
      foreignPages,
      listed(`${own}\nx-fern-pagination: { offset: $request.page, results: $response.data }`),
    ).changes,
  ).toEqual([]);
  expect(runPass(foreignPages, listed("x-fern-pagination: false")).changes).toEqual([]);
});
