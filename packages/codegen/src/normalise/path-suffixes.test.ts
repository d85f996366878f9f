import { expect, test } from "vitest";
import { document, runPass } from "../../test/documents.ts";
import { asObject } from "../json.ts";
import { pathSuffixes } from "./path-suffixes.ts";

test("a fragment is kept out of the path that is sent", () => {
  const doc = document("paths: { '/v1/conversations/{id}#stream': { post: {} } }");
  expect(runPass(pathSuffixes, doc).changes).toEqual([
    {
      rule: "path-suffixes",
      pointer: "#/paths/~1v1~1conversations~1{id}#stream/post",
      before: "/v1/conversations/{id}#stream",
      after: "/v1/conversations/{id}",
      reason: "A fragment is not part of a request.",
    },
  ]);
  expect(Object.values(asObject(doc.paths))).toEqual([
    { post: { "x-hawser-path": "/v1/conversations/{id}" } },
  ]);
});

test.each<[string, { given: string; want: string[] }]>([
  [
    "a query in a path is a problem",
    {
      given: "/models?type=chat",
      want: [
        '#/paths/~1models?type=chat/get: the path /models?type=chat holds a query: describe it as a query parameter with a "const" schema, in an overlay if need be.',
      ],
    },
  ],
  ["a question mark behind a fragment is none", { given: "/models#what?", want: [] }],
  ["a plain path is left alone", { given: "/models", want: [] }],
])("%s", (_name, { given, want }) => {
  expect(runPass(pathSuffixes, document(`paths: { '${given}': { get: {} } }`)).problems).toEqual(want);
});
