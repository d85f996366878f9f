import { expect, test } from "vitest";
import { document } from "../test/documents.ts";
import { dereference, operationsOf, schemaNameOf, schemaReference, successesOf } from "./document.ts";

test("operations come in the order of paths and with their pointers, extensions of paths left out", () => {
  const given = document(`
paths:
  x-note: { get: {} }
  /b: { post: {}, get: {}, summary: No operation. }
  /a/{id}: { $ref: '#/components/pathItems/A' }
components: { pathItems: { A: { query: {} } } }
`);
  expect([...operationsOf(given)].map(({ method, pointer }) => `${method} ${pointer}`)).toEqual([
    "get #/paths/~1b/get",
    "post #/paths/~1b/post",
    "query #/paths/~1a~1{id}/query",
  ]);
});

test.each<[string, { given: string; want: unknown }]>([
  ["a chain of references is followed to its end", { given: "#/a", want: { type: "string" } }],
  ["references that lead to each other give nothing", { given: "#/x", want: undefined }],
  ["a reference that leads nowhere gives nothing", { given: "#/gone", want: undefined }],
])("%s", (_name, { given, want }) => {
  const root = {
    a: { $ref: "#/b" },
    b: { $ref: "#/c" },
    c: { type: "string" },
    x: { $ref: "#/y" },
    y: { $ref: "#/x" },
  };
  expect(dereference(root, { $ref: given })).toEqual(want);
});

test.each(["Chat", "a/b~c", "100%", "%41", "模型 x", ""])(
  "a reference to the schema %j gives its name again",
  (name) => {
    expect(schemaNameOf(schemaReference(name))).toBe(name === "" ? undefined : name);
  },
);

test.each(["#/components/schemas/A/properties/b", "#/components/responses/A", "#A", 1])(
  "%j names no schema",
  (given) => {
    expect(schemaNameOf(given)).toBeUndefined();
  },
);

test.each<[string, { given: string[]; want: string[] }]>([
  ["all 2xx answers are successes", { given: ["200", "2XX", "404", "default"], want: ["200", "2XX"] }],
  [
    "the default answer is the success of an operation that names none",
    { given: ["404", "default"], want: ["default"] },
  ],
  ["an operation that only fails has no success", { given: ["404"], want: [] }],
])("%s", (_name, { given, want }) => {
  const responses = Object.fromEntries(given.map((status) => [status, {}]));
  expect(
    successesOf({ responses })
      .map(([status]) => status)
      .sort(),
  ).toEqual(want);
});
