import { expect, test } from "vitest";
import { parse } from "yaml";
import { document, runPass } from "../../test/documents.ts";
import { asObject, resolvePointer } from "../json.ts";
import { pathParameters } from "./path-parameters.ts";

const id = "{ name: id, in: path, required: true, schema: { type: string } }";

test.each<[string, { given: string; want: string }]>([
  [
    "parameters of the path go before those of the operation",
    {
      given: `{ parameters: [${id}], get: { parameters: [{ name: page, in: query }] } }`,
      want: `[${id}, { name: page, in: query }]`,
    },
  ],
  [
    "a parameter of the operation replaces that of the path of the same name and place",
    {
      given: `{ parameters: [${id}, { name: page, in: query }], get: { parameters: [{ name: page, in: query, required: true }, { name: page, in: header }] } }`,
      want: `[${id}, { name: page, in: query, required: true }, { name: page, in: header }]`,
    },
  ],
  [
    "a parameter given by reference is put in place",
    { given: "{ get: { parameters: [{ $ref: '#/components/parameters/Id' }] } }", want: `[${id}]` },
  ],
  [
    "headers that OpenAPI says to ignore are left out",
    {
      given: `{ get: { parameters: [${id}, { name: authorization, in: header }, { name: Accept, in: header }, { name: Accept, in: query }] } }`,
      want: `[${id}, { name: Accept, in: query }]`,
    },
  ],
])("%s", (_name, { given, want }) => {
  const doc = document(`
paths: { '/ships/{id}': ${given} }
components: { parameters: { Id: ${id} } }
`);
  expect(runPass(pathParameters, doc).problems).toEqual([]);
  expect(resolvePointer(doc, "#/paths/~1ships~1{id}/get/parameters")).toEqual(parse(want));
});

test("operations of one path have no parameter object in common", () => {
  const doc = document(`paths: { '/ships/{id}': { parameters: [${id}], get: {}, delete: {} } }`);
  runPass(pathParameters, doc);
  const [, get, remove] = Object.values(asObject(asObject(doc.paths)["/ships/{id}"])) as {
    parameters: unknown[];
  }[];
  expect(get?.parameters[0]).toEqual(remove?.parameters[0]);
  expect(get?.parameters[0]).not.toBe(remove?.parameters[0]);
});

test("two paths that refer to one path item get operations of their own", () => {
  const doc = document(`
paths: { /a: { $ref: '#/components/pathItems/P' }, /b: { $ref: '#/components/pathItems/P' } }
components: { pathItems: { P: { get: { operationId: list } } } }
`);
  expect(runPass(pathParameters, doc).changes.map(({ pointer }) => pointer)).toEqual([
    "#/paths/~1a",
    "#/paths/~1b",
  ]);
  const { "/a": a, "/b": b } = doc.paths as Record<string, { get: unknown }>;
  expect(a?.get).toEqual(b?.get);
  expect(a?.get).not.toBe(b?.get);
});

test("what was inherited, put in place or left out is reported", () => {
  const doc = document(`
paths: { '/ships/{id}': { parameters: [${id}], get: { parameters: [{ $ref: '#/components/parameters/Page' }, { name: Accept, in: header }] } } }
components: { parameters: { Page: { name: page, in: query } } }
`);
  const pointer = "#/paths/~1ships~1{id}/get/parameters";
  const rule = "path-parameters";
  expect(runPass(pathParameters, doc).changes).toEqual([
    {
      rule,
      pointer,
      before: { $ref: "#/components/parameters/Page" },
      after: { name: "page", in: "query" },
      reason: "It stands in its place.",
    },
    {
      rule,
      pointer,
      after: { name: "id", in: "path" },
      reason: "A parameter of the path belongs to each of its operations.",
    },
    {
      rule,
      pointer,
      before: { name: "Accept", in: "header" },
      reason: "OpenAPI describes this header by content types or security schemes.",
    },
  ]);
});

test("a place in the path that no parameter describes is a problem", () => {
  const doc = document(`paths: { '/ships/{id}/crew/{name}': { parameters: [${id}], get: {} } }`);
  expect(runPass(pathParameters, doc).problems).toEqual([
    "#/paths/~1ships~1{id}~1crew~1{name}/get: the path has a place for {name}, but no path parameter of that name is described.",
  ]);
});

test("braces behind a fragment are no place for a parameter", () => {
  const doc = document("paths: { '/a#{b}': { get: { x-hawser-path: /a } } }");
  expect(runPass(pathParameters, doc).problems).toEqual([]);
});
