import { expect, test } from "vitest";
import { parse } from "yaml";
import { document, runPass } from "../../test/documents.ts";
import { asObject } from "../json.ts";
import { pathQueries } from "./path-queries.ts";

const at = (path: string, parameters = "[]") =>
  document(`paths: { '${path}': { get: { parameters: ${parameters} } } }`);
const parametersOf = (doc: ReturnType<typeof at>) =>
  (Object.values(asObject(doc.paths))[0] as { get: { parameters: unknown } }).get.parameters;

test.each<[string, { path: string; parameters?: string; want: string }]>([
  [
    "a value is a parameter that is always sent",
    {
      path: "/models?type=chat%20x&flag&type2=",
      want: "[{ name: type, in: query, required: true, schema: { const: 'chat x' } }, { name: flag, in: query, required: true, schema: { const: '' } }, { name: type2, in: query, required: true, schema: { const: '' } }]",
    },
  ],
  [
    "a parameter in its place is one of the query, by its name there",
    {
      path: "/models?page_number={page}",
      parameters: "[{ name: page, in: path, required: true, style: simple, schema: { type: integer } }]",
      want: "[{ name: page_number, in: query, required: true, schema: { type: integer } }]",
    },
  ],
  [
    "a parameter that is described as one of the query stays one",
    {
      path: "/models{?a,b}",
      parameters: "[{ name: a, in: query }, { name: b, in: query, required: true }]",
      want: "[{ name: a, in: query }, { name: b, in: query, required: true }]",
    },
  ],
  [
    "a description goes before the value in the path",
    {
      path: "/models?type=chat",
      parameters: "[{ name: type, in: query, schema: { enum: [chat, text] } }]",
      want: "[{ name: type, in: query, schema: { enum: [chat, text] } }]",
    },
  ],
])("%s", (_name, { path, parameters, want }) => {
  const doc = at(path, parameters);
  expect(runPass(pathQueries, doc).problems).toEqual([]);
  expect(parametersOf(doc)).toEqual(parse(want));
  expect(runPass(pathQueries, doc).changes).toEqual([]);
});

test("every change is told", () => {
  const { changes } = runPass(pathQueries, at("/m?a=1&b={c}", "[{ name: c, in: path }]"));
  expect(changes).toEqual([
    {
      rule: "path-queries",
      pointer: "#/paths/~1m?a=1&b={c}/get/parameters",
      after: { name: "a", in: "query", required: true, schema: { const: "1" } },
      reason: "The path says that it is always sent.",
    },
    {
      rule: "path-queries",
      pointer: "#/paths/~1m?a=1&b={c}/get/parameters",
      before: { name: "c", in: "path" },
      after: { name: "b", in: "query" },
      reason: "It stands in the query of the path.",
    },
  ]);
});

test("a place for a parameter nobody describes is a problem", () => {
  expect(runPass(pathQueries, at("/m?b={c}")).problems).toEqual([
    "#/paths/~1m?b={c}/get: the path has a place for {c}, but no parameter of that name is described.",
  ]);
});

test("a plain path is left alone", () => {
  const doc = at("/m#?a=1");
  expect(runPass(pathQueries, doc)).toEqual({ changes: [], problems: [] });
  expect(parametersOf(doc)).toEqual([]);
});
