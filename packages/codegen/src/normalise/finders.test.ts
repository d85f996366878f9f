import { expect, test } from "vitest";
import { operation, runPass } from "../../test/documents.ts";
import { finders } from "./finders.ts";

const here = "#/paths/~1things/post/x-hawser-finders";
const listed = (given: string, more = "x-hawser-pages: { scheme: none, items: /data }") =>
  operation(`
${more}
x-hawser-finders: ${given}
parameters: [{ name: search, in: query }]
responses: { 200: { content: { application/json: { schema: { type: object, properties: { data: { type: array, items: { type: object, properties: { name: {} } } } } } } } } }
`);

test("a sound finder is no problem", () => {
  const doc = listed("{ findByName: { pointer: /name, parameter: search } }");
  expect(runPass(finders, doc)).toEqual({ changes: [], problems: [] });
});

test.each<[string, { given: string; more?: string; want: string[] }]>([
  [
    "a place and a parameter that aren't there",
    {
      given: "{ findByName: { pointer: /title, parameter: q } }",
      want: [
        `${here}/findByName/pointer: an item of the list has no /title: correct the pointer or the schema.`,
        `${here}/findByName/parameter: the operation has no query parameter "q".`,
      ],
    },
  ],
  [
    "a list nobody says where it is",
    {
      given: "{ findByName: { pointer: /name } }",
      more: "",
      want: [
        `${here}: it goes through a list: say with x-hawser-pages where the items are, with the scheme "none" when there is one page.`,
      ],
    },
  ],
])("%s is a problem", (_name, { given, more, want }) => {
  expect(runPass(finders, listed(given, more)).problems).toEqual(want);
});

test("a finder gives nothing that an operation requires beside its path", () => {
  const doc = operation(`
x-hawser-pages: { scheme: none, items: '' }
x-hawser-finders: { findByName: { pointer: /name } }
parameters: [{ name: zone, in: query, required: true }, { name: id, in: path, required: true }]
responses: { 200: { content: { application/json: {} } } }
`);
  expect(runPass(finders, doc).problems).toEqual([
    `${here}: it isn't given zone, which the operation requires.`,
  ]);
});
