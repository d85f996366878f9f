import { expect, test } from "vitest";
import { document, runPass } from "../../test/documents.ts";
import { asObject } from "../json.ts";
import { pathOf, pathSuffixes, queryOf } from "./path-suffixes.ts";

test.each([
  ["/v1/conversations/{id}#stream", "/v1/conversations/{id}"],
  ["/models?type=chat", "/models"],
  ["/models{?type,page}", "/models"],
  ["/models?type=chat#stream", "/models"],
])("what is behind the path %s is kept out of what is sent", (path, sent) => {
  const doc = document(`paths: { '${path}': { post: {} } }`);
  const { changes, problems } = runPass(pathSuffixes, doc);
  expect(problems).toEqual([]);
  expect(changes).toEqual([
    {
      rule: "path-suffixes",
      pointer: `#/paths/${path.replaceAll("/", "~1")}/post`,
      before: path,
      after: sent,
      reason: "A path is sent without a fragment, and a query is made of parameters.",
    },
  ]);
  expect(Object.values(asObject(doc.paths))).toEqual([{ post: { "x-hawser-path": sent } }]);
  expect(runPass(pathSuffixes, doc).changes).toEqual([]);
});

test("a plain path is left alone", () => {
  expect(runPass(pathSuffixes, document("paths: { /models: { get: {} } }")).changes).toEqual([]);
  expect(pathOf("/models/{id}")).toBe("/models/{id}");
});

test.each([
  ["/models", undefined],
  ["/models#what?", undefined],
  ["/models?", ""],
  ["/models?a=1&b={b}#c", "a=1&b={b}"],
  ["/models{?a,b}", "a={a}&b={b}"],
])("the query of %s is %s", (path, want) => {
  expect(queryOf(path)).toBe(want);
});
