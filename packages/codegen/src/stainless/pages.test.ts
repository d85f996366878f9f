import { expect, test } from "vitest";
import { parse } from "yaml";
import { document } from "../../test/documents.ts";
import { resolvePointer } from "../json.ts";
import { normalise } from "../normalise/normalise.ts";
import { applyStainless } from "./apply-stainless.ts";

const mark = (purpose: string, more = "") =>
  `{ x-stainless-pagination-property: { purpose: ${purpose}${more} } }`;

const names = ["after", "cursor", "offset", "page", "limit"];
const queries = names.map((name) => `{ name: ${name}, in: query, schema: {} }`).join(", ");
const answer =
  "{ type: object, properties: { data: { type: array, items: { type: object, properties: { id: {} } } }, page: { type: object, properties: { next: {}, more: {}, total: {} } }, next_cursor: {} } }";

/** What a scheme makes of an operation with all the parameters and members above. */
function pagesBy(scheme: string, { settings = "", method = "get", schema = answer } = {}) {
  const given = document(`
paths:
  /ships:
    ${method}:
      parameters: [${queries}]
      responses: { 200: { content: { application/json: { schema: ${schema} } } } }
`);
  const config = parse(`
pagination: [{ name: p, ${scheme} }]
resources: { ships: { methods: { list: { endpoint: ${method} /ships, ${settings} } } } }
`);
  const applied = applyStainless(given, given, { source: "stainless.yml", config, lineOf: () => undefined });
  const pages = resolvePointer(applied.document, `#/paths/~1ships/${method}/x-hawser-pages`);
  return {
    pages,
    reasons: applied.changes.map(({ reason }) => reason).filter((reason) => /one answer/.test(reason)),
  };
}

test.each<[string, { scheme: string; want: string; schema?: string }]>([
  [
    "cursor",
    {
      scheme: `type: cursor, request: { after: ${mark("next_cursor_param")}, limit: {} }, response: { data: { type: array }, page: { type: object, properties: { next: ${mark("next_cursor_field")}, more: ${mark("has_next_page")} } } }`,
      want: "{ scheme: cursor, cursor: after, nextCursor: /page/next, items: /data, limit: limit, hasMore: /page/more }",
    },
  ],
  [
    "cursor without marks, by the names Stainless' own examples have",
    {
      scheme:
        "type: cursor, request: { cursor: {}, limit: {} }, response: { data: { type: array }, next_cursor: {} }",
      want: "{ scheme: cursor, cursor: cursor, nextCursor: /next_cursor, items: /data, limit: limit }",
    },
  ],
  [
    "cursor_id",
    {
      scheme: `type: cursor_id, request: { after: ${mark("next_cursor_id_param")} }, response: { data: { type: array, items: { type: object, properties: { id: ${mark("cursor_item_id")} } } } }`,
      want: "{ scheme: cursor, cursor: after, nextCursor: /data/-/id, items: /data }",
    },
  ],
  [
    "offset",
    {
      scheme: `type: offset, request: { offset: ${mark("offset_count_param")}, limit: {} }, response: { data: ${mark("items")}, page: { type: object, properties: { total: ${mark("offset_total_count_field")} } } }`,
      want: "{ scheme: offset, offset: offset, items: /data, limit: limit, total: /page/total }",
    },
  ],
  [
    "page_number, from 0",
    {
      scheme: `type: page_number, request: { page: { default: 0, x-stainless-pagination-property: { purpose: page_number_param } } }, response: { data: ${mark("items")} }`,
      want: "{ scheme: page, page: page, firstPage: 0, items: /data }",
    },
  ],
  [
    "fake_page",
    {
      scheme: `type: fake_page, response: { data: ${mark("items")} }`,
      want: "{ scheme: none, items: /data }",
    },
  ],
  [
    "a list that is the answer",
    {
      scheme: `type: offset, request: { offset: ${mark("offset_count_param")} }, response: { all: ${mark("items", ", is_top_level_array: true")} }`,
      schema: "{ type: array, items: { type: string } }",
      want: "{ scheme: offset, offset: offset, items: '' }",
    },
  ],
])("%s", (_name, { scheme, want, schema }) => {
  expect(pagesBy(scheme, schema === undefined ? {} : { schema })).toEqual({
    pages: parse(want),
    reasons: [],
  });
});

const cursor = `type: cursor, request: { after: ${mark("next_cursor_param")} }, response: { data: { type: array }, next_cursor: {} }`;

test("a scheme is that of an operation with all it describes, unless that is said not to be one of its lists", () => {
  expect(pagesBy(cursor).pages).toBeDefined();
  expect(pagesBy(cursor, { settings: "paginated: false" }).pages).toBeUndefined();
  expect(pagesBy(cursor.replace("after:", "before:")).pages).toBeUndefined();
  expect(pagesBy(cursor.replace("data:", "items:")).pages).toBeUndefined();
});

test("paginated: false goes before the marks in a document", () => {
  const marked = `
paths:
  /ships:
    parameters: [{ name: limit, in: query, schema: {} }]
    get:
      parameters: [{ name: after, in: query, schema: ${mark("next_cursor_param")} }]
      responses: { 200: { content: { application/json: { schema: ${answer.replace("next_cursor: {}", `next_cursor: ${mark("next_cursor_field")}`).replace("data: {", `data: { ${mark("items").slice(1, -1)},`)} } } } }
`;
  const normalised = (paginated: string) => {
    const given = document(marked);
    const config = parse(
      `resources: { ships: { methods: { list: { endpoint: get /ships, ${paginated} } } } }`,
    );
    const file = { source: "stainless.yml", config, lineOf: () => undefined };
    const result = normalise(applyStainless(given, given, file).document, "test.yaml").document;
    return resolvePointer(result, "#/paths/~1ships/get/x-hawser-pages");
  };
  expect(normalised("")).toMatchObject({ scheme: "cursor", cursor: "after" });
  expect(normalised("paginated: false")).toBeUndefined();
});

test("what a scheme says isn't required needn't be there", () => {
  const scheme = cursor.replace(
    "response: {",
    "response: { total: { x-stainless-pagination-property: { required: false } },",
  );
  expect(pagesBy(scheme).pages).toBeDefined();
});

test("an operation that is no GET is a list when it is told so", () => {
  expect(pagesBy(cursor, { method: "post" }).pages).toBeUndefined();
  expect(pagesBy(cursor, { method: "post", settings: "paginated: true" }).pages).toBeDefined();
});

test("a length of pages the operation has no parameter for is left out", () => {
  const scheme = cursor.replace("request: {", "request: { page_size: {},");
  expect(pagesBy(scheme, { settings: "paginated: p" })).toEqual({
    pages: { scheme: "cursor", cursor: "after", nextCursor: "/next_cursor", items: "/data" },
    reasons: [],
  });
});

test.each<[string, { scheme: string; settings?: string; reason: RegExp }]>([
  [
    "a next page by its URL",
    { scheme: `type: cursor_url, response: { data: ${mark("items")} }`, reason: /next page is a URL/ },
  ],
  [
    "a next cursor in a header",
    {
      scheme: `type: cursor, request: { after: ${mark("next_cursor_param")} }, response: { data: ${mark("items")}, next: { x-stainless-pagination-property: { purpose: next_cursor_field, from_header: X-Next } } }`,
      settings: "paginated: p",
      reason: /nothing says where the next cursor is: mark it with the purpose next_cursor_field/,
    },
  ],
  [
    "parameters in the body",
    {
      scheme: `param_location: body, ${cursor}`,
      settings: "paginated: p",
      reason: /in the body of the request/,
    },
  ],
  [
    "a parameter that nothing names",
    {
      scheme: `type: page_number, request: { number: {} }, response: { data: ${mark("items")} }`,
      settings: "paginated: p",
      reason: /which parameter asks for the next page: mark it with the purpose page_number_param/,
    },
  ],
  [
    "items that nothing names",
    { scheme: "type: offset, request: { offset: {} }", settings: "paginated: p", reason: /purpose items/ },
  ],
  [
    "a parameter the operation doesn't have",
    {
      scheme: cursor.replace("after:", "before:"),
      settings: "paginated: p",
      reason: /no query parameter "before"/,
    },
  ],
  [
    "true, where no scheme fits",
    { scheme: cursor.replace("data:", "all:"), settings: "paginated: true", reason: /no pagination scheme/ },
  ],
])("%s is told, and the call gives one answer", (_what, { scheme, settings = "", reason }) => {
  const { pages, reasons } = pagesBy(scheme, { settings });
  expect(pages).toBeUndefined();
  expect(reasons).toHaveLength(1);
  expect(reasons[0]).toMatch(reason);
});
